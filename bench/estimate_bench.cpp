// Estimating a model from counted patterns: EM with two classes, and the mixture with relations.
// Rates are patterns a second and iteration.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "bench/people_job.hpp"
#include "engine/count_patterns.hpp"
#include "scoring/em.hpp"
#include "scoring/mixture.hpp"

namespace tessera {
namespace {

using bench::people_job;

constexpr std::size_t kComparisons = 6;
constexpr std::size_t kLevels = 4;
constexpr double kLambda = 0.1;
constexpr double kPairs = 1e9;

/// Comparisons with known m and u: what EM must find again.
std::vector<ComparisonModel> known_model() {
  std::vector<ComparisonModel> comparisons(kComparisons);
  for (std::size_t c = 0; c < kComparisons; ++c) {
    const double exact = 0.7 + 0.04 * static_cast<double>(c);
    const double rest = 1 - exact;
    comparisons[c].levels = {{"exact", exact, 0.01},
                             {"near", rest * 0.5, 0.04},
                             {"far", rest * 0.3, 0.15},
                             {"else", rest * 0.2, 0.80}};
  }
  return comparisons;
}

/// The counts that 10^9 pairs of that model show on average: every pattern, 4^6 of them.
PatternCounts known_counts() {
  const std::vector<ComparisonModel> known = known_model();
  PatternCounts counts;
  for (std::size_t number = 0; number < std::size_t{1} << (2 * kComparisons); ++number) {
    Pattern pattern = 0;
    double match = kLambda;
    double stranger = 1 - kLambda;
    for (std::size_t c = 0; c < kComparisons; ++c) {
      const std::size_t level = number >> (2 * c) & (kLevels - 1);
      pattern = with_level(pattern, c, static_cast<unsigned>(level + 1));
      match *= known[c].levels[level].m;
      stranger *= known[c].levels[level].u;
    }
    counts.push_back(
        {pattern, 0.0, static_cast<std::uint64_t>(std::llround((match + stranger) * kPairs))});
  }
  std::sort(counts.begin(), counts.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  return counts;
}

std::vector<ComparisonModel> rough_start() {
  std::vector<ComparisonModel> start = known_model();
  for (ComparisonModel& comparison : start) {
    const double m[kLevels] = {0.5, 0.25, 0.15, 0.1};
    for (std::size_t level = 0; level < kLevels; ++level) comparison.levels[level].m = m[level];
  }
  return start;
}

double greatest_error(const std::vector<ComparisonModel>& found) {
  const std::vector<ComparisonModel> known = known_model();
  double error = 0;
  for (std::size_t c = 0; c < kComparisons; ++c) {
    for (std::size_t level = 0; level < kLevels; ++level) {
      error = std::max(error, std::abs(found[c].levels[level].m - known[c].levels[level].m));
    }
  }
  return error;
}

void set_rate(benchmark::State& state, std::size_t patterns, std::uint32_t iterations) {
  state.counters["patterns"] = static_cast<double>(patterns);
  state.counters["iterations"] = iterations;
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(patterns) * iterations);
}

void em_of_4096_patterns(benchmark::State& state) {
  const PatternCounts counts = known_counts();
  const std::vector<ComparisonModel> start = rough_start();
  EmResult result;
  for (auto _ : state) {
    result = estimate_m(counts, start, 0.5, {});
    benchmark::DoNotOptimize(result.lambda);
  }
  if (std::abs(result.lambda - kLambda) > 1e-3) state.SkipWithError("lambda was not found again");
  if (greatest_error(result.comparisons) > 1e-3) state.SkipWithError("m was not found again");
  set_rate(state, counts.size(), result.iterations);
}

std::vector<RelationRole> roles_of(const JobSpec& job) {
  std::vector<RelationRole> roles;
  for (const ComparisonSpec& comparison : job.comparisons) {
    const AttributeSpec& attribute = job.attributes[comparison.attribute];
    switch (attribute.kind) {
      case Kind::kDate:
        roles.push_back(RelationRole::kBirth);
        break;
      case Kind::kSex:
        roles.push_back(RelationRole::kSex);
        break;
      case Kind::kPhone:
        roles.push_back(RelationRole::kHousehold);
        break;
      case Kind::kPlace:
        roles.push_back(RelationRole::kPlace);
        break;
      case Kind::kName:
        roles.push_back(attribute.name == "given_name" ? RelationRole::kGiven
                                                       : RelationRole::kFamily);
        break;
      default:
        roles.push_back(RelationRole::kOpen);
    }
  }
  return roles;
}

// From the patterns of all candidate pairs of 100,000 records. Judged by the matches it expects.
void mixture_with_relations(benchmark::State& state) {
  const bench::PeopleJob& people = people_job();
  const std::vector<SourcePairCounts> counts =
      owned_patterns(count_patterns(people.walked(), people.comparer, {}), people.space);
  std::size_t patterns = 0;
  for (const SourcePairCounts& sources : counts) patterns += sources.patterns.size();
  const std::uint64_t possible = possible_pairs(people.space);
  const MixtureOptions options{.roles = roles_of(people.job)};
  MixtureResult result;
  for (auto _ : state) {
    result = estimate_mixture(counts, people.model.comparisons, people.model.prior, options);
    benchmark::DoNotOptimize(result.prior);
  }
  const double ratio = result.prior * static_cast<double>(possible) /
                       static_cast<double>(bench::true_pairs(people.registries));
  state.counters["matches_expected_to_true"] = ratio;
  if (std::abs(ratio - 1) > 0.2) state.SkipWithError("the prior is off");
  set_rate(state, patterns, result.iterations);
}

BENCHMARK(em_of_4096_patterns)->Unit(benchmark::kMillisecond);
BENCHMARK(mixture_with_relations)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace tessera
