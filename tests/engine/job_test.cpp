#include "engine/job.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(Threshold, EvenOddsAreZeroBits) {
  EXPECT_EQ((Threshold{0.5, false}.bits()), 0.0);
}

TEST(Threshold, AProbabilityIsTheLogOfItsOdds) {
  // 0.8 : 0.2 = 4 = 2^2; 1 : 1024 odds are -10 bits.
  EXPECT_NEAR((Threshold{0.8, false}.bits()), 2.0, 1e-12);
  EXPECT_NEAR((Threshold{1.0 / 1025.0, false}.bits()), -10.0, 1e-12);
}

TEST(Threshold, BitsStayBits) {
  EXPECT_EQ((Threshold{12.5, true}.bits()), 12.5);
}

}  // namespace
}  // namespace tessera
