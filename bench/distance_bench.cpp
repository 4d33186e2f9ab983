// Distance kernels, prepared and not, on names of 6 to 8 letters. Rates are pairs a second.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/bench_data.hpp"
#include "scoring/distance.hpp"

namespace tessera {
namespace {

// One left name against a block of right names, block after block: how blocking hands pairs out.
constexpr std::size_t kBlock = 64;
constexpr std::size_t kNames = 4096;

const std::vector<std::string>& names() {
  static const std::vector<std::string> kSample = bench::invented_names(kNames, {6, 8, 1});
  return kSample;
}

const std::vector<std::u32string>& wide_names() {
  static const std::vector<std::u32string> kSample = [] {
    std::vector<std::u32string> wide;
    for (const std::string& name : names()) wide.emplace_back(name.begin(), name.end());
    return wide;
  }();
  return kSample;
}

/// The sum of `measure(left, right)` over the pairs of each block's first name with all its names.
template <class Measure>
double sum_plain(const Measure& measure) {
  double sum = 0;
  for (std::size_t i = 0; i < kNames; ++i) {
    const std::string& left = names()[i / kBlock * kBlock];
    sum += static_cast<double>(measure(ascii_text(left), ascii_text(names()[i])));
  }
  return sum;
}

/// The same over code points: another path through the kernels, and so the check of both.
template <class Measure>
double sum_wide(const Measure& measure) {
  double sum = 0;
  for (std::size_t i = 0; i < kNames; ++i) {
    const std::u32string& left = wide_names()[i / kBlock * kBlock];
    sum += static_cast<double>(measure(wide_text(left), wide_text(wide_names()[i])));
  }
  return sum;
}

/// The same with the left name prepared once a block.
template <class Measure>
double sum_prepared(const Measure& measure) {
  double sum = 0;
  PreparedPattern left;
  for (std::size_t i = 0; i < kNames; ++i) {
    if (i % kBlock == 0) left.assign(ascii_text(names()[i]));
    sum += static_cast<double>(measure(left, ascii_text(names()[i])));
  }
  return sum;
}

template <class Sum>
void measure_sum(benchmark::State& state, double expected, const Sum& sum) {
  double got = 0;
  for (auto _ : state) {
    got = sum();
    benchmark::DoNotOptimize(got);
  }
  if (got != expected) state.SkipWithError("the answer differs from that over code points");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kNames));
}

template <class Measure>
void plain(benchmark::State& state, const Measure& measure) {
  measure_sum(state, sum_wide(measure), [&] { return sum_plain(measure); });
}

template <class Plain, class Prepared>
void prepared(benchmark::State& state, const Plain& reference, const Prepared& measure) {
  measure_sum(state, sum_wide(reference), [&] { return sum_prepared(measure); });
}

const auto kJaroWinkler = [](auto a, auto b) { return jaro_winkler(a, b); };
const auto kLevenshtein = [](auto a, auto b) { return levenshtein(a, b); };
const auto kOsa = [](auto a, auto b) { return osa(a, b); };
const auto kDamerau = [](auto a, auto b) { return damerau_levenshtein(a, b); };
const auto kBigrams = [](auto a, auto b) {
  return qgram_similarity(a, b, 2, QgramMeasure::kJaccard);
};

void jaro_winkler_plain(benchmark::State& state) {
  plain(state, kJaroWinkler);
}
void levenshtein_plain(benchmark::State& state) {
  plain(state, kLevenshtein);
}
void osa_plain(benchmark::State& state) {
  plain(state, kOsa);
}
void damerau_levenshtein_plain(benchmark::State& state) {
  plain(state, kDamerau);
}
void bigram_jaccard_plain(benchmark::State& state) {
  plain(state, kBigrams);
}

void jaro_winkler_prepared(benchmark::State& state) {
  prepared(state, kJaroWinkler,
           [](const PreparedPattern& a, AsciiText b) { return a.jaro_winkler(b); });
}
void levenshtein_prepared(benchmark::State& state) {
  prepared(state, kLevenshtein,
           [](const PreparedPattern& a, AsciiText b) { return a.levenshtein(b); });
}
void osa_prepared(benchmark::State& state) {
  prepared(state, kOsa, [](const PreparedPattern& a, AsciiText b) { return a.osa(b); });
}

BENCHMARK(jaro_winkler_plain);
BENCHMARK(jaro_winkler_prepared);
BENCHMARK(levenshtein_plain);
BENCHMARK(levenshtein_prepared);
BENCHMARK(osa_plain);
BENCHMARK(osa_prepared);
BENCHMARK(damerau_levenshtein_plain);
BENCHMARK(bigram_jaccard_plain);

}  // namespace
}  // namespace tessera
