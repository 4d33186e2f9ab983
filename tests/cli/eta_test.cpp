#include "cli/eta.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tessera {
namespace {

constexpr std::array<double, 4> kExpected = {1.0, 2.0, 4.0, 3.0};

StageProgress begin(unsigned number) {
  return {"stage", number, 4, 0.0, kExpected};
}

TEST(Eta, SaysNothingBeforeAnythingIsExpected) {
  Eta eta;
  EXPECT_FALSE(eta.left_s(0.0).has_value());
  eta.watch({"apply", 1, 1}, 0.0);
  EXPECT_FALSE(eta.left_s(3.0).has_value());
  EXPECT_EQ(eta.share_done(3.0), 0.0);
}

TEST(Eta, CountsDownWhereStagesTakeWhatTheyShould) {
  Eta eta;
  eta.watch(begin(1), 100.0);
  EXPECT_NEAR(*eta.left_s(100.0), 10.0, 1e-9);
  EXPECT_NEAR(*eta.left_s(100.5), 9.5, 1e-9);
  eta.watch(begin(2), 101.0);
  EXPECT_NEAR(*eta.left_s(102.0), 8.0, 1e-9);
  EXPECT_NEAR(eta.share_done(102.0), 0.2, 1e-9);
  eta.watch(begin(3), 103.0);
  eta.watch(begin(4), 107.0);
  EXPECT_NEAR(*eta.left_s(108.0), 2.0, 1e-9);
}

// A machine that is twice as slow shows it in the first stage, and all others are told so.
TEST(Eta, ASlowerMachineIsLearnedFromTheStagesSeen) {
  Eta eta;
  eta.watch(begin(1), 0.0);
  eta.watch(begin(2), 2.0);
  EXPECT_NEAR(*eta.left_s(2.0), 18.0, 1e-9);
}

// The last stage counts most: 1 s took 10, 2 s took 2; the weights are 1/4 and 1/2.
TEST(Eta, TheLastStageCountsMost) {
  Eta eta;
  eta.watch(begin(1), 0.0);
  eta.watch(begin(2), 10.0);
  eta.watch(begin(3), 12.0);
  const double slowness = (0.25 * 10.0 + 0.5 * 2.0) / (0.25 * 1.0 + 0.5 * 2.0);
  EXPECT_NEAR(*eta.left_s(12.0), 7.0 * slowness, 1e-9);
}

TEST(Eta, AStageThatTakesLongerThanItShouldMovesTheEnd) {
  Eta eta;
  eta.watch(begin(1), 0.0);
  eta.watch(begin(2), 1.0);
  EXPECT_NEAR(*eta.left_s(3.0), 7.0, 1e-9);
  EXPECT_GT(*eta.left_s(9.0), 14.0);  // four times as slow by the stage at hand
}

TEST(Eta, AKnownShareOfTheStageIsTakenForIt) {
  Eta eta;
  eta.watch(begin(1), 0.0);
  eta.watch(begin(2), 1.0);
  eta.watch(begin(3), 3.0);
  eta.watch({"stage", 3, 4, 0.5}, 7.0);  // half of it took all that was expected
  const double slowness = (4.0 + 0.5 * 2.0 + 0.25 * 1.0) / (2.0 + 0.5 * 2.0 + 0.25 * 1.0);
  EXPECT_NEAR(*eta.left_s(7.0), 4.0 + 3.0 * slowness, 1e-9);
  EXPECT_NEAR(*eta.left_s(9.0), 2.0 + 3.0 * slowness, 1e-9);
}

TEST(Eta, AnotherRunBeginsAnew) {
  Eta eta;
  eta.watch(begin(4), 0.0);
  eta.watch(begin(1), 50.0);
  EXPECT_NEAR(*eta.left_s(50.0), 10.0, 1e-9);
  EXPECT_NEAR(eta.share_done(52.0), 2.0 / (2.0 + *eta.left_s(52.0)), 1e-9);
}

TEST(Eta, IsNeverNegative) {
  Eta eta;
  eta.watch(begin(4), 0.0);
  EXPECT_GE(*eta.left_s(1000.0), 0.0);
  EXPECT_NEAR(*eta.left_s(1000.0), 0.0, 1e-6);
}

}  // namespace
}  // namespace tessera
