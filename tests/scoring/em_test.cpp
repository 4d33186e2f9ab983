#include "scoring/em.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

using test::comparison;
using test::simulate;

std::vector<ComparisonModel> planted() {
  return {comparison("name", {0.8, 0.15, 0.05}, {0.02, 0.08, 0.9}),
          comparison("date", {0.9, 0.07, 0.03}, {0.001, 0.029, 0.97}),
          comparison("town", {0.85, 0.15}, {0.2, 0.8}),
          comparison("sex", {0.98, 0.02}, {0.5, 0.5})};
}

/// The planted model with every m replaced by a rough guess.
std::vector<ComparisonModel> guess() {
  std::vector<ComparisonModel> start = planted();
  for (ComparisonModel& c : start) {
    const double rest = 0.3 / static_cast<double>(c.levels.size() - 1);
    for (std::size_t i = 0; i < c.levels.size(); ++i) c.levels[i].m = i == 0 ? 0.7 : rest;
  }
  return start;
}

EmOptions exacting() {
  EmOptions options;
  options.max_iterations = 2000;
  options.tolerance = 1e-9;
  return options;
}

class PlantedParameters : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedParameters, AreFoundAgain) {
  constexpr std::uint64_t kPairs = 100'000;
  constexpr double kLambda = 0.2;
  const auto truth = planted();
  const PatternCounts counts = simulate(truth, kLambda, kPairs, 0.1, GetParam());
  const EmResult found = estimate_m(counts, guess(), 0.05, exacting());
  EXPECT_TRUE(found.converged);
  // 18,000 matches with a value each: a share has a standard error of at most 0.5/√18000 = 0.0037.
  // Which pairs match is nearly but not quite known; five errors leave room for that.
  EXPECT_NEAR(found.lambda, kLambda, 0.01);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    EXPECT_NEAR(found.expected_matches[c], 0.9 * kLambda * kPairs, 1000.0);
    for (std::size_t i = 0; i < truth[c].levels.size(); ++i) {
      EXPECT_NEAR(found.comparisons[c].levels[i].m, truth[c].levels[i].m, 0.0185)
          << truth[c].name << " level " << i + 1;
      EXPECT_EQ(found.comparisons[c].levels[i].u, truth[c].levels[i].u);
    }
  }
}

