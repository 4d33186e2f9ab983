// What follows clustering, on 100,000 records: golden records, and writing all files of a job.
// Rates are records and bytes a second.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "bench/people_job.hpp"
#include "engine/merge.hpp"
#include "engine/pipeline.hpp"
#include "engine/write_outputs.hpp"

namespace tessera {
namespace {

using bench::people_job;

const LinkResult& linked() {
  static const LinkResult kResult = [] {
    const bench::PeopleJob& people = people_job();
    return run_link(people.job, {}, people.model, [](const StageProgress&) {});
  }();
  return kResult;
}

std::int64_t records() {
  return static_cast<std::int64_t>(people_job().table.size());
}

void golden_records(benchmark::State& state) {
  const LinkResult& result = linked();
  GoldenTable golden;
  for (auto _ : state) {
    golden = merge_clusters(result.table, result.clusters, people_job().job.attributes);
    benchmark::DoNotOptimize(golden.values.data());
  }
  std::uint64_t merged = 0;
  for (const GoldenRecord& entity : golden.entities) merged += entity.records;
  const std::set<Row> labels(result.clusters.label.begin(), result.clusters.label.end());
  if (golden.entities.size() != labels.size()) state.SkipWithError("not one entity a cluster");
  if (merged != result.table.size()) state.SkipWithError("a record is in no entity");
  state.SetItemsProcessed(state.iterations() * records());
}

std::size_t lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

std::int64_t folder_bytes(const std::filesystem::path& folder) {
  std::int64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += static_cast<std::int64_t>(entry.file_size());
  }
  return bytes;
}

void write_all_files(benchmark::State& state) {
  const LinkResult& result = linked();
  const JobSpec& job = people_job().job;
  const std::filesystem::path folder = people_job().registries.folder() / "results";
  const std::string model_text = model_json(result.model);
  for (auto _ : state) {
    write_outputs(folder,
                  {job, result.table, result.rejects, result.links, result.clusters, result.golden,
                   model_text, ""},
                  [&] { return result.facts; });
  }
  if (lines_of(folder / "crosswalk.csv") != result.table.size() + 1) {
    state.SkipWithError("the crosswalk does not hold every record once");
  }
  if (lines_of(folder / "links.csv") + lines_of(folder / "review.csv") != result.links.size() + 2) {
    state.SkipWithError("a link was not written");
  }
  state.SetItemsProcessed(state.iterations() * records());
  state.SetBytesProcessed(state.iterations() * folder_bytes(folder));
}

BENCHMARK(golden_records)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(write_all_files)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace tessera
