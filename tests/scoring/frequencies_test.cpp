#include "scoring/frequencies.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

Column column_of(std::vector<Code> codes) {
  Column column;
  column.counts.assign(1 + *std::max_element(codes.begin(), codes.end()), 0);
  for (const Code code : codes) ++column.counts[code];
  column.codes = std::move(codes);
  return column;
}

PairSpace space_of(PairScope scope, std::vector<Row> begins, std::vector<bool> closed = {}) {
  PairSpace space;
  space.scope = scope;
  space.source_begin = std::move(begins);
  space.closed = std::move(closed);
  return space;
}

TEST(CountEqualPairs, IsTheShareOfAgreeingPairs) {
  // Splink's example: 40 of 50 records say London; here 4 of 5: (4·3) / (5·4) = 0.6
  const EqualPairs equal =
      count_equal_pairs(column_of({1, 1, 1, 1, 2, 0}), space_of(PairScope::kAnyPair, {0, 6}));
  EXPECT_EQ(equal.pairs, 10U);
  EXPECT_EQ(equal.agreeing, 6U);
  EXPECT_DOUBLE_EQ(equal.probability(), 0.6);
}

TEST(CountEqualPairs, AgreesWithCountingPairByPair) {
  test::Uniform uniform(11);
  for (int round = 0; round < 200; ++round) {
    const Row n = 3 + static_cast<Row>(uniform.next() * 20);
    std::vector<Code> codes;
    for (Row i = 0; i < n; ++i) codes.push_back(static_cast<Code>(uniform.next() * 5));
    const Row cut = static_cast<Row>(uniform.next() * n);
    const Column column = column_of(codes);
    for (const PairScope scope :
         {PairScope::kAnyPair, PairScope::kAcrossSources, PairScope::kWithinSource}) {
      const PairSpace space = space_of(scope, {0, cut, n}, {round % 3 == 0, round % 2 == 0});
      EqualPairs slow;
      for (const auto& [left, right] : sample_pairs(space, UINT64_MAX, 0)) {
        if (codes[left] == kMissing || codes[right] == kMissing) continue;
        ++slow.pairs;
        slow.agreeing += codes[left] == codes[right] ? 1 : 0;
      }
      const EqualPairs fast = count_equal_pairs(column, space);
      EXPECT_EQ(fast.pairs, slow.pairs);
      EXPECT_EQ(fast.agreeing, slow.agreeing);
    }
  }
}

TEST(CountEqualPairs, AllMissingIsNoAgreement) {
  const EqualPairs equal =
      count_equal_pairs(column_of({0, 0, 0}), space_of(PairScope::kAnyPair, {0, 3}));
  EXPECT_EQ(equal.pairs, 0U);
  EXPECT_EQ(equal.probability(), 0.0);
}

