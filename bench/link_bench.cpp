// The whole line from files to golden records in memory, on generated registries of two sizes.
// Rates are records a second; `cluster_f1` is judged against the generator's truth.
#include <benchmark/benchmark.h>

#include "bench/people_job.hpp"
#include "engine/pipeline.hpp"

namespace tessera {
namespace {

// What the job reached when this was written, less a margin: 0.970 and 0.968.
constexpr double kLeastF1 = 0.94;

void end_to_end(benchmark::State& state) {
  const bench::Registries registries(static_cast<std::uint64_t>(state.range(0)));
  const JobSpec job = registries.job();
  LinkResult result;
  for (auto _ : state) {
    result = run_link(job, {}, std::nullopt, [](const StageProgress&) {});
  }
  const double f1 = bench::cluster_f1(registries, result.table, result.clusters.label);
  if (result.table.size() != state.range(0)) state.SkipWithError("records were lost");
  if (f1 < kLeastF1) state.SkipWithError("the clusters are worse than they were");
  state.counters["cluster_f1"] = f1;
  state.counters["pairs"] = static_cast<double>(result.facts.pairs_compared);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(end_to_end)
    ->ArgName("records")
    ->Arg(10'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace tessera
