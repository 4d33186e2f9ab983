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

}  // namespace
}  // namespace tessera
