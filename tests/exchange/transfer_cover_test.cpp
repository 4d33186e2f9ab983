#include "exchange/transfer_cover.hpp"

#include <gtest/gtest.h>

namespace tessera::test {
namespace {

CoverPeriod period(std::string product, std::string begin, std::string end) {
  return {"c", std::move(product), std::move(begin), std::move(end), "own"};
}

std::string text(const std::vector<NewCover>& covers) {
  std::string all;
  for (const NewCover& cover : covers) {
    all += cover.product + " " + cover.begin + ".." + cover.end + "; ";
  }
  return all;
}

TEST(TransferCover, WhatLiesOnTheDayOrAfterIsTheReceivers) {
  const std::vector<CoverPeriod> periods = {
      period("A", "2026-01-01", "2026-12-31"), period("A", "2025-01-01", "2026-06-30"),
      period("B", "2026-09-01", ""), period("C", "2025-01-01", "2026-07-01")};
  EXPECT_EQ(text(covers_from(periods, "2026-07-01", "")),
            "A 2026-07-01..2026-12-31; B 2026-09-01..; C 2026-07-01..2026-07-01; ");
  EXPECT_EQ(text(covers_from(periods, "2026-07-01", "X")), "X 2026-07-01..; ")
      << "of one product, no day twice";
}

TEST(TransferCover, PeriodsThatOnlyFollowEachOtherStayTwo) {
  const std::vector<CoverPeriod> periods = {period("A", "2026-01-01", "2026-06-30"),
                                            period("A", "2026-07-01", "2026-12-31")};
  EXPECT_EQ(text(covers_from(periods, "2026-03-01", "")),
            "A 2026-03-01..2026-06-30; A 2026-07-01..2026-12-31; ");
}

TEST(TransferCover, OneDayInCommonIsAnOverlap) {
  const std::vector<CoverPeriod> there = {period("A", "2026-01-01", "2026-06-30")};
  const auto covers = [](const char* begin, const char* end) {
    return std::vector<NewCover>{{"", begin, end}};
  };
  EXPECT_TRUE(overlaps(there, covers("2026-06-30", "")));
  EXPECT_FALSE(overlaps(there, covers("2026-07-01", "")));
  EXPECT_TRUE(overlaps(there, covers("2025-07-01", "2026-01-01")));
  EXPECT_FALSE(overlaps(there, covers("2025-07-01", "2025-12-31")));
}

TEST(TransferCover, TheDayBeforeCrossesMonthsAndYears) {
  EXPECT_EQ(day_before("2026-07-02"), "2026-07-01");
  EXPECT_EQ(day_before("2026-03-01"), "2026-02-28");
  EXPECT_EQ(day_before("2024-03-01"), "2024-02-29");
  EXPECT_EQ(day_before("2026-01-01"), "2025-12-31");
}

}  // namespace
}  // namespace tessera::test
