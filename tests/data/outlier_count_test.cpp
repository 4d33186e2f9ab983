#include "data/outlier_count.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace tessera {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

TEST(LeastOutlier, OneValueFarAboveTheRestIsOne) {
  std::vector<std::uint32_t> counts(1000, 1);
  counts[17] = 400;
  EXPECT_EQ(least_outlier(counts, {}), 400U);
}

TEST(LeastOutlier, AllAboveTheFirstJumpAreOutliers) {
  std::vector<std::uint32_t> counts(1000, 2);
  counts[1] = 30;
  counts[2] = 90;
  counts[3] = 5000;
  EXPECT_EQ(least_outlier(counts, {}), 30U);
}

TEST(LeastOutlier, AnOutlierMayHoldMostOfTheRecords) {
  std::vector<std::uint32_t> counts(200, 1);
  counts.push_back(1'000'000);
  EXPECT_EQ(least_outlier(counts, {}), 1'000'000U);
}

TEST(LeastOutlier, WhatIsUsualScalesTheBound) {
  // Each person has ten records: two persons, or ten, that share a value are nothing.
  std::vector<std::uint32_t> counts(500, 10);
  counts[0] = 20;
  counts[1] = 100;
  EXPECT_EQ(least_outlier(counts, {}), kNone);
  counts[2] = 101;
  EXPECT_EQ(least_outlier(counts, {}), 101U);
}

TEST(LeastOutlier, NineInTenOfTheRecordsDecideWhatIsUsual) {
  // 88 of 100 records lie on values with 1, the rest on values with 6: usual is 6.
  std::vector<std::uint32_t> counts(88, 1);
  counts.push_back(6);
  counts.push_back(6);
  counts.push_back(60);
  EXPECT_EQ(least_outlier(counts, {}), kNone);
  counts.back() = 61;
  EXPECT_EQ(least_outlier(counts, {}), 61U);
}

TEST(LeastOutlier, AnEvenTailHasNone) {
  // Zipf's law, as surnames: the i-th most frequent value has 2000 / i records.
  std::vector<std::uint32_t> counts;
  for (std::uint32_t rank = 1; rank <= 2000; ++rank) counts.push_back(2000 / rank);
  EXPECT_EQ(least_outlier(counts, {.most_usual = 1e9}), kNone);
}

TEST(LeastOutlier, UpToTheFloorNothingIsSuspect) {
  std::vector<std::uint32_t> counts(1000, 1);
  counts[5] = 20;
  EXPECT_EQ(least_outlier(counts, {}), kNone);
  counts[5] = 21;
  EXPECT_EQ(least_outlier(counts, {}), 21U);
}

TEST(LeastOutlier, FewRecordsShowNothing) {
  std::vector<std::uint32_t> counts(99, 1);
  counts.push_back(90);
  EXPECT_EQ(least_outlier(counts, {}), kNone);
  counts.push_back(1);
  EXPECT_EQ(least_outlier(counts, {}), 90U);
}

TEST(LeastOutlier, AColumnThatDoesNotTellApartHasNone) {
  // A district code: 21 records a value.
  std::vector<std::uint32_t> counts(100, 21);
  counts.push_back(5000);
  EXPECT_EQ(least_outlier(counts, {}), kNone);
}

TEST(LeastOutlier, OrderAndZerosDoNotMatter) {
  std::vector<std::uint32_t> counts{400, 0, 0};
  counts.insert(counts.end(), 300, 1);
  EXPECT_EQ(least_outlier(counts, {}), 400U);
  EXPECT_EQ(least_outlier({}, {}), kNone);
  EXPECT_EQ(least_outlier(std::vector<std::uint32_t>{1000}, {}), kNone);
}

}  // namespace
}  // namespace tessera
