#include "blocking/row_keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

std::vector<RowKey> keys_under(const std::vector<KeyPart>& rule, const Table& table) {
  std::vector<PartColumns> evaluated;
  for (const KeyPart& part : rule) evaluated.push_back(evaluate_part(part, table));
  std::vector<BoundPart> parts;
  for (std::size_t i = 0; i < rule.size(); ++i) {
    parts.push_back(bind_part(rule[i], table, evaluated[i]));
  }
  return row_keys(table.size(), parts);
}

TEST(RowKeys, AMissingPartGivesNoKey) {
  const Table table =
      test::make_table({{"a"}, {"b"}}, {{"x", "y"}, {"x", ""}, {"", "y"}, {"x", "y"}});
  const std::vector<RowKey> keys =
      keys_under({{KeyFunction::kValue, 0, 0}, {KeyFunction::kValue, 1, 0}}, table);
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].row, 0U);
  EXPECT_EQ(keys[1].row, 3U);
  EXPECT_EQ(keys[0].key, keys[1].key);
}

TEST(RowKeys, EveryCombinationOfSeveralKeysIsThere) {
  const Table table = test::make_table({{"a"}, {"b"}}, {{"x y", "p q r"}});
  std::vector<RowKey> keys =
      keys_under({{KeyFunction::kTokens, 0, 0}, {KeyFunction::kTokens, 1, 0}}, table);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys.size(), 6U);
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST(RowKeys, VeryManyWordsAreCut) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "w" + std::to_string(i) + " ";
  const Table table = test::make_table({{"a"}}, {{text}});
  EXPECT_EQ(keys_under({{KeyFunction::kTokens, 0, 0}}, table).size(), 64U);
}

/// Rows of a given and a family name.
Table named(const std::vector<std::vector<std::string>>& rows) {
  return test::make_table({{"given"}, {"family"}}, rows);
}

constexpr KeyPart kSounds{KeyFunction::kSounds, 0, 0, 1};
constexpr KeyPart kSortedSounds{KeyFunction::kSortedSounds, 0, 0, 1};

TEST(RowKeys, SwappedNamesShareTheirSortedSounds) {
  const Table table = named({{"amina", "karki"}, {"karky", "ameena"}, {"amina", "rai"}});
  const std::vector<RowKey> keys = keys_under({kSortedSounds}, table);
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0].key, keys[1].key);
  EXPECT_NE(keys[0].key, keys[2].key);
}

TEST(RowKeys, SortedSoundsReadTheWordsOfBothColumnsAsOne) {
  const Table table =
      named({{"ana maria", "lopez"}, {"maria", "ana lopez"}, {"", "lopez ana maria"}});
  const std::vector<RowKey> keys = keys_under({kSortedSounds}, table);
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0].key, keys[1].key);
  EXPECT_EQ(keys[0].key, keys[2].key);
}

TEST(RowKeys, SoundsGiveEachWordAKey) {
  const Table table = named({{"ana maria", "lopez"}, {"lopes", "garcia"}, {"ana", ""}});
  const std::vector<RowKey> keys = keys_under({kSounds}, table);
  ASSERT_EQ(keys.size(), 6U);  // three words, two, one
  const auto share = [&](Row a, Row b) {
    return std::count_if(keys.begin(), keys.end(), [&](const RowKey& of_a) {
      return of_a.row == a &&
             std::find(keys.begin(), keys.end(), RowKey{of_a.key, b}) != keys.end();
    });
  };
  EXPECT_EQ(share(0, 1), 1);  // lopez, in either column
  EXPECT_EQ(share(0, 2), 1);
  EXPECT_EQ(share(1, 2), 0);
}

TEST(RowKeys, ASoundInBothColumnsIsOneKey) {
  EXPECT_EQ(keys_under({kSounds}, named({{"robert", "rupert"}})).size(), 1U);
}

TEST(RowKeys, WordsOfOneLetterHaveNoSound) {
  const Table table = named({{"a", "b"}, {"m", "karki"}, {"", "karki"}});
  const std::vector<RowKey> one_a_word = keys_under({kSounds}, table);
  ASSERT_EQ(one_a_word.size(), 2U);
  const std::vector<RowKey> sorted = keys_under({kSortedSounds}, table);
  ASSERT_EQ(sorted.size(), 2U);
  EXPECT_EQ(sorted[0].row, 1U);
  EXPECT_EQ(sorted[0].key, sorted[1].key);
}

TEST(RowKeys, TokensReadTwoColumnsToo) {
  const Table table = named({{"ana", "lopez"}, {"lopez", "ana"}});
  std::vector<RowKey> keys = keys_under({{KeyFunction::kTokens, 0, 0, 1}}, table);
  ASSERT_EQ(keys.size(), 4U);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(keys[0].key, keys[1].key);
  EXPECT_EQ(keys[2].key, keys[3].key);
}

TEST(RowKeyMaker, GivesEachRowWhatRowKeysHas) {
  const Table table = test::random_people(500, 9);
  const KeyPart year{KeyFunction::kYear, 2, 0};
  const PartColumns sounds = evaluate_part(kSounds, table);
  const PartColumns years = evaluate_part(year, table);
  const std::vector<BoundPart> parts = {bind_part(kSounds, table, sounds),
                                        bind_part(year, table, years)};
  EXPECT_TRUE(parts[0].several());
  EXPECT_TRUE(parts[1].is_plain());
  RowKeyMaker maker(parts);
  std::vector<RowKey> made;
  for (Row row = 0; row < table.size(); ++row) {
    for (const std::uint64_t key : maker.keys_of(row)) made.push_back({key, row});
  }
  EXPECT_EQ(made, row_keys(table.size(), parts));
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