TEST(CountEqualPairs, IsExactForAThousandMillionRecords) {
  Column column;
  column.counts = {0, 3'000'000'000U, 1'000'000'000U};
  const EqualPairs equal =
      count_equal_pairs(column, space_of(PairScope::kAnyPair, {0, 4'000'000'000U}));
  EXPECT_EQ(equal.pairs, 7'999'999'998'000'000'000ULL);
  EXPECT_EQ(equal.agreeing, 4'499'999'998'500'000'000ULL + 499'999'999'500'000'000ULL);
}

TEST(TermFrequencies, AreSharesOfTheFilledRows) {
  EXPECT_EQ(term_frequencies(column_of({1, 1, 1, 2, 0, 0})),
            (std::vector<double>{0.0, 0.75, 0.25}));
}

TEST(TfAdjustment, SetsTheUOfExactAgainstTheFrequency) {
  ComparisonModel c = test::comparison("name", {0.7, 0.2, 0.1}, {0.125, 0.25, 0.625});
  c.levels[0].term_frequency = true;
  EXPECT_DOUBLE_EQ(tf_adjustment_bits(c, 1, 1.0 / 64), 3.0);
  EXPECT_DOUBLE_EQ(tf_adjustment_bits(c, 1, 0.5), -2.0);
  EXPECT_EQ(tf_adjustment_bits(c, 2, 1.0 / 64), 0.0);
  EXPECT_EQ(tf_adjustment_bits(c, kNullLevel, 1.0 / 64), 0.0);
  EXPECT_EQ(tf_adjustment_bits(c, 1, 0.0), 0.0);
}

TEST(TfAdjustment, OfAFuzzyLevelUsesTheUOfExact) {
  ComparisonModel c = test::comparison("name", {0.7, 0.2, 0.1}, {0.125, 0.25, 0.625});
  c.levels[1].term_frequency = true;
  c.levels[1].tf_weight = 0.5;
  EXPECT_DOUBLE_EQ(tf_adjustment_bits(c, 2, 1.0 / 64), 1.5);
}

TEST(TfAdjustment, WithoutAnExactLevelUsesTheLevelsOwnU) {
  ComparisonModel c = test::comparison("name", {0.7, 0.3}, {0.25, 0.75});
  c.levels[0].text = "levenshtein <= 1";
  c.levels[0].term_frequency = true;
  EXPECT_DOUBLE_EQ(tf_adjustment_bits(c, 1, 1.0 / 64), 4.0);
}

TEST(TfAdjustment, KeepsToTheMinimumAndTheExponent) {
  ComparisonModel c = test::comparison("name", {0.7, 0.3}, {0.25, 0.75});
  c.levels[0].term_frequency = true;
  c.tf_minimum = 1.0 / 16;
  c.tf_exponent = 0.6;
  EXPECT_DOUBLE_EQ(tf_adjustment_bits(c, 1, 1.0 / 1024), 0.6 * 2.0);
}

TEST(EstimateU, TakesTheExactShareAndSplitsTheRestAsSampled) {
  LevelShares shares;
  shares.exact_share = 0.02;
  shares.sampled = {25, 100, 875};  // the sample's own share of exact is not used
  shares.m = {0.8, 0.1, 0.1};
  const std::vector<double> u = estimate_u(shares);
  EXPECT_DOUBLE_EQ(u[0], 0.02);
  EXPECT_NEAR(u[1], 0.98 * 100 / 975, 1e-12);
  EXPECT_NEAR(u[2], 0.98 * 875 / 975, 1e-12);
}

TEST(EstimateU, WithoutAnExactShareIsTheSamplesShares) {
  LevelShares shares;
  shares.sampled = {10, 90};
  shares.m = {0.9, 0.1};
  EXPECT_NEAR(estimate_u(shares)[0], 0.1, 1e-12);
}

TEST(EstimateU, TakesTheMatchesOut) {
  // Of random pairs 1 % match; with m = 0.9 they agree in 0.9 %. u = (0.012 - 0.009) / 0.99
  LevelShares shares;
  shares.exact_share = 0.012;
  shares.sampled = {12, 988};
  shares.m = {0.9, 0.1};
  shares.prior = 0.01;
  EXPECT_NEAR(estimate_u(shares)[0], 0.003 / 0.99, 1e-12);
}

TEST(EstimateU, FindsThePlantedUUnderMatches) {
  // shares = prior·m + (1 - prior)·u, whatever m and u are
  const std::vector<double> m = {0.85, 0.1, 0.05};
  const std::vector<double> u = {0.001, 0.019, 0.98};
  constexpr double kPrior = 0.002;
  LevelShares shares;
  shares.m = m;
  shares.prior = kPrior;
  for (std::size_t i = 0; i < 3; ++i) {
    shares.sampled.push_back(
        static_cast<std::uint64_t>(std::llround(1e9 * (kPrior * m[i] + (1 - kPrior) * u[i]))));
  }
  shares.exact_share = kPrior * m[0] + (1 - kPrior) * u[0];
  const std::vector<double> found = estimate_u(shares);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i] / u[i], 1.0, 1e-6);
}

TEST(EstimateU, OfAnIdentifierIsAtLeastOneInTheDistinctValues) {
  // All agreement comes from matches: 1/distinct is left, not 0.
  LevelShares shares;
  shares.exact_share = 1e-6;
  shares.sampled = {0, 1000};
  shares.m = {0.99, 0.01};
  shares.prior = 1.1e-6;
  shares.distinct_values = 50'000;
  EXPECT_DOUBLE_EQ(estimate_u(shares)[0], 1.0 / 50'000);
}

TEST(EstimateU, ALevelThatTheSampleNeverMetIsHalfAPair) {
  LevelShares shares;
  shares.sampled = {100, 0, 900};
  shares.m = {0.8, 0.1, 0.1};
  EXPECT_NEAR(estimate_u(shares)[1], 0.5 / 1000.5, 1e-9);
}

TEST(EstimateU, SumsToOneAndStaysInside) {
  test::Uniform uniform(5);
  for (int round = 0; round < 1000; ++round) {
    LevelShares shares;
    const std::size_t levels = 1 + static_cast<std::size_t>(uniform.next() * 6);
    for (std::size_t i = 0; i < levels; ++i) {
      shares.sampled.push_back(
          uniform.next() < 0.3 ? 0 : static_cast<std::uint64_t>(uniform.next() * 1e6));
      shares.m.push_back(1.0 / static_cast<double>(levels));
    }
    if (round % 2 == 0) shares.exact_share = uniform.next() < 0.2 ? 1.0 : uniform.next();
    shares.prior = round % 5 == 0 ? 0.4 : 1e-6;
    shares.distinct_values = round % 3 == 0 ? 1 : 0;
    const std::vector<double> u = estimate_u(shares);
    for (const double p : u) {
      EXPECT_GE(p, kLeastProbability * 0.999);
      EXPECT_LE(p, 1.0 - kLeastProbability * 0.999);
    }
    if (levels > 1) {
      EXPECT_NEAR(std::accumulate(u.begin(), u.end(), 0.0), 1.0, 1e-12);
    }
  }
}

}  // namespace
}  // namespace tessera
