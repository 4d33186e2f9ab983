// Comparing and weighing candidate pairs of 100,000 records: pruned and in full, counting patterns,
// the memo of value pairs, and training. Rates are pairs a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/people_job.hpp"
#include "engine/count_patterns.hpp"
#include "engine/level_memo.hpp"
#include "engine/score_pairs.hpp"
#include "engine/train.hpp"

namespace tessera {
namespace {

using bench::people_job;

std::uint64_t expected_pairs() {
  static const std::uint64_t kPairs = bench::distinct_pairs(people_job().blocking.rules);
  return kPairs;
}

ScoredPairs scored(bool prune) {
  const bench::PeopleJob& people = people_job();
  return score_pairs(people.walked(), people.weigher,
                     {.keep_bits = people.job.review_threshold.bits(), .prune = prune});
}

bool same_links(const ScoredPairs& a, const ScoredPairs& b) {
  return std::equal(a.links.begin(), a.links.end(), b.links.begin(), b.links.end(),
                    [](const Link& one, const Link& other) {
                      return one.left == other.left && one.right == other.right &&
                             one.weight_bits == other.weight_bits;
                    });
}

void score(benchmark::State& state, bool prune) {
  people_job();  // made outside the clock
  ScoredPairs found;
  for (auto _ : state) {
    found = scored(prune);
    benchmark::DoNotOptimize(found.links.data());
  }
  if (found.pairs_compared != expected_pairs()) state.SkipWithError("not each pair once");
  if (!same_links(found, scored(!prune))) state.SkipWithError("pruning changes the links");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(expected_pairs()));
}

void score_pairs_pruned(benchmark::State& state) {
  score(state, true);
}
void score_pairs_unpruned(benchmark::State& state) {
  score(state, false);
}

// Six columns in blocks of about fifty: what the rates of other software are told for.
struct SixColumns {
  SixColumns() {
    const bench::PeopleJob& people = people_job();
    job = people.job;
    std::erase_if(job.comparisons, [&](const ComparisonSpec& comparison) {
      return comparison.name == "phone" || comparison.name == "district";
    });
    job.rules = {BlockingRule{"year(birth_date) + prefix(given_name,1)",
                              {{KeyFunction::kYear, column("birth_date"), 0},
                               {KeyFunction::kPrefix, column("given_name"), 1}}}};
    comparer.emplace(people.table, job.comparisons, people.nicknames);
    JobSpec trained = job;
    trained.rules = people.job.rules;
    model = train_model({people.table, people.blocking, people.space, compared_columns(*comparer)},
                        trained, *comparer);
    weigher.emplace(model, people.table, *comparer);
    blocking = block_rows(people.table, job.rules, {job.max_block_records});
  }

  std::uint32_t column(std::string_view name) const {
    std::uint32_t at = 0;
    while (job.column_name(at) != name) ++at;
    return at;
  }

  JobSpec job;
  std::optional<RecordComparer> comparer;
  Model model;
  std::optional<PairWeigher> weigher;
  Blocking blocking;
};

void score_six_columns(benchmark::State& state) {
  static const SixColumns kSix;
  const bench::PeopleJob& people = people_job();
  const auto score = [&](bool prune) {
    return score_pairs(
        {people.table, kSix.blocking, people.space, compared_columns(*kSix.comparer)},
        *kSix.weigher, {.keep_bits = kSix.job.review_threshold.bits(), .prune = prune});
  };
  ScoredPairs found;
  for (auto _ : state) {
    found = score(true);
    benchmark::DoNotOptimize(found.links.data());
  }
  if (!same_links(found, score(false))) state.SkipWithError("pruning changes the links");
  state.counters["records_a_block"] = 1.0 + 2.0 * static_cast<double>(found.pairs_compared) /
                                                static_cast<double>(people.table.size());
  state.counters["links"] = static_cast<double>(found.links.size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(found.pairs_compared));
}

void count_all_patterns(benchmark::State& state) {
  const bench::PeopleJob& people = people_job();
  std::vector<RulePatterns> rules;
  for (auto _ : state) {
    rules = count_patterns(people.walked(), people.comparer,
                           {.max_pairs_per_rule = std::uint64_t{1} << 40});
    benchmark::DoNotOptimize(rules.data());
  }
  std::uint64_t counted = 0;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    std::uint64_t pairs = 0;
    for (const PatternCount& count : rules[r].all) pairs += count.pairs;
    if (pairs != bench::distinct_pairs({&people.blocking.rules[r], 1})) {
      state.SkipWithError("a rule's patterns are not one for each of its pairs");
    }
    counted += pairs;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(counted));
}

// Pairs of codes as blocking hands them out: one left value against a run of right ones, common
// values again and again.
std::vector<std::pair<Code, Code>> code_pairs() {
  constexpr std::size_t kPairs = 1 << 20;
  constexpr std::size_t kRun = 32;
  std::vector<std::pair<Code, Code>> pairs;
  pairs.reserve(kPairs);
  const auto skewed = [](std::uint64_t number) {
    const double share = static_cast<double>(mix64(number) >> 11) * 0x1p-53;
    return static_cast<Code>(1 + std::pow(share, 8) * 10'000);
  };
  for (std::size_t i = 0; i < kPairs; ++i) pairs.emplace_back(skewed(i / kRun), skewed(~i));
  return pairs;
}

void level_memo(benchmark::State& state) {
  const std::vector<std::pair<Code, Code>> pairs = code_pairs();
  const auto compute = [](Code left, Code right) {
    return 1 + static_cast<unsigned>(mix64(std::uint64_t{left} << 32 | right) % 7);
  };
  std::uint64_t sum = 0;
  std::uint64_t computed = 0;
  for (auto _ : state) {
    LevelMemo memo;
    sum = 0;
    computed = 0;
    for (const auto& [left, right] : pairs) {
      sum += memo.level(left, right, [&](Code a, Code b) {
        ++computed;
        return compute(a, b);
      });
    }
    benchmark::DoNotOptimize(sum);
  }
  std::uint64_t expected = 0;
  for (const auto& [left, right] : pairs) {
    expected += compute(std::min(left, right), std::max(left, right));
  }
  if (sum != expected) state.SkipWithError("a remembered level is wrong");
  state.counters["hits"] = 1.0 - static_cast<double>(computed) / static_cast<double>(pairs.size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pairs.size()));
}

// The whole of training. Its answer is judged by the matches that it expects: as many as there are.
void train(benchmark::State& state) {
  const bench::PeopleJob& people = people_job();
  Model model;
  for (auto _ : state) {
    model = train_model(people.walked(), people.job, people.comparer);
  }
  const double expected = static_cast<double>(bench::true_pairs(people.registries));
  const double found = model.prior * static_cast<double>(possible_pairs(people.space));
  state.counters["matches_expected_to_true"] = found / expected;
  if (std::abs(found / expected - 1) > 0.15) state.SkipWithError("the prior is off");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(people.table.size()));
}

BENCHMARK(score_pairs_pruned)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(score_pairs_unpruned)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(score_six_columns)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(count_all_patterns)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(level_memo)->Unit(benchmark::kMillisecond);
BENCHMARK(train)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace tessera
