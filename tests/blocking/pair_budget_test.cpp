#include "blocking/pair_budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "blocking/oversized.hpp"

namespace tessera {
namespace {

TEST(PairBudget, IsAHundredARecordAndAHundredMillionAnyway) {
  EXPECT_EQ(pair_budget(1000), 100'000'000U);
  EXPECT_EQ(pair_budget(10'000'000), 1'000'000'000U);
}

TEST(ShareOfPairs, CutsTheGreatestAlike) {
  EXPECT_EQ(share_of_pairs(std::vector<std::uint64_t>{5, 80, 10, 60}, 100), 42U);  // (100 - 15) / 2
  EXPECT_EQ(share_of_pairs(std::vector<std::uint64_t>{5, 80, 10}, 95), kNoShare);
  EXPECT_EQ(share_of_pairs(std::vector<std::uint64_t>{96}, 95), 95U);
  EXPECT_EQ(share_of_pairs({}, 95), kNoShare);
}

TEST(ShareOfPairs, KeepsTheSumWithinTheBudgetAndHardlyUnder) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 200; ++i) {
    std::vector<std::uint64_t> pairs(1 + random() % 12);
    for (std::uint64_t& p : pairs) p = random() % 1000;
    const std::uint64_t budget = random() % 4000;
    const std::uint64_t share = share_of_pairs(pairs, budget);
    std::uint64_t sum = 0;
    std::uint64_t all = 0;
    for (const std::uint64_t p : pairs) {
      sum += std::min(p, share);
      all += p;
    }
    EXPECT_LE(sum, budget);
    if (all <= budget) {
      EXPECT_EQ(share, kNoShare);
    } else {
      EXPECT_GT(sum + pairs.size(), budget);  // a share is a whole number: less than one a rule
    }
  }
}

TEST(PairsBySize, BoundsTheBlocksUpToASizeFromBelow) {
  PairsBySize pairs;
  for (const std::uint64_t size : {2, 3, 31, 32, 100, 2000}) pairs.add_block(size);
  EXPECT_EQ(pairs.total(), 1 + 3 + pairs_of(31) + pairs_of(32) + pairs_of(100) + pairs_of(2000));
  EXPECT_EQ(pairs.in_blocks_up_to(31), 1 + 3 + pairs_of(31));
  EXPECT_EQ(pairs.in_blocks_up_to(30), 4U);  // 31 takes as many bits as 30
  EXPECT_EQ(pairs.in_blocks_up_to(1999), pairs.total() - pairs_of(2000));
}

TEST(SmallerLimit, IsHalvedUntilWhatStaysWholeFits) {
  PairsBySize pairs;
  for (int i = 0; i < 1000; ++i) pairs.add_block(60);
  EXPECT_EQ(smaller_limit(pairs, 2000, pairs.total()), 1000U);  // half as much at least
  EXPECT_EQ(smaller_limit(pairs, 2000, pairs.total() - 1), 62U);  // surely: blocks of up to 31
  EXPECT_EQ(smaller_limit(pairs, 62, pairs.total() - 1), 31U);
  EXPECT_EQ(smaller_limit(pairs, 50, 0), 50U);  // small enough
}

}  // namespace
}  // namespace tessera
