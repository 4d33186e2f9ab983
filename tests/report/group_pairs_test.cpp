#include "report/group_pairs.hpp"

#include <gtest/gtest.h>

#include "data/dictionary.hpp"  // mix64

namespace tessera {
namespace {

constexpr SourceId kFirst{0};
constexpr SourceId kSecond{1};
constexpr SourceId kThird{2};

TEST(PairCounts, TakeSourcesInEitherOrder) {
  PairCounts counts(2);
  counts.add(kFirst, kSecond, 3);
  counts.add(kSecond, kFirst, 4);
  counts.add(kSecond, kSecond, 5);
  EXPECT_EQ(counts.of(kFirst, kSecond), 7U);
  EXPECT_EQ(counts.of(kSecond, kFirst), 7U);
  EXPECT_EQ(counts.of(kFirst, kFirst), 0U);
  EXPECT_EQ(counts.total(PairScope::kAnyPair), 12U);
  EXPECT_EQ(counts.total(PairScope::kAcrossSources), 7U);
  EXPECT_EQ(counts.total(PairScope::kWithinSource), 5U);
}

TEST(SortGroups, OrdersByGroupThenRow) {
  std::vector<GroupedRow> rows = {{2, 0}, {1, 5}, {2, 3}, {1, 4}};
  sort_groups(rows);
  const std::vector<std::pair<std::uint64_t, Row>> expected = {{1, 4}, {1, 5}, {2, 0}, {2, 3}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(std::pair(rows[i].group, rows[i].row), expected[i]);
  }
}

// The slow twin: every pair of rows looked at.
TEST(PairsInGroups, CountsWhatTheDefinitionCounts) {
  std::vector<SourceId> row_source(40, kFirst);
  for (std::size_t row = 15; row < 40; ++row) row_source[row] = row < 30 ? kSecond : kThird;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::vector<GroupedRow> rows;
    for (Row row = 0; row < 40; ++row) rows.push_back({mix64(seed * 100 + row) % 9, row});
    PairCounts expected(3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = i + 1; j < rows.size(); ++j) {
        if (rows[i].group == rows[j].group) expected.add(row_source[i], row_source[j], 1);
      }
    }
    sort_groups(rows);
    const PairCounts counts = pairs_in_groups(rows, row_source, 3);
    for (const SourceId a : {kFirst, kSecond, kThird}) {
      for (const SourceId b : {kFirst, kSecond, kThird}) {
        EXPECT_EQ(counts.of(a, b), expected.of(a, b)) << seed;
      }
    }
  }
}

TEST(PairsInGroups, OfNoRowsAreNone) {
  EXPECT_EQ(pairs_in_groups({}, {}, 2).total(PairScope::kAnyPair), 0U);
}

}  // namespace
}  // namespace tessera
