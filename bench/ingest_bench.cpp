// Reading, encoding and cleaning an extract of invented people. Rates are records (texts, where
// single texts are encoded) and bytes a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <unordered_set>

#include "bench/bench_data.hpp"
#include "data/clean.hpp"
#include "data/dictionary.hpp"
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

// Family names as they repeat in an extract, from text to code, and back for the check.
void encode(benchmark::State& state) {
  constexpr std::size_t kTexts = 1'000'000;
  const std::vector<std::string> names = bench::invented_names(8000, {5, 10, 5});
  std::vector<std::string_view> texts;
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < kTexts; ++i) {
    const std::size_t least =
        std::min(mix64(2 * i) % names.size(), mix64(2 * i + 1) % names.size());
    texts.push_back(names[least]);
    bytes += static_cast<std::int64_t>(names[least].size());
  }
  std::vector<Code> codes(kTexts);
  Dictionary dictionary;
  for (auto _ : state) {
    DictionaryBuilder builder;
    for (std::size_t i = 0; i < kTexts; ++i) codes[i] = builder.intern(texts[i]);
    dictionary = std::move(builder).finish();
  }
  for (std::size_t i = 0; i < kTexts; ++i) {
    if (dictionary[codes[i]] != texts[i]) state.SkipWithError("a code is not of its text");
  }
  const std::unordered_set<std::string_view> distinct(texts.begin(), texts.end());
  if (dictionary.size() != distinct.size() + 1) state.SkipWithError("a text has two codes");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kTexts));
  state.SetBytesProcessed(state.iterations() * bytes);
}

BENCHMARK(encode)->Unit(benchmark::kMillisecond);
BENCHMARK(read_csv)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(clean)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace tessera
