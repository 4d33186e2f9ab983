#include "generate/random.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tessera {
namespace {

TEST(Random, GivesThePublishedNumbers) {
  // The first outputs of xoshiro256** from state {1, 2, 3, 4}, as its authors' C code gives them.
  Random random(std::array<std::uint64_t, 4>{1, 2, 3, 4});
  const std::vector<std::uint64_t> expected = {
      11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600};
  for (const std::uint64_t number : expected) EXPECT_EQ(random.next(), number);
}

TEST(Random, BelowStaysBelowAndReachesAll) {
  Random random(7);
  std::array<int, 6> counts{};
  for (int i = 0; i < 6000; ++i) ++counts.at(random.below(6));
  for (const int count : counts) EXPECT_NEAR(count, 1000, 150);
}

TEST(Random, BetweenHoldsBothEnds) {
  Random random(8);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 200; ++i) {
    const std::int32_t number = random.between(-2, 2);
    ASSERT_GE(number, -2);
    ASSERT_LE(number, 2);
    low = low || number == -2;
    high = high || number == 2;
  }
  EXPECT_TRUE(low && high);
}

TEST(Random, ChanceKeepsItsProbability) {
  Random random(9);
  int hits = 0;
  for (int i = 0; i < 20'000; ++i) hits += random.chance(0.3) ? 1 : 0;
  EXPECT_NEAR(hits, 6000, 200);  // three standard deviations
}

TEST(Random, ChanceOfNoneAndOfAllIsCertain) {
  Random random(10);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(random.chance(0));
    EXPECT_FALSE(random.chance(-1));
    EXPECT_TRUE(random.chance(1));
    EXPECT_TRUE(random.chance(3.4));
  }
}

TEST(Random, WeightedFollowsItsWeights) {
  Random random(11);
  const std::array<std::uint16_t, 3> weights = {1, 0, 3};
  std::array<int, 3> counts{};
  for (int i = 0; i < 8000; ++i) ++counts.at(random.weighted(weights));
  EXPECT_NEAR(counts[0], 2000, 150);
  EXPECT_EQ(counts[1], 0);
}

TEST(StreamSeed, DiffersByEachPart) {
  EXPECT_NE(stream_seed(1, 1, 1), stream_seed(2, 1, 1));
  EXPECT_NE(stream_seed(1, 1, 1), stream_seed(1, 2, 1));
  EXPECT_NE(stream_seed(1, 1, 1), stream_seed(1, 1, 2));
}

}  // namespace
}  // namespace tessera
