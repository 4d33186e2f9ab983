#include "index/value_index.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

std::vector<std::uint32_t> all_columns(const Table& table) {
  std::vector<std::uint32_t> columns(table.columns.size());
  std::iota(columns.begin(), columns.end(), 0U);
  return columns;
}

// The words of a row by definition: field and text.
std::set<std::pair<std::size_t, std::string>> words_by_definition(const Table& table,
                                                                  const ValueIndex& index,
                                                                  Row row) {
  std::set<std::pair<std::size_t, std::string>> words;
  for (std::size_t f = 0; f < index.fields().size(); ++f) {
    for (const std::uint32_t c : index.fields()[f].columns) {
      const Column& column = table.columns[c];
      if (column.codes[row] == kMissing) continue;
      const std::string value(column.in_latin(column.codes[row]));
      for (const ValueWord& word : words_of(index.fields()[f].kind, value)) {
        words.emplace(f, word.text);
      }
    }
  }
  return words;
}

TEST(ValueIndex, RowsHoldTheirWordsAndWordsTheirRows) {
  const Table table = test::random_people(700, 3, 2);
  const ValueIndex index(table, all_columns(table));
  ASSERT_EQ(index.rows(), table.size());
  std::map<WordNumber, std::vector<Row>> rows_of;
  for (Row row = 0; row < table.size(); ++row) {
    std::set<std::pair<std::size_t, std::string>> words;
    for (const WordNumber word : index.words_of_row(row)) {
      words.emplace(index.field_of(word), index.text(word));
      rows_of[word].push_back(row);
    }
    EXPECT_EQ(words, words_by_definition(table, index, row));
    EXPECT_EQ(index.source(row), table.row_source[row]);
    EXPECT_TRUE(std::ranges::is_sorted(index.words_of_row(row)));
  }
  EXPECT_EQ(rows_of.size(), index.words());
  for (const auto& [word, rows] : rows_of) {
    EXPECT_TRUE(std::ranges::equal(index.rows_of_word(word), rows));
  }
}

TEST(ValueIndex, FindsWordsByTextAndByForm) {
  const Table table = test::random_people(300, 4);
  const ValueIndex index(table, all_columns(table));
  for (WordNumber word = 0; word < index.words(); ++word) {
    const std::size_t field = index.field_of(word);
    ASSERT_EQ(index.find(field, index.text(word)), word);
    for (const Form& form : forms_of(index.fields()[field].kind, index.text(word))) {
      bool found = false;
      index.for_each_with(field, form, [&](WordNumber other) { found = found || other == word; });
      ASSERT_TRUE(found);
    }
  }
  EXPECT_EQ(index.find(0, "no such word"), kNoWord);
  EXPECT_GT(index.size_bytes(), 8 * index.words());
}

TEST(ValueIndex, IsTheSameAtAnyThreadCount) {
  const Table table = test::random_people(2000, 5, 3);
  const auto sum = [&](std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    const ValueIndex index(table, all_columns(table));
    std::string all;
    for (WordNumber word = 0; word < index.words(); ++word) {
      all += std::string(index.text(word)) + ":";
      for (const Row row : index.rows_of_word(word)) all += std::to_string(row) + ",";
    }
    return all;
  };
  EXPECT_EQ(sum(1), sum(4));
}

TEST(ValueIndex, OfNoRowsHasNoWords) {
  const Table table = test::make_table({{"given", Kind::kName}}, {});
  const ValueIndex index(table, all_columns(table));
  EXPECT_EQ(index.rows(), 0U);
  EXPECT_EQ(index.words(), 0U);
  EXPECT_EQ(index.find(0, "a"), kNoWord);
}

}  // namespace
}  // namespace tessera
