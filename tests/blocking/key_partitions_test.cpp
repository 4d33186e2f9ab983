#include "blocking/key_partitions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

/// A rule of one column, evaluated.
struct OnePart {
  const Table& table;
  PartColumns keys;
  std::vector<BoundPart> parts;

  OnePart(const Table& of, const KeyPart& part) : table(of), keys(evaluate_part(part, of)) {
    parts.push_back(bind_part(part, table, keys));
  }
};

std::vector<RowKey> all_sorted(const KeyPartitions& partitions) {
  std::vector<RowKey> all;
  SortRoom room;
  for (std::size_t p = 0; p < partitions.size(); ++p) {
    EXPECT_EQ(partitions.keys_before(p), all.size());
    const std::span<const RowKey> keys = partitions.sorted(p, room);
    all.insert(all.end(), keys.begin(), keys.end());
  }
  return all;
}

std::vector<RowKey> expected_of(Row rows, std::span<const BoundPart> parts) {
  std::vector<RowKey> keys = row_keys(rows, parts);
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// Rows of which one in `common` holds the same value; the others' are drawn from `distinct`.
Table skewed(Row rows, int common, int distinct) {
  std::mt19937 random(5);
  std::vector<std::vector<std::string>> values;
  for (Row row = 0; row < rows; ++row) {
    const bool is_common = static_cast<int>(random() % 100) < common;
    values.push_back({is_common ? "x" : "v" + std::to_string(random() % distinct)});
  }
  return test::make_table({{"a"}}, values);
}

TEST(KeyPartitions, AgreeWithStdSortWhateverTheShareOfOneKey) {
  for (const Row rows : {0U, 1U, 2U, 500U, 5000U, 20'000U}) {
    for (const int common : {0, 30, 100}) {
      const Table table = skewed(rows, common, 700);
      const OnePart rule(table, {KeyFunction::kValue, 0, 0});
      KeyPartitions partitions(rows);
      partitions.fill(rule.parts);
      EXPECT_EQ(all_sorted(partitions), expected_of(rows, rule.parts)) << rows << " " << common;
      EXPECT_EQ(partitions.rows_with_key(), rows);
    }
  }
}

TEST(KeyPartitions, RowsOfSeveralKeysAndOfNoneAreCountedOnce) {
  const Table table = test::make_table({{"a"}}, {{"x y"}, {""}, {"y"}, {"p q r"}});
  const OnePart rule(table, {KeyFunction::kTokens, 0, 0});
  KeyPartitions partitions(table.size());
  partitions.fill(rule.parts);
  EXPECT_EQ(partitions.rows_with_key(), 3U);
  EXPECT_EQ(all_sorted(partitions), expected_of(table.size(), rule.parts));
}

TEST(KeyPartitions, WordsOfTwoColumnsAreKeysOfOneRow) {
  const Table table = test::random_people(3000, 4);
  for (const KeyFunction function : {KeyFunction::kSounds, KeyFunction::kSortedSounds}) {
    const OnePart rule(table, {function, 0, 0, 1});
    KeyPartitions partitions(table.size());
    partitions.fill(rule.parts);
    EXPECT_EQ(all_sorted(partitions), expected_of(table.size(), rule.parts));
  }
}

TEST(KeyPartitions, ASecondRuleForgetsTheFirst) {
  const Table table = skewed(3000, 10, 40);
  const OnePart words(table, {KeyFunction::kTokens, 0, 0});
  const OnePart starts(table, {KeyFunction::kPrefix, 0, 1});
  KeyPartitions partitions(table.size());
  partitions.fill(words.parts);
  partitions.fill(starts.parts);
  EXPECT_EQ(all_sorted(partitions), expected_of(table.size(), starts.parts));
}

}  // namespace
}  // namespace tessera
