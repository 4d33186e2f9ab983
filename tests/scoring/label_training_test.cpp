#include "scoring/label_training.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tessera {
namespace {

constexpr std::size_t kComparisons = 5;

/// Two levels a comparison; `m` of the first.
Model model_of(double m, double prior) {
  Model model;
  model.prior = prior;
  for (std::size_t c = 0; c < kComparisons; ++c) {
    ComparisonModel& comparison = model.comparisons.emplace_back();
    comparison.name = "c" + std::to_string(c);
    comparison.levels = {{"exact", m, 0.05}, {"else", 1 - m, 0.95}};
  }
  return model;
}

/// Pairs of which `prior` are matches. A match agrees on a comparison as `careful` has it or, for
/// three in ten, written by a hurried clerk, as `sloppy`: what EM, which knows one kind of match,
/// takes for strangers in part.
std::vector<std::pair<Pattern, bool>> draw(std::size_t pairs, double prior, double careful,
                                           double sloppy) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::vector<std::pair<Pattern, bool>> out;
  for (std::size_t i = 0; i < pairs; ++i) {
    const bool match = uniform(random) < prior;
    const double agrees = !match ? 0.05 : uniform(random) < 0.3 ? sloppy : careful;
    Pattern pattern = 0;
    for (std::size_t c = 0; c < kComparisons; ++c) {
      pattern = with_level(pattern, c, uniform(random) < agrees ? 1 : 2);
    }
    out.emplace_back(pattern, match);
  }
  return out;
}

/// m and the prior by EM, u known: what training gives.
Model em(const std::vector<std::pair<Pattern, bool>>& drawn) {
  Model model = model_of(0.9, 0.05);
  for (int step = 0; step < 60; ++step) {
    std::vector<double> agreeing(kComparisons, 0.0);
    double matches = 0.0;
    for (const auto& [pattern, match] : drawn) {
      const double p = probability_from_bits(model.weight_bits(pattern));
      matches += p;
      for (std::size_t c = 0; c < kComparisons; ++c) {
        if (level_of(pattern, c) == 1) agreeing[c] += p;
      }
    }
    model.prior = matches / static_cast<double>(drawn.size());
    for (std::size_t c = 0; c < kComparisons; ++c) {
      model.comparisons[c].levels[0].m = agreeing[c] / matches;
      model.comparisons[c].levels[1].m = 1.0 - agreeing[c] / matches;
    }
  }
  return model;
}

/// The pairs as `model` weighs them; those with a weight from `low` to `high` are labelled, every
/// `step`-th.
std::vector<LabelledPattern> weigh(const std::vector<std::pair<Pattern, bool>>& drawn,
                                   const Model& model, double low, double high, std::size_t step) {
  std::vector<LabelledPattern> pairs;
  for (const auto& [pattern, match] : drawn) {
    const double bits = model.weight_bits(pattern);
    const bool asked = bits >= low && bits < high && pairs.size() % step == 0;
    pairs.push_back({pattern, bits, asked, asked && match});
  }
  return pairs;
}

double first_m(const Model& model) {
  double sum = 0.0;
  for (const ComparisonModel& comparison : model.comparisons) sum += comparison.levels[0].m;
  return sum / kComparisons;
}

constexpr double kTrueM = 0.7 * 0.97 + 0.3 * 0.60;

// Recovery: EM leaves the sloppy matches out, in part. Labels of the doubtful pairs alone, a fourth
// of them, lead it back to the m and the prior that the pairs were drawn with.
TEST(LabelTraining, RecoversMFromLabelsOfTheDoubtfulPairs) {
  const auto drawn = draw(60'000, 0.10, 0.97, 0.60);
  const Model trained = em(drawn);
  ASSERT_GT(first_m(trained), kTrueM + 0.02);
  const LabelledModel out = learn_from_labels(trained, weigh(drawn, trained, -14.0, 10.0, 4));
  EXPECT_GT(out.facts.matches, 50U);
  EXPECT_NEAR(first_m(out.model), kTrueM, (first_m(trained) - kTrueM) / 3);
  EXPECT_NEAR(out.model.prior, 0.10, std::abs(trained.prior - 0.10) / 3 + 1e-3);
}

// What makes the strata needed: among the labelled matches themselves agreement is far rarer than
// among all matches, for sure matches are in no queue.
TEST(LabelTraining, IsNotLedAstrayByWhichPairsWereLabelled) {
  const auto drawn = draw(60'000, 0.10, 0.90, 0.90);  // as EM takes it
  const Model trained = em(drawn);
  const auto pairs = weigh(drawn, trained, -6.0, 6.0, 2);
  double matches = 0.0;
  double agreeing = 0.0;
  for (const LabelledPattern& pair : pairs) {
    if (!pair.labelled || !pair.is_match) continue;
    matches += 1.0;
    agreeing += level_of(pair.pattern, 0) == 1 ? 1.0 : 0.0;
  }
  ASSERT_GT(matches, 50.0);
  EXPECT_LT(agreeing / matches, 0.75);  // the naive estimate
  EXPECT_NEAR(first_m(learn_from_labels(trained, pairs).model), 0.90, 0.01);
}

TEST(LabelTraining, WithoutLabelsTheModelStays) {
  const auto drawn = draw(2000, 0.10, 0.9, 0.6);
  const Model trained = em(drawn);
  const LabelledModel out = learn_from_labels(trained, weigh(drawn, trained, 100, 101, 1));
  EXPECT_EQ(model_json(out.model), model_json(trained));
  EXPECT_EQ(out.facts.matches + out.facts.non_matches, 0U);
}

// Shrinkage: one label moves little, wherever it is.
TEST(LabelTraining, OneLabelMovesLittle) {
  const auto drawn = draw(5000, 0.10, 0.9, 0.6);
  const Model trained = em(drawn);
  for (std::size_t at = 0; at < 40; ++at) {
    for (const bool match : {false, true}) {
      std::vector<LabelledPattern> pairs = weigh(drawn, trained, 100, 101, 1);
      pairs[at].labelled = true;
      pairs[at].is_match = match;
      const Model out = learn_from_labels(trained, pairs).model;
      EXPECT_NEAR(first_m(out), first_m(trained), 0.02) << at;
      EXPECT_NEAR(out.prior, trained.prior, 0.01) << at;
    }
  }
}

TEST(LabelTraining, EachComparisonStillSumsToOne) {
  const auto drawn = draw(3000, 0.2, 0.9, 0.4);
  const Model trained = em(drawn);
  const Model out = learn_from_labels(trained, weigh(drawn, trained, -20, 20, 2)).model;
  for (const ComparisonModel& comparison : out.comparisons) {
    EXPECT_NEAR(comparison.levels[0].m + comparison.levels[1].m, 1.0, 1e-12);
    EXPECT_EQ(comparison.levels[0].u, 0.05);
  }
}

}  // namespace
}  // namespace tessera
