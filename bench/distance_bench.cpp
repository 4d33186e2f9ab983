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

const auto kJaro = [](auto a, auto b) { return jaro(a, b); };
const auto kJaroWinkler = [](auto a, auto b) { return jaro_winkler(a, b); };
const auto kLevenshtein = [](auto a, auto b) { return levenshtein(a, b); };
const auto kOsa = [](auto a, auto b) { return osa(a, b); };
const auto kDamerau = [](auto a, auto b) { return damerau_levenshtein(a, b); };
const auto kLevenshteinToTwo = [](auto a, auto b) { return levenshtein(a, b, 2); };
const auto kJaccard = [](auto a, auto b) {
  return qgram_similarity(a, b, 2, QgramMeasure::kJaccard);
};
const auto kDice = [](auto a, auto b) { return qgram_similarity(a, b, 2, QgramMeasure::kDice); };
const auto kCosine = [](auto a, auto b) {
  return qgram_similarity(a, b, 2, QgramMeasure::kCosine);
};
const auto kCommonPrefix = [](auto a, auto b) { return longest_common_prefix(a, b); };
const auto kTransposition = [](auto a, auto b) { return is_one_transposition(a, b) ? 1 : 0; };

void jaro_plain(benchmark::State& state) {
  plain(state, kJaro);
}
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
void levenshtein_to_two_plain(benchmark::State& state) {
  plain(state, kLevenshteinToTwo);
}
void bigram_jaccard_plain(benchmark::State& state) {
  plain(state, kJaccard);
}
void bigram_dice_plain(benchmark::State& state) {
  plain(state, kDice);
}
void bigram_cosine_plain(benchmark::State& state) {
  plain(state, kCosine);
}
void common_prefix_plain(benchmark::State& state) {
  plain(state, kCommonPrefix);
}
void one_transposition_plain(benchmark::State& state) {
  plain(state, kTransposition);
}

void jaro_prepared(benchmark::State& state) {
  prepared(state, kJaro, [](const PreparedPattern& a, AsciiText b) { return a.jaro(b); });
}

void jaro_winkler_prepared(benchmark::State& state) {
  prepared(state, kJaroWinkler,
           [](const PreparedPattern& a, AsciiText b) { return a.jaro_winkler(b); });
}
void levenshtein_prepared(benchmark::State& state) {
  prepared(state, kLevenshtein,
           [](const PreparedPattern& a, AsciiText b) { return a.levenshtein(b); });
}
void levenshtein_to_two_prepared(benchmark::State& state) {
  prepared(state, kLevenshteinToTwo,
           [](const PreparedPattern& a, AsciiText b) { return a.levenshtein(b, 2); });
}
void osa_prepared(benchmark::State& state) {
  prepared(state, kOsa, [](const PreparedPattern& a, AsciiText b) { return a.osa(b); });
}

// Bounds read bags, not texts. They must never exceed the distance, which is what is checked.
void letter_bag_bound(benchmark::State& state) {
  std::vector<LetterBag> bags;
  for (const std::string& name : names()) bags.push_back(letter_bag(ascii_text(name)));
  std::uint64_t sum = 0;
  for (auto _ : state) {
    sum = 0;
    for (std::size_t i = 0; i < kNames; ++i) {
      sum += levenshtein_bound(bags[i / kBlock * kBlock], bags[i]);
    }
    benchmark::DoNotOptimize(sum);
  }
  for (std::size_t i = 0; i < kNames; ++i) {
    const std::size_t left = i / kBlock * kBlock;
    if (levenshtein_bound(bags[left], bags[i]) >
        levenshtein(ascii_text(names()[left]), ascii_text(names()[i]))) {
      state.SkipWithError("a bound exceeds the distance");
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kNames));
}

// Names of two words; the second sample has them turned round, which changes nothing.
template <class Measure>
void tokens(benchmark::State& state, const Measure& measure) {
  std::vector<std::vector<AsciiText>> straight;
  std::vector<std::vector<AsciiText>> turned;
  for (std::size_t i = 0; i < kNames; ++i) {
    const AsciiText first = ascii_text(names()[i]);
    const AsciiText second = ascii_text(names()[i * 7 % kNames]);
    straight.push_back({first, second});
    turned.push_back({second, first});
  }
  double sum = 0;
  for (auto _ : state) {
    sum = 0;
    for (std::size_t i = 0; i < kNames; ++i) sum += measure(straight[i / kBlock], straight[i]);
    benchmark::DoNotOptimize(sum);
  }
  double expected = 0;
  for (std::size_t i = 0; i < kNames; ++i) expected += measure(straight[i / kBlock], turned[i]);
  if (sum != expected) state.SkipWithError("the order of words changes the answer");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kNames));
}

void token_set(benchmark::State& state) {
  tokens(state, [](AsciiTokens a, AsciiTokens b) { return token_set_similarity(a, b); });
}
void soft_token_set(benchmark::State& state) {
  tokens(state, [](AsciiTokens a, AsciiTokens b) { return soft_token_set_similarity(a, b); });
}

BENCHMARK(jaro_plain);
BENCHMARK(jaro_prepared);
BENCHMARK(jaro_winkler_plain);
BENCHMARK(jaro_winkler_prepared);
BENCHMARK(levenshtein_plain);
BENCHMARK(levenshtein_prepared);
BENCHMARK(levenshtein_to_two_plain);
BENCHMARK(levenshtein_to_two_prepared);
BENCHMARK(osa_plain);
BENCHMARK(osa_prepared);
BENCHMARK(damerau_levenshtein_plain);
BENCHMARK(bigram_jaccard_plain);
BENCHMARK(bigram_dice_plain);
BENCHMARK(bigram_cosine_plain);
BENCHMARK(common_prefix_plain);
BENCHMARK(one_transposition_plain);
BENCHMARK(letter_bag_bound);
BENCHMARK(token_set);
BENCHMARK(soft_token_set);

}  // namespace
}  // namespace tessera
