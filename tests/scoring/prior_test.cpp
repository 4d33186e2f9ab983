#include "scoring/prior.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "data/error.hpp"
#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

using test::comparison;
using test::simulate;

std::vector<ComparisonModel> model() {
  return {comparison("name", {0.8, 0.15, 0.05}, {0.01, 0.04, 0.95}),
          comparison("date", {0.9, 0.1}, {0.001, 0.999}),
          comparison("town", {0.85, 0.15}, {0.1, 0.9})};
}

/// Σ posteriors / T at a prior: the map whose fixed point is wanted.
double explained(const PatternCounts& counts, double prior, std::uint64_t possible) {
  Model at;
  at.prior = prior;
  at.comparisons = model();
  double matches = 0.0;
  for (const PatternCount& count : counts) {
    matches += static_cast<double>(count.pairs) *
               probability_from_bits(at.weight_bits(count.pattern) + count.adjustment_bits);
  }
  return matches / static_cast<double>(possible);
}

class PlantedPrior : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedPrior, IsFoundAgain) {
  // 400,000 random pairs, a share 0.005 of them matches; a rule makes every pair a candidate that
  // agrees on something. 2000 matches have a standard error of 45; what the patterns leave open
  // adds about as much.
  constexpr std::uint64_t kPairs = 400'000;
  const PatternCounts all = simulate(model(), 0.005, kPairs, 0.0, GetParam());
  PatternCounts candidates;
  for (const PatternCount& count : all) {
    if (count.pattern != 0x223) candidates.push_back(count);
  }
  const PriorEstimate found = estimate_prior(candidates, model(), kPairs);
  EXPECT_FALSE(found.at_limit);
  EXPECT_NEAR(found.prior, 0.005, 0.0008);
  EXPECT_DOUBLE_EQ(found.expected_matches, found.prior * kPairs);
}

TEST_P(PlantedPrior, ExplainsItself) {
  const PatternCounts counts = simulate(model(), 0.01, 50'000, 0.1, GetParam());
  for (const std::uint64_t possible : {50'000ULL, 5'000'000ULL, 50'000'000ULL}) {
    const PriorEstimate found = estimate_prior(counts, model(), possible);
    ASSERT_FALSE(found.at_limit);
    EXPECT_NEAR(explained(counts, found.prior, possible) / found.prior, 1.0, 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedPrior, testing::Values(1, 2, 3, 4));

TEST(EstimatePrior, PlainIterationEndsAtTheSamePlace) {
  const PatternCounts counts = simulate(model(), 0.05, 20'000, 0.0, 7);
  double prior = 0.3;
  for (int i = 0; i < 5000; ++i) prior = explained(counts, prior, 200'000);
  EXPECT_NEAR(estimate_prior(counts, model(), 200'000).prior, prior, 1e-12);
}

TEST(EstimatePrior, TermFrequencyAdjustmentsCount) {
  const PriorEstimate plain = estimate_prior({{0x113, 0.0, 100}}, model(), 10'000);
  const PriorEstimate lowered = estimate_prior({{0x113, -1.0, 100}}, model(), 10'000);
  EXPECT_GT(plain.prior, lowered.prior);
}

TEST(EstimatePrior, OfNoEvidenceIsOneMatchInAllPairs) {
  const PriorEstimate found = estimate_prior({{0x223, 0.0, 1000}}, model(), 1'000'000);
  EXPECT_TRUE(found.at_limit);
  EXPECT_DOUBLE_EQ(found.prior, 1e-6);
  EXPECT_TRUE(estimate_prior({}, model(), 1'000'000).at_limit);
}

TEST(EstimatePrior, IsAtMostOneHalf) {
  const PriorEstimate found = estimate_prior({{0x111, 0.0, 990}, {0x223, 0.0, 10}}, model(), 1000);
  EXPECT_TRUE(found.at_limit);
  EXPECT_EQ(found.prior, 0.5);
}

TEST(EstimatePrior, OfHardlyAnyPairsIsAProbabilityToo) {
  for (const std::uint64_t possible : {0ULL, 1ULL, 2ULL}) {
    EXPECT_EQ(estimate_prior({}, model(), possible).prior, 0.5);
  }
}

TEST(PriorFromRules, IsFoundPairsOverRecall) {
  // Splink's rule: 700 pairs found, 70 % of all, of a million
  const PriorEstimate found = prior_from_rules(700, 0.7, 1'000'000);
  EXPECT_NEAR(found.prior, 0.001, 1e-15);
  EXPECT_NEAR(found.expected_matches, 1000.0, 1e-9);
  EXPECT_FALSE(found.at_limit);
}

TEST(PriorFromRules, IsClamped) {
  EXPECT_EQ(prior_from_rules(0, 0.7, 1'000'000).prior, 1e-6);
  EXPECT_TRUE(prior_from_rules(0, 0.7, 1'000'000).at_limit);
  EXPECT_EQ(prior_from_rules(900, 0.5, 1000).prior, 0.5);
}

TEST(PriorFromRules, RefusesARecallThatIsNone) {
  for (const double recall : {0.0, -1.0, 1.5}) {
    EXPECT_THROW(prior_from_rules(1, recall, 100), Error);
  }
}

}  // namespace
}  // namespace tessera
