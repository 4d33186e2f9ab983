#include "report/sampling_plan.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tessera {
namespace {

// The plan's own promise, by drawing: with errors as frequent as it allows for, the weighted share
// of right pairs is off by less than the half width in 95 of 100 samples.
TEST(SamplingPlan, HoldsItsHalfWidth) {
  const std::vector<LinkBin> links = {{4, 3000}, {5, 2000}, {7, 5000}, {10, 20000}, {14, 90000}};
  const SamplingPlan plan = plan_sample(links, 4.25, 0.02);
  ASSERT_GE(plan.strata.size(), 4U);
  double all = 0.0;
  double truth = 0.0;
  for (const Stratum& of : plan.strata) {
    all += static_cast<double>(of.pairs);
    truth += static_cast<double>(of.pairs) * (1 - of.error_share);
  }
  EXPECT_EQ(all, 120000.0);
  std::mt19937_64 random(7);
  int within = 0;
  constexpr int kDraws = 2000;
  for (int draw = 0; draw < kDraws; ++draw) {
    double right = 0.0;
    for (const Stratum& of : plan.strata) {
      std::binomial_distribution<std::uint64_t> wrong(of.to_judge, of.error_share);
      const double share =
          1 - static_cast<double>(wrong(random)) / static_cast<double>(of.to_judge);
      right += static_cast<double>(of.pairs) * share;
    }
    within += std::abs(right - truth) / all <= 0.02 ? 1 : 0;
  }
  EXPECT_GE(within, kDraws * 93 / 100);
}

TEST(SamplingPlan, NeedsFewerThanASimpleSample) {
  const std::vector<LinkBin> links = {{4, 3000}, {7, 5000}, {14, 90000}};
  const SamplingPlan plan = plan_sample(links, 4.25, 0.02);
  double error = 0.0;
  for (const Stratum& of : plan.strata)
    error += of.error_share * static_cast<double>(of.pairs) / 98000;
  const double simple = error * (1 - error) * 1.96 * 1.96 / (0.02 * 0.02);
  EXPECT_LT(static_cast<double>(plan.to_judge), simple + 30);
}

TEST(SamplingPlan, JudgesNoMoreThanThereAre) {
  const SamplingPlan plan = plan_sample(std::vector<LinkBin>{{4, 3}, {20, 5}}, 4.25, 0.02);
  ASSERT_EQ(plan.strata.size(), 2U);
  EXPECT_EQ(plan.strata[0].to_judge, 3U);
  EXPECT_EQ(plan.strata[1].to_judge, 5U);
  EXPECT_TRUE(plan_sample({}, 4.25, 0.02).strata.empty());
}

// 0.02 · 0.98 = 0.0196 is allowed for; of 100 judged 10 are wrong, so up to 0.1 + 1.645 · 0.03 =
// 0.149 may be: 0.1270, so 100 · 0.1270 / 0.0196 = 648.2.
TEST(SamplingPlan, MoreErrorsThanAllowedAskForMore) {
  const Stratum stratum{4.25, 6.0, 5000, 0.02, 100};
  EXPECT_EQ(allowed_wrong(stratum), 2U);
  EXPECT_EQ(judge_in_all(stratum, 0), 100U);
  EXPECT_EQ(judge_in_all(stratum, 2), 100U);
  EXPECT_EQ(judge_in_all(stratum, 10), 649U);
  EXPECT_EQ(judge_in_all(stratum, 50), judge_in_all(stratum, 100));  // no worse than half
  EXPECT_EQ(judge_in_all({4.25, 6.0, 300, 0.02, 100}, 10), 300U);    // no more than there are
  EXPECT_EQ(judge_in_all({4.25, 6.0, 7, 0.5, 7}, 7), 7U);
}

// A model far too sure of itself: a fifth of its links are wrong. The second step finds that out.
TEST(SamplingPlan, InTwoStepsItHoldsWhereTheModelIsWrong) {
  const std::vector<LinkBin> links = {{4, 3000}, {5, 2000}, {7, 5000}, {10, 20000}, {14, 90000}};
  const SamplingPlan plan = plan_sample(links, 4.25, 0.02);
  constexpr double kWrong = 0.2;
  std::mt19937_64 random(7);
  int within = 0;
  constexpr int kDraws = 2000;
  for (int draw = 0; draw < kDraws; ++draw) {
    double right = 0.0;
    for (const Stratum& of : plan.strata) {
      const auto draw_wrong = [&](std::uint64_t pairs) {
        return std::binomial_distribution<std::uint64_t>(pairs, kWrong)(random);
      };
      const std::uint64_t first = draw_wrong(of.to_judge);
      const std::uint64_t in_all = judge_in_all(of, first);
      const std::uint64_t wrong = first + draw_wrong(in_all - of.to_judge);
      right += static_cast<double>(of.pairs) *
               (1 - static_cast<double>(wrong) / static_cast<double>(in_all));
    }
    within += std::abs(right / 120000.0 - (1 - kWrong)) <= 0.02 ? 1 : 0;
  }
  EXPECT_GE(within, kDraws * 93 / 100);
}

}  // namespace
}  // namespace tessera