TEST_P(PlantedParameters, AreFoundWithFreeUToo) {
  const auto truth = planted();
  const PatternCounts counts = simulate(truth, 0.2, 100'000, 0.1, GetParam() + 100);
  EmOptions options = exacting();
  options.fix_u = false;
  const EmResult found = estimate_m(counts, guess(), 0.05, options);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    for (std::size_t i = 0; i < truth[c].levels.size(); ++i) {
      EXPECT_NEAR(found.comparisons[c].levels[i].m, truth[c].levels[i].m, 0.0185);
      EXPECT_NEAR(found.comparisons[c].levels[i].u, truth[c].levels[i].u, 0.0185);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedParameters, testing::Values(1, 2, 3, 4, 5));

TEST(EstimateM, NeverLowersTheLikelihood) {
  for (const bool fix_u : {true, false}) {
    EmOptions options = exacting();
    options.keep_history = true;
    options.fix_u = fix_u;
    const EmResult found =
        estimate_m(simulate(planted(), 0.1, 5'000, 0.3, 9), guess(), 0.4, options);
    ASSERT_GT(found.log_likelihood.size(), 10U);
    for (std::size_t i = 1; i < found.log_likelihood.size(); ++i) {
      EXPECT_GE(found.log_likelihood[i], found.log_likelihood[i - 1] - 1e-7) << "step " << i;
    }
  }
}

TEST(EstimateM, TellsTheLikelihoodOfTheMixture) {
  const std::vector<ComparisonModel> model = {comparison("a", {0.8, 0.2}, {0.1, 0.9})};
  EmOptions options;
  options.keep_history = true;
  options.max_iterations = 1;
  const EmResult found = estimate_m({{1, 0.0, 3}, {2, 0.0, 5}}, model, 0.25, options);
  // 3 log(0.25·0.8 + 0.75·0.1) + 5 log(0.25·0.2 + 0.75·0.9)
  EXPECT_NEAR(found.log_likelihood.at(0), 3 * std::log(0.275) + 5 * std::log(0.725), 1e-12);
}

TEST(EstimateM, PermutedComparisonsGivePermutedResults) {
  const auto truth = planted();
  const std::vector<std::size_t> order = {2, 0, 3, 1};
  std::vector<ComparisonModel> start;
  for (const std::size_t c : order) start.push_back(guess()[c]);
  const PatternCounts counts = simulate(truth, 0.2, 20'000, 0.2, 4);
  PatternCounts permuted;
  for (PatternCount count : counts) {
    Pattern pattern = 0;
    for (std::size_t c = 0; c < order.size(); ++c) {
      pattern = with_level(pattern, c, level_of(count.pattern, order[c]));
    }
    count.pattern = pattern;
    permuted.push_back(count);
  }
  const EmResult plain = estimate_m(counts, guess(), 0.1, exacting());
  const EmResult other = estimate_m(permuted, start, 0.1, exacting());
  EXPECT_NEAR(plain.lambda, other.lambda, 1e-9);
  for (std::size_t c = 0; c < order.size(); ++c) {
    for (std::size_t i = 0; i < start[c].levels.size(); ++i) {
      EXPECT_NEAR(other.comparisons[c].levels[i].m, plain.comparisons[order[c]].levels[i].m, 1e-9);
    }
  }
}

TEST(EstimateM, NullOnlyPatternsLeaveMAlone) {
  PatternCounts counts = simulate(planted(), 0.2, 10'000, 0.0, 3);
  EmOptions options = exacting();
  options.fix_lambda = true;  // the share of matches among more pairs would differ
  const EmResult without = estimate_m(counts, guess(), 0.2, options);
  counts.insert(counts.begin(), {0, 0.0, 1'000'000});
  const EmResult with = estimate_m(counts, guess(), 0.2, options);
  for (std::size_t c = 0; c < with.comparisons.size(); ++c) {
    for (std::size_t i = 0; i < with.comparisons[c].levels.size(); ++i) {
      EXPECT_NEAR(with.comparisons[c].levels[i].m, without.comparisons[c].levels[i].m, 1e-12);
    }
  }
}

TEST(EstimateM, ABlockedOnComparisonTakesNoPart) {
  // All pairs agree on the name because they were blocked on it; its level must not count as
  // evidence.
  std::vector<ComparisonModel> truth = planted();
  const PatternCounts counts = simulate(truth, 0.3, 50'000, 0.0, 6);
  std::vector<Pattern> blocked;
  for (const PatternCount& count : counts) {
    for (std::uint64_t i = 0; i < count.pairs; ++i)
      blocked.push_back((count.pattern & ~0xfULL) | 1);
  }
  EmOptions options = exacting();
  options.fix_m = {true, false, false, false};
  const EmResult found = estimate_m(test::count_patterns(blocked), guess(), 0.1, options);
  EXPECT_NEAR(found.lambda, 0.3, 0.02);
  EXPECT_EQ(found.comparisons[0].levels[0].m, guess()[0].levels[0].m);
  EXPECT_FALSE(found.comparisons[0].levels[0].m_trained);
  EXPECT_TRUE(found.comparisons[1].levels[0].m_trained);
  EXPECT_NEAR(found.comparisons[1].levels[0].m, 0.9, 0.02);
}

TEST(EstimateM, ALevelThatNoPairReachedKeepsItsStart) {
  const std::vector<ComparisonModel> start = {comparison("a", {0.7, 0.1, 0.2}, {0.1, 0.1, 0.8}),
                                              comparison("b", {0.9, 0.1}, {0.2, 0.8})};
  const PatternCounts counts = {{0x11, 0.0, 50}, {0x23, 0.0, 200}, {0x13, 0.0, 20}};
  const EmResult found = estimate_m(counts, start, 0.2, {});
  const auto& levels = found.comparisons[0].levels;
  EXPECT_EQ(levels[1].m, 0.1);
  EXPECT_FALSE(levels[1].m_trained);
  EXPECT_TRUE(levels[0].m_trained);
  EXPECT_NEAR(levels[0].m + levels[2].m, 0.9, 1e-12);
}

TEST(EstimateM, HoldsParametersInsideTheOpenInterval) {
  // Perfect separation drives m of `else` to 0; the bound holds and weights stay finite.
  const std::vector<ComparisonModel> start = {comparison("a", {0.9, 0.1}, {1e-12, 1.0}),
                                              comparison("b", {0.9, 0.1}, {1e-12, 1.0})};
  const EmResult found = estimate_m({{0x11, 0.0, 100}, {0x22, 0.0, 900}}, start, 0.5, exacting());
  for (const ComparisonModel& c : found.comparisons) {
    for (const LevelModel& level : c.levels) {
      EXPECT_GE(level.m, kLeastProbability);
      EXPECT_LE(level.m, 1.0 - kLeastProbability);
      EXPECT_GE(level.u, kLeastProbability);
      EXPECT_TRUE(std::isfinite(std::log2(level.m / level.u)));
    }
    EXPECT_NEAR(c.levels[0].m + c.levels[1].m, 1.0, 1e-15);
  }
  EXPECT_NEAR(found.lambda, 0.1, 1e-6);
}

TEST(EstimateM, SixteenComparisonsDoNotUnderflow) {
  std::vector<ComparisonModel> start;
  Pattern agree = 0;
  Pattern differ = 0;
  for (std::size_t c = 0; c < kMaxComparisons; ++c) {
    start.push_back(comparison("c" + std::to_string(c), {1 - 1e-9, 1e-9}, {1e-9, 1 - 1e-9}));
    agree = with_level(agree, c, 1);
    differ = with_level(differ, c, 2);
  }
  const EmResult found = estimate_m({{agree, 0.0, 10}, {differ, 0.0, 90}}, start, 1e-9, {});
  EXPECT_NEAR(found.lambda, 0.1, 1e-9);
}

TEST(EstimateM, PseudoPairsHoldMToItsStart) {
  const PatternCounts counts = {{0x11, 0.0, 20}, {0x22, 0.0, 80}};
  const std::vector<ComparisonModel> start = {comparison("a", {0.6, 0.4}, {0.1, 0.9}),
                                              comparison("b", {0.6, 0.4}, {0.1, 0.9})};
  EmOptions options = exacting();
  const double free = estimate_m(counts, start, 0.2, options).comparisons[0].levels[0].m;
  options.pseudo_pairs = 1e9;
  const double held = estimate_m(counts, start, 0.2, options).comparisons[0].levels[0].m;
  EXPECT_GT(free, 0.95);
  EXPECT_NEAR(held, 0.6, 1e-6);
}

TEST(EstimateM, AdjustmentsWeighInTheExpectation) {
  const std::vector<ComparisonModel> start = {comparison("a", {0.5, 0.5}, {0.5, 0.5})};
  EmOptions options;
  options.max_iterations = 1;
  // weight 0 but for the adjustment: 2 bits are 4 to 1
  const EmResult found = estimate_m({{1, 2.0, 10}}, start, 0.5, options);
  EXPECT_DOUBLE_EQ(found.lambda, 0.8);
}

TEST(EstimateM, NothingCountedChangesNothing) {
  const EmResult found = estimate_m({}, planted(), 0.25, {});
  EXPECT_EQ(found.iterations, 0U);
  EXPECT_FALSE(found.converged);
  EXPECT_EQ(found.lambda, 0.25);
  EXPECT_EQ(found.comparisons[0].levels[0].m, 0.8);
}

TEST(EstimateM, StopsAtTheIterationLimit) {
  EmOptions options;
  options.max_iterations = 3;
  options.tolerance = 0.0;
  const EmResult found = estimate_m(simulate(planted(), 0.2, 1'000, 0.0, 8), guess(), 0.1, options);
  EXPECT_EQ(found.iterations, 3U);
  EXPECT_FALSE(found.converged);
}

}  // namespace
}  // namespace tessera
