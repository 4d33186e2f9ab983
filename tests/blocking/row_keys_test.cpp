#include "blocking/row_keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

TEST(RowKeys, AMissingPartGivesNoKey) {
  const Table table =
      test::make_table({{"a"}, {"b"}}, {{"x", "y"}, {"x", ""}, {"", "y"}, {"x", "y"}});
  const PartKeys first = evaluate_part({KeyFunction::kValue, 0, 0}, table.columns[0]);
  const PartKeys second = evaluate_part({KeyFunction::kValue, 1, 0}, table.columns[1]);
  const std::vector<BoundPart> parts = {{&table.columns[0], &first}, {&table.columns[1], &second}};
  const std::vector<RowKey> keys = row_keys(table.size(), parts);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].row, 0U);
  EXPECT_EQ(keys[1].row, 3U);
  EXPECT_EQ(keys[0].key, keys[1].key);
}

TEST(RowKeys, EveryCombinationOfSeveralKeysIsThere) {
  const Table table = test::make_table({{"a"}, {"b"}}, {{"x y", "p q r"}});
  const PartKeys first = evaluate_part({KeyFunction::kTokens, 0, 0}, table.columns[0]);
  const PartKeys second = evaluate_part({KeyFunction::kTokens, 1, 0}, table.columns[1]);
  std::vector<RowKey> keys = row_keys(
      1, std::vector<BoundPart>{{&table.columns[0], &first}, {&table.columns[1], &second}});
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys.size(), 6U);
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST(RowKeys, VeryManyWordsAreCut) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "w" + std::to_string(i) + " ";
  const Table table = test::make_table({{"a"}}, {{text}});
  const PartKeys part = evaluate_part({KeyFunction::kTokens, 0, 0}, table.columns[0]);
  EXPECT_EQ(row_keys(1, std::vector<BoundPart>{{&table.columns[0], &part}}).size(), 64U);
}

TEST(SortRowKeys, AgreesWithStdSort) {
  std::vector<RowKey> keys;
  for (std::uint32_t i = 0; i < 20000; ++i) keys.push_back({mix64(i % 5000), i % 777});
  std::vector<RowKey> expected = keys;
  std::sort(expected.begin(), expected.end());
  sort_row_keys(keys);
  EXPECT_EQ(keys, expected);
}

}  // namespace
}  // namespace tessera
