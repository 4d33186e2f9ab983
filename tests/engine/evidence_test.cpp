#include "engine/evidence.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace tessera {
namespace {

constexpr double kLinkBits = 4.0;

double weight_of(Row a, Row b) {
  return static_cast<double>(a * b % 17) - 8.0;  // whole bits, so sums are exact
}

// A component of rows 10, 20, …: the pair (10, 20) is known to weigh 3 bits, all others ask
// weight_of.
struct Fixture {
  explicit Fixture(std::size_t size) : rows(size) {
    for (std::size_t i = 0; i < size; ++i) rows[i] = static_cast<Row>(10 * (i + 1));
    pairs = {{10, 20, 3.0}};
    component.rows = rows;
    component.pairs = pairs;
  }
  std::vector<Row> rows;
  std::vector<WeightedPair> pairs;
  Component component;
  ClusterOptions options{.link_bits = kLinkBits};
  PairWeight weight = weight_of;
};

TEST(EvidenceBits, AreHeldWithinTheCaps) {
  EXPECT_EQ(evidence_bits(5.0, kLinkBits), 5.0);
  EXPECT_EQ(evidence_bits(30.0, kLinkBits), 12.0);
  EXPECT_EQ(evidence_bits(-40.0, kLinkBits), -20.0);
  EXPECT_EQ(evidence_bits(30.0, 10.0), 20.0) << "twice a high link threshold";
}

TEST(Evidence, AddsPairsAndKeepsTheBestLink) {
  Evidence sum;
  sum.see_link(6.0, kLinkBits);
  Evidence other = {.capped_units = 5, .weight_units = 7, .pairs = 2};
  other.see_link(9.0, kLinkBits);
  const std::int64_t best = other.best_link_units;
  sum += other;
  sum += other;
  EXPECT_EQ(sum.capped_units, 10);
  EXPECT_EQ(sum.weight_units, 14);
  EXPECT_EQ(sum.pairs, 4U);
  EXPECT_EQ(sum.best_link_units, best);
}

// Mean and best link must be a link halfway between them: 8 and −1 are not at 4 bits, 9 and −1 are.
TEST(Evidence, FavoursOnePersonHalfwayBetweenMeanAndBestLink) {
  const auto favours = [](double best, double mean) {
    Evidence evidence;
    evidence.pairs = 3;
    evidence.capped_units = static_cast<std::int64_t>(3 * mean * (1 << 20));
    evidence.see_link(best, kLinkBits);
    return evidence.favours_one_person(kLinkBits);
  };
  EXPECT_TRUE(favours(9.0, -1.0));
  EXPECT_FALSE(favours(8.0, -1.0));
  EXPECT_TRUE(favours(12.0, -4.0));
  EXPECT_FALSE(favours(100.0, -5.0)) << "a link counts for 12 bits at most";
}

TEST(Evidence, FavoursNobodyWithoutALink) {
  EXPECT_FALSE((Evidence{.capped_units = 100 << 20, .weight_units = 100 << 20, .pairs = 1})
                   .favours_one_person(kLinkBits));
}

TEST(ComponentWeights, TakeKnownWeightsAndAskForTheOthers) {
  const Fixture f(4);
  const ComponentWeights weights(f.component, f.options, f.weight);
  const Place a[] = {0};
  const Place b[] = {1, 2};
  const Evidence evidence = weights.across(a, b, 100);
  EXPECT_EQ(evidence.pairs, 2U);
  EXPECT_DOUBLE_EQ(evidence.mean_weight_bits(), (3.0 + weight_of(10, 30)) / 2);
  EXPECT_EQ(weights.across(b, a, 100).weight_units, evidence.weight_units);
}

TEST(ComponentWeights, SampleAFixedShareOfManyPairs) {
  const Fixture f(200);
  const ComponentWeights weights(f.component, f.options, f.weight);
  std::vector<Place> a(100);
  std::vector<Place> b(100);
  std::iota(a.begin(), a.end(), Place{0});
  std::iota(b.begin(), b.end(), Place{100});
  const Evidence all = weights.across(a, b, 10'000);
  const Evidence sample = weights.across(a, b, 2'000);
  EXPECT_EQ(all.pairs, 10'000U);
  EXPECT_EQ(sample.pairs, 10'000U) << "scaled up to all";
  // Weights of −8 … 8 bits have a deviation of 5: four standard errors of 2,000 draws.
  EXPECT_NEAR(sample.mean_weight_bits(), all.mean_weight_bits(), 0.45);
  EXPECT_EQ(weights.across(a, b, 2'000).weight_units, sample.weight_units) << "drawn by seed";
}

}  // namespace
}  // namespace tessera
