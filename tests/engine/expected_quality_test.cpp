#include "engine/expected_quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "tests/engine/explained_people.hpp"

namespace tessera {
namespace {

class ExpectedQuality : public testing::Test {
 protected:
  ExpectedQuality()
      : quality_(expected_quality(
            {people_.people.job, people_.people.table, people_.model, people_.scored.links})) {}

  test::ExplainedPeople people_{3000};
  ResultFacts::Quality quality_;
};

TEST_F(ExpectedQuality, PrecisionIsTheMeanProbabilityOfTheLinks) {
  const double link_bits = people_.people.job.link_threshold.bits();
  std::uint64_t links = 0;
  double sum = 0.0;
  double doubtful = 0.0;
  for (const Link& link : people_.scored.links) {
    const double p = 1 / (1 + std::exp2(-link.weight_bits));
    links += link.weight_bits >= link_bits;
    (link.weight_bits >= link_bits ? sum : doubtful) += p;
  }
  ASSERT_GT(links, 50U);
  EXPECT_EQ(quality_.links, links);
  EXPECT_NEAR(quality_.precision.expected, sum / static_cast<double>(links), 1e-9);
  EXPECT_NEAR(quality_.expected_doubtful, doubtful, 1e-9);
  EXPECT_TRUE(quality_.below_counted);
  EXPECT_NEAR(quality_.recall.expected, sum / (sum + doubtful + quality_.expected_below), 1e-9);
}

TEST_F(ExpectedQuality, GroupsOfEachKindHoldAllLinks) {
  std::map<std::string, std::uint64_t> links;
  for (const ResultFacts::QualityGroup& group : quality_.groups) {
    links[group.by] += group.links;
    EXPECT_LE(group.precision.low, group.precision.expected);
    EXPECT_GE(group.precision.high, group.precision.expected);
    if (group.name == "others, each under 11 links") continue;
    EXPECT_GE(group.links, 11U) << group.name;
  }
  EXPECT_TRUE(links.contains("sources"));
  EXPECT_TRUE(links.contains("values missing"));
  for (const auto& [by, sum] : links) EXPECT_EQ(sum, quality_.links) << by;
}

TEST_F(ExpectedQuality, WithoutTrainedWeightsRecallIsOfThePairsKept) {
  Model model = people_.model;
  model.weights.clear();
  const auto quality =
      expected_quality({people_.people.job, people_.people.table, model, people_.scored.links});
  EXPECT_FALSE(quality.below_counted);
  EXPECT_EQ(quality.expected_below, 0.0);
  EXPECT_GE(quality.recall.expected, quality_.recall.expected);
}

TEST(QualityWarning, ComesWhereFewerThanHalfOfTheExpectedMatchesAreLinks) {
  ResultFacts::Quality quality;
  quality.recall = {0.06, 0.0, 0.3};
  quality.links = 10;
  EXPECT_EQ(quality_warning(quality), "") << "too few to say";
  quality.links = 11;
  EXPECT_EQ(quality_warning(quality).substr(0, 43), "only 6.0 % of the matches expected are link");
  quality.recall = {0.5, 0.3, 0.7};
  EXPECT_EQ(quality_warning(quality), "");
}

TEST(ShareWithInterval, AllowsForTheModelAndForChance) {
  const ResultFacts::Share share = share_with_interval(0.98, {0.001, 3.0});
  EXPECT_NEAR(share.low, 1 - 0.02 * 3 - kErrorRemainder - 0.00196, 1e-12);
  EXPECT_NEAR(share.high, 1 - 0.02 / 3 + 0.00196, 1e-12);
}

TEST(ShareWithInterval, StaysAShare) {
  for (const double expected : {0.0, 0.3, 0.999, 1.0}) {
    for (const double deviation : {0.0, 0.01, 5.0}) {
      const ResultFacts::Share share = share_with_interval(expected, {deviation, kRecallFactor});
      EXPECT_GE(share.low, 0.0);
      EXPECT_LE(share.low, expected);
      EXPECT_GE(share.high, expected);
      EXPECT_LE(share.high, 1.0);
    }
  }
}

}  // namespace
}  // namespace tessera
