// Reading and cleaning an extract of invented people. Rates are records and bytes a second.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>

#include "bench/bench_data.hpp"
#include "data/clean.hpp"
#include "data/read.hpp"

namespace tessera {
namespace {

constexpr std::size_t kRows = 200'000;

const std::vector<AttributeSpec>& attributes() {
  static const std::vector<AttributeSpec> kAttributes = [] {
    std::vector<AttributeSpec> all;
    const auto add = [&](const char* name, Kind kind) {
      AttributeSpec attribute;
      attribute.name = name;
      attribute.kind = kind;
      attribute.columns = {name};
      all.push_back(std::move(attribute));
    };
    add("given_name", Kind::kName);
    add("family_name", Kind::kName);
    add("birth_date", Kind::kDate);
    add("sex", Kind::kSex);
    add("village", Kind::kPlace);
    add("phone", Kind::kPhone);
    add("national_id", Kind::kIdentifier);
    return all;
  }();
  return kAttributes;
}

/// An extract on disk, removed when the program ends.
class Extract {
 public:
  Extract() : path_(std::filesystem::temp_directory_path() / "tessera_ingest_bench.csv") {
    std::ofstream(path_, std::ios::binary) << bench::invented_extract(kRows, 3);
  }
  ~Extract() { std::filesystem::remove(path_); }
  Extract(const Extract&) = delete;
  Extract& operator=(const Extract&) = delete;
  std::vector<SourceSpec> sources() const {
    SourceSpec source;
    source.name = "people";
    source.path = path_;
    source.id_column = "record_id";
    return {source};
  }
  std::int64_t size_bytes() const {
    return static_cast<std::int64_t>(std::filesystem::file_size(path_));
  }

 private:
  std::filesystem::path path_;
};

const Extract& extract() {
  static const Extract kExtract;
  return kExtract;
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
  state.SetBytesProcessed(state.iterations() * extract().size_bytes());
}

void read_csv(benchmark::State& state) {
  const std::vector<SourceSpec> sources = extract().sources();
  std::size_t rows = 0;
  for (auto _ : state) {
    rows = read_sources(sources, attributes(), {}).size();
  }
  if (rows != kRows) state.SkipWithError("rows were lost");
  count(state);
}

void clean(benchmark::State& state) {
  const std::vector<SourceSpec> sources = extract().sources();
  std::size_t filled = 0;
  for (auto _ : state) {
    state.PauseTiming();
    RawTable raw = read_sources(sources, attributes(), {});
    state.ResumeTiming();
    filled = clean_table(std::move(raw), attributes(), sources, {}).facts.front().filled;
  }
  if (filled != kRows) state.SkipWithError("given names were lost");
  count(state);
}

BENCHMARK(read_csv)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(clean)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace tessera
