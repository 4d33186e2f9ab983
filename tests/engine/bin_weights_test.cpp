#include "engine/bin_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tessera {
namespace {

Model two_sources() {
  Model model;
  model.prior = 1e-3;
  ComparisonModel name;
  name.name = "name";
  name.levels = {{"exact", 0.9, 0.01, true}, {"else", 0.1, 0.99, true}};
  model.comparisons = {name, name};
  model.comparisons[1].name = "place";
  return model;
}

SourcePairCounts counts(Pattern pattern, std::uint64_t pairs) {
  SourcePairCounts of;
  of.patterns = {{pattern, 0.0, pairs}};
  return of;
}

const std::vector<std::string> kSources = {"a", "b"};

TEST(BinWeights, AnswerAsTheModelWeighs) {
  const Model model = two_sources();
  const Pattern pattern = with_level(with_level(0, 0, 1), 1, 2);
  const std::vector<SourcePairCounts> candidates = {counts(pattern, 40), {}, {}};
  const auto bins = bin_weights(model, candidates, kSources);
  const double bits = model.weight_bits(pattern);
  ASSERT_EQ(bins.size(), 1U);
  EXPECT_EQ(bins[0].from_bits, static_cast<int>(std::floor(bits)));
  EXPECT_EQ(bins[0].pairs, 40U);
  EXPECT_NEAR(bins[0].expected_matches, 40 * probability_from_bits(bits), 1e-9);
}

TEST(BinWeights, EachPairOfSourcesHasItsPriors) {
  Model model = two_sources();
  model.relations = {{"household", 1e-3, false}};
  for (ComparisonModel& comparison : model.comparisons) comparison.h = {{0.5, 0.5}};
  model.source_pairs = {{"a", "b", 1e-2, {1e-4}}};
  const Pattern pattern = with_level(with_level(0, 0, 1), 1, 1);
  // Within a: the model's priors; of a and b: their own.
  const auto bins =
      bin_weights(model, std::vector{counts(pattern, 1), counts(pattern, 1)}, kSources);
  Model own = model;
  own.prior = 1e-2;
  own.relations[0].prior = 1e-4;
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_EQ(bins[0].from_bits, static_cast<int>(std::floor(model.weight_bits(pattern))));
  EXPECT_EQ(bins[1].from_bits, static_cast<int>(std::floor(own.weight_bits(pattern))));
}

TEST(BinWeights, ExtremesCountInTheOutermostBins) {
  EXPECT_EQ(bin_of(-1e9), -kMostBinBits);
  EXPECT_EQ(bin_of(1e9), kMostBinBits);
  EXPECT_EQ(bin_of(-0.25), -1);
  EXPECT_EQ(bin_of(3.0), 3);
}

}  // namespace
}  // namespace tessera
