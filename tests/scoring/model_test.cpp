#include "scoring/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/scoring/model_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using test::comparison;

Model small_model() {
  Model model;
  model.prior = 0.2;
  model.comparisons = {comparison("a", {0.8, 0.2}, {0.1, 0.9}),
                       comparison("b", {0.5, 0.25, 0.25}, {0.125, 0.25, 0.625})};
  return model;
}

TEST(Model, WeighsAPatternAsPriorPlusLevels) {
  // odds 1/4, times 8 and 4: 2^(-2+3+2)
  EXPECT_NEAR(small_model().weight_bits(with_level(with_level(0, 0, 1), 1, 1)), 3.0, 1e-12);
}

TEST(Model, NullLevelAddsNothing) {
  EXPECT_EQ(small_model().weight_bits(0), small_model().prior_bits());
  EXPECT_EQ(small_model().level_bits(1, kNullLevel), 0.0);
}

TEST(Model, EachLevelHasItsOwnWeight) {
  const Model model = small_model();
  EXPECT_DOUBLE_EQ(model.level_bits(1, 1), 2.0);
  EXPECT_DOUBLE_EQ(model.level_bits(1, 2), 0.0);
  EXPECT_DOUBLE_EQ(model.level_bits(1, 3), std::log2(0.4));
}

TEST(Model, ScoresSplinksReferencePair) {
  const auto folder = test::shared_data();
  if (!folder) GTEST_SKIP() << "needs the folder shared/data with vectors/fellegi_sunter_em";
  const auto rows =
      test::read_test_csv(*folder / "vectors/fellegi_sunter_em/pair_479_481_score.csv");
  ASSERT_EQ(rows.size(), 2U);
  Model model;
  model.prior = 0.3;
  const auto binary = [](const char* name) { return comparison(name, {0.9, 0.1}, {0.1, 0.9}); };
  model.comparisons = {comparison("first_name", {0.7, 0.2, 0.1}, {0.1, 0.1, 0.8}), binary("dob"),
                       binary("city"), binary("email")};
  Pattern pattern = 0;
  const unsigned levels[] = {1, 1, 2, 2};
  for (std::size_t c = 0; c < 4; ++c) pattern = with_level(pattern, c, levels[c]);
  const double weight = model.weight_bits(pattern) + std::log2(std::stod(rows[1][8]));
  const double published = std::stod(rows[1][0]);
  EXPECT_NEAR(weight, published, 1e-9);
  EXPECT_NEAR(probability_from_bits(weight), std::stod(rows[1][1]), 1e-9);
}

Model related_model() {
  Model model = small_model();
  model.relations = {{"household", 0.1, false}, {"namesakes", 0.05, true}};
  model.comparisons[0].h = {{0.4, 0.6}, {0.1, 0.9}};
  return model;
}

TEST(RelatedModel, WeighsMatchesAgainstTheRelatedByH) {
  const Model model = related_model();
  EXPECT_DOUBLE_EQ(model.relation_prior_bits(0), 1.0);
  EXPECT_DOUBLE_EQ(model.relation_prior_bits(1), 2.0);
  EXPECT_DOUBLE_EQ(model.related_bits(0, 1, 0), 1.0);
  EXPECT_DOUBLE_EQ(model.related_bits(0, 1, 1), 3.0);
  EXPECT_EQ(model.related_bits(1, 1, 0), model.level_bits(1, 1));  // no h: they are as strangers
  EXPECT_EQ(model.related_bits(0, kNullLevel, 1), 0.0);
}

TEST(RelatedModel, WeighsAgainstAllAlternatives) {
  // odds against strangers 1/4 · 8 · 4 = 8, the first relation 2 · 2 · 4 = 16, the second
  // 4 · 8 · 4 = 128; against all 1 / (1/8 + 1/16 + 1/128) = 128/25
  EXPECT_NEAR(related_model().weight_bits(with_level(with_level(0, 0, 1), 1, 1)),
              std::log2(128.0 / 25.0), 1e-12);
}

TEST(AgainstAll, OfOneIsItself) {
  EXPECT_EQ(against_all(std::vector<double>{-3.5}), -3.5);
}

TEST(AgainstAll, IsAtMostTheLeastAndLosesABitToAnEqual) {
  for (const double a : {-900.0, -3.0, 0.0, 7.5, 900.0}) {
    EXPECT_DOUBLE_EQ(against_all(std::vector<double>{a, a}), a - 1.0);
    for (const double b : {-901.0, -2.0, 0.5, 5000.0}) {
      const double both = against_all(std::vector<double>{a, b});
      EXPECT_EQ(both, against_all(std::vector<double>{b, a}));
      EXPECT_LE(both, std::min(a, b));
      EXPECT_GE(both, std::min(a, b) - 1.0);
    }
  }
}

TEST(Bits, ProbabilitiesAndBitsAreInverse) {
  for (const double p : {1e-300, 1e-12, 0.01, 0.5, 0.75, 1.0 - 1e-9}) {
    EXPECT_NEAR(probability_from_bits(bits_from_probability(p)) / p, 1.0, 1e-12);
  }
}

TEST(Bits, ExtremeWeightsStayProbabilities) {
  EXPECT_EQ(probability_from_bits(5000.0), 1.0);
  EXPECT_EQ(probability_from_bits(-5000.0), 0.0);
  EXPECT_EQ(probability_from_bits(0.0), 0.5);
}

TEST(ToProbabilities, ScalesSharesToSumToOne) {
  const std::vector<double> shares = {1.0, 2.0, 5.0};
  EXPECT_EQ(to_probabilities(shares), (std::vector<double>{0.125, 0.25, 0.625}));
}

TEST(ToProbabilities, RaisesSmallSharesToTheFloorAndKeepsTheSum) {
  const std::vector<double> shares = {1.0, 0.0, 1.5e-9, 1e-30};
  const std::vector<double> p = to_probabilities(shares);
  EXPECT_EQ(p[1], kLeastProbability);
  EXPECT_EQ(p[3], kLeastProbability);
  EXPECT_GE(p[2], kLeastProbability);
  EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-15);
}

TEST(ToProbabilities, ALoneLevelIsNeverCertain) {
  EXPECT_LT(to_probabilities(std::vector<double>{3.0})[0], 1.0);
}

TEST(ToProbabilities, NoSharesAreEqualShares) {
  EXPECT_EQ(to_probabilities(std::vector<double>{0.0, 0.0}), (std::vector<double>{0.5, 0.5}));
}

TEST(ToProbabilities, MaximiseTheExpectedLogLikelihoodUnderTheFloor) {
  // Against every other feasible split on a grid around the answer.
  const std::vector<double> shares = {3.0, 1.0, 0.0};
  const std::vector<double> best = to_probabilities(shares);
  const auto value = [&](double first) {
    return 3.0 * std::log(first) + std::log(1.0 - kLeastProbability - first);
  };
  for (double step = -0.2; step <= 0.2; step += 0.01) {
    EXPECT_LE(value(best[0] + step), value(best[0]) + 1e-12);
  }
}

}  // namespace
}  // namespace tessera
