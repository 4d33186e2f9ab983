#include "blocking/oversized.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

std::vector<Row> all_rows(const Table& table) {
  std::vector<Row> rows(table.size());
  std::iota(rows.begin(), rows.end(), Row{0});
  return rows;
}

std::uint64_t pairs_in_parts(const SplitBlock& split) {
  std::set<std::pair<Row, Row>> pairs;
  for (const std::vector<Row>& part : split.parts) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (std::size_t j = i + 1; j < part.size(); ++j) pairs.insert({part[i], part[j]});
    }
  }
  return pairs.size();
}

TEST(SplitBlock, TakesTheMostSelectiveColumnNotUsedYet) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 40; ++i) {
    rows.push_back({"same", i % 2 == 0 ? "f" : "m", "v" + std::to_string(i % 10)});
  }
  const Table table = test::make_table({{"key"}, {"sex"}, {"village"}}, rows);
  const SplitBlock split = split_block(table, all_rows(table), {0}, 10);
  EXPECT_EQ(split.by, std::vector<std::uint32_t>{2});
  EXPECT_EQ(split.parts.size(), 10U);
  EXPECT_EQ(split.pairs_not_compared, pairs_of(40) - 10 * pairs_of(4));
}

TEST(SplitBlock, CountsEveryPairThatNoPartHolds) {
  const Table table = test::random_people(300, 5);
  for (const std::uint64_t limit : {2ULL, 5ULL, 20ULL, 100ULL, 1000ULL}) {
    const SplitBlock split = split_block(table, all_rows(table), {}, limit);
    EXPECT_EQ(split.pairs_not_compared + pairs_in_parts(split), pairs_of(300)) << limit;
    for (const std::vector<Row>& part : split.parts) EXPECT_LE(part.size(), limit);
  }
}

TEST(SplitBlock, WhatNothingSplitsIsCountedNotCompared) {
  const Table table = test::make_table({{"a"}}, std::vector<std::vector<std::string>>(50, {"x"}));
  const SplitBlock split = split_block(table, all_rows(table), {0}, 10);
  EXPECT_TRUE(split.parts.empty());
  EXPECT_EQ(split.pairs_not_compared, pairs_of(50));
}

std::set<std::pair<Row, Row>> pairs_of_parts(const SplitBlock& split) {
  std::set<std::pair<Row, Row>> pairs;
  for (const std::vector<Row>& part : split.parts) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (std::size_t j = i + 1; j < part.size(); ++j) pairs.insert({part[i], part[j]});
    }
  }
  return pairs;
}

TEST(SplitBlock, SplitsTheSameRowsAsBefore) {
  const Table table = test::random_people(800, 3);
  for (const std::uint64_t limit : {20U, 60U, 300U}) {
    SplitBlock first = split_block(table, all_rows(table), {0}, limit, 77);
    std::sort(first.nodes.begin(), first.nodes.end());
    const SplitBlock again = split_as_before(table, all_rows(table), 77, first.nodes);
    EXPECT_EQ(again.parts, first.parts);
    EXPECT_EQ(again.pairs_not_compared, first.pairs_not_compared);
  }
}

// Whether two rows share a part depends on the two alone, however few rows are beside them.
TEST(SplitBlock, APairIsSplitTheSameAmongFewerRows) {
  const Table table = test::random_people(800, 5);
  SplitBlock all = split_block(table, all_rows(table), {0}, 40, 9);
  std::sort(all.nodes.begin(), all.nodes.end());
  std::vector<Row> some;
  for (Row row = 0; row < table.size(); row += 3) some.push_back(row);
  std::set<std::pair<Row, Row>> expected;
  for (const auto& pair : pairs_of_parts(all)) {
    if (pair.first % 3 == 0 && pair.second % 3 == 0) expected.insert(pair);
  }
  EXPECT_GT(expected.size(), 100U);
  EXPECT_EQ(pairs_of_parts(split_as_before(table, some, 9, all.nodes)), expected);
}

}  // namespace
}  // namespace tessera
