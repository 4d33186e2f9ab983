#include "index/nearest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
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

std::uint32_t units(std::uint64_t rows, const ValueIndex& index, double less_bits) {
  const double bits =
      std::log2(static_cast<double>(index.rows() + 1) / static_cast<double>(rows)) - less_bits;
  return bits <= 0.0 ? 0 : static_cast<std::uint32_t>(std::llround(bits * 64.0));
}

// The slow twin: what each word of the index says of a word of the query, by definition.
std::vector<std::uint32_t> units_of_words(const ValueIndex& index, std::size_t field,
                                          const std::string& text) {
  std::vector<std::uint32_t> all(index.words(), 0);
  const Kind kind = index.fields()[field].kind;
  const std::vector<Form> forms = forms_of(kind, text);
  std::set<FormKind> kinds;
  for (const Form& form : forms) kinds.insert(form.kind);
  for (const FormKind of : kinds) {
    std::vector<WordNumber> alike;
    std::uint64_t rows = 0;
    for (WordNumber word = 0; word < index.words(); ++word) {
      if (index.field_of(word) != field) continue;
      const std::vector<Form> other = forms_of(kind, index.text(word));
      const bool shares = std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
        return form.kind == of && std::binary_search(other.begin(), other.end(), form);
      });
      if (!shares) continue;
      alike.push_back(word);
      rows += index.rows_of_word(word).size();
    }
    for (const WordNumber word : alike) all[word] = std::max(all[word], units(rows, index, 2.0));
  }
  for (WordNumber word = 0; word < index.words(); ++word) {
    if (index.field_of(word) != field || index.text(word) != text) continue;
    all[word] = std::max(all[word], units(index.rows_of_word(word).size(), index, 0.0));
  }
  return all;
}

std::vector<Near> nearest_by_definition(const ValueIndex& index,
                                        const std::vector<QueryWord>& query, Row self,
                                        const std::vector<bool>& open, std::size_t top) {
  std::vector<std::uint32_t> best(index.words(), 0);
  std::vector<std::size_t> owner(index.words(), 0);
  for (std::size_t q = 0; q < query.size(); ++q) {
    const std::vector<std::uint32_t> of = units_of_words(index, query[q].field, query[q].text);
    for (WordNumber word = 0; word < index.words(); ++word) {
      if (of[word] <= best[word]) continue;
      best[word] = of[word];
      owner[word] = q;
    }
  }
  std::vector<Near> all;
  for (Row row = 0; row < index.rows(); ++row) {
    if (row == self || !open[static_cast<std::size_t>(index.source(row))]) continue;
    std::vector<std::uint32_t> per_query(query.size(), 0);
    for (const WordNumber word : index.words_of_row(row)) {
      per_query[owner[word]] = std::max(per_query[owner[word]], best[word]);
    }
    const auto likeness = std::accumulate(per_query.begin(), per_query.end(), 0U);
    if (likeness > 0) all.push_back({row, likeness});
  }
  std::sort(all.begin(), all.end(), [](const Near& a, const Near& b) {
    return a.likeness != b.likeness ? a.likeness > b.likeness : a.row < b.row;
  });
  if (all.size() > top) all.resize(top);
  return all;
}

std::vector<QueryWord> words_of_row(const ValueIndex& index, Row row) {
  std::vector<QueryWord> words;
  for (const WordNumber word : index.words_of_row(row)) {
    words.push_back({index.field_of(word), std::string(index.text(word))});
  }
  return words;
}

TEST(NearestSearch, IsTheDefinition) {
  const Table table = test::random_people(160, 6, 2);
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  for (const std::vector<bool>& open : {std::vector<bool>{true, true}, {false, true}}) {
    for (Row row = 0; row < table.size(); row += 7) {
      for (const std::uint32_t top : {1U, 5U, 1000U}) {
        NearestOptions options;
        options.top = top;
        const NearestRows found = search.near_row(row, open, options);
        ASSERT_TRUE(found.complete);
        ASSERT_EQ(found.rows,
                  nearest_by_definition(index, words_of_row(index, row), row, open, top))
            << row << " " << top;
      }
    }
  }
}

TEST(NearestSearch, LooksUpWordsThatNoRowHolds) {
  const Table table = test::random_people(200, 8);
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  std::vector<QueryWord> query = words_of_row(index, 11);
  for (QueryWord& word : query) {
    if (word.text.size() > 3) word.text.erase(1, 1);
  }
  NearestOptions options;
  options.top = 10;
  const std::vector<bool> open{true};
  EXPECT_EQ(search.near_words(query, open, options).rows,
            nearest_by_definition(index, query, table.size(), open, 10));
  EXPECT_TRUE(search.near_words({}, open, options).rows.empty());
}

TEST(NearestSearch, FindsARecordWithAnErrorInEveryKey) {
  std::vector<std::vector<std::string>> rows = {{"amina", "nalule", "1987-03-12", "772123456"},
                                                {"amos", "okello", "1987-03-12", "772999999"},
                                                {"nalulle", "amna", "1987-12-03", "772123465"},
                                                {"peter", "nalule", "1990-01-05", "701000000"}};
  for (int i = 0; i < 300; ++i) {  // others, so that sharing a form says something
    const std::string number = std::to_string(1000 + 7 * i);
    rows.push_back({"g" + number, "f" + number, std::to_string(1930 + i % 60), "70" + number});
  }
  const Table table = test::make_table({{"given", Kind::kName},
                                        {"family", Kind::kName},
                                        {"born", Kind::kDate},
                                        {"phone", Kind::kPhone}},
                                       rows);
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  const NearestRows found = search.near_row(0, {true}, {});
  ASSERT_FALSE(found.rows.empty());
  EXPECT_EQ(found.rows.front().row, 2U);
}

TEST(NearestSearch, EqualWordsAloneWhereAskedFor) {
  const Table table =
      test::make_table({{"given", Kind::kName}}, {{"amina"}, {"amina"}, {"amyna"}, {"other"}});
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  NearestOptions options;
  options.near_words = false;
  const NearestRows found = search.near_row(0, {true}, options);
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows.front().row, 1U);
}

// The first `sure` are the best there are; the others are no better than what `top` alone finds.
TEST(NearestSearch, IsSureOfTheFirst) {
  const Table table = test::random_people(800, 12);
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  NearestOptions all;
  all.top = 30;
  NearestOptions some = all;
  some.sure = 4;
  std::uint64_t saved = 0;
  for (Row row = 0; row < table.size(); row += 37) {
    const NearestRows best = search.near_row(row, {true}, all);
    const NearestRows found = search.near_row(row, {true}, some);
    ASSERT_GE(found.rows.size(), 4U);
    EXPECT_TRUE(std::equal(found.rows.begin(), found.rows.begin() + 4, best.rows.begin()));
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
      EXPECT_LE(found.rows[i].likeness, best.rows[i].likeness);
    }
    EXPECT_LE(found.looked_at, best.looked_at);
    saved += best.looked_at - found.looked_at;
  }
  EXPECT_GT(saved, 0U);
}

// As if the rows from `end` on were of a source that is not open.
TEST(NearestSearch, EndsWhereItIsTold) {
  Table table = test::random_people(300, 9);
  table.sources.emplace_back();
  constexpr Row kEnd = 220;
  for (Row row = kEnd; row < table.size(); ++row) table.row_source[row] = SourceId{1};
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  NearestOptions until;
  until.end = kEnd;
  for (const Row row : {Row{3}, Row{100}, Row{219}}) {
    const NearestRows found = search.near_row(row, {true, true}, until);
    EXPECT_EQ(found.rows, search.near_row(row, {true, false}, {}).rows);
    for (const Near& near : found.rows) EXPECT_LT(near.row, kEnd);
  }
}

TEST(NearestSearch, ATermCountsOnceHoweverManyFieldsHoldIt) {
  std::vector<std::vector<std::string>> rows = {{"lira", "lira"}, {"lira", "gulu"}};
  for (int i = 0; i < 30; ++i) rows.push_back({"n" + std::to_string(i), "p" + std::to_string(i)});
  const Table table = test::make_table({{"family", Kind::kName}, {"village", Kind::kPlace}}, rows);
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  NearestOptions options;
  options.near_words = false;
  const std::vector<QueryWord> one_term = {{0, "lira", 0U}, {1, "lira", 0U}};
  const std::vector<QueryWord> two_terms = {{0, "lira"}, {1, "lira"}};
  const auto likeness = [&](const std::vector<QueryWord>& words) {
    return search.near_words(words, {true}, options).rows.at(0).likeness;
  };
  // The village alone says more: one record has it.
  EXPECT_EQ(likeness(one_term), likeness({{1, "lira"}}));
  EXPECT_EQ(likeness(two_terms), likeness({{1, "lira"}}) + likeness({{0, "lira"}}));
}

TEST(NearestSearch, PatternsTakeAnyLettersForAStar) {
  const Table table = test::make_table({{"family", Kind::kName}},
                                       {{"nalule"}, {"nalwoga"}, {"okello"}, {"kato"}, {"akello"}});
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  const auto rows = [&](const char* pattern) {
    const QueryWord word{0, pattern, std::nullopt, true};
    std::vector<Row> found;
    for (const Near& near : search.near_words({&word, 1}, {true}, {}).rows) {
      found.push_back(near.row);
    }
    return found;
  };
  using Rows = std::vector<Row>;
  EXPECT_EQ(rows("nal*"), (Rows{0, 1}));
  EXPECT_EQ(rows("*kello"), (Rows{2, 4}));
  EXPECT_EQ(rows("*a*o"), (Rows{3, 4}));
  EXPECT_EQ(rows("kato"), (Rows{3}));
  EXPECT_EQ(rows("*"), (Rows{}));  // what every record has says nothing
  EXPECT_EQ(rows("x*"), (Rows{}));
}

TEST(NearestSearch, SaysWhereItsLimitEndedIt) {
  const Table table = test::random_people(500, 9);
  const ValueIndex index(table, all_columns(table));
  NearestSearch search(index);
  NearestOptions options;
  options.top = 50;
  options.most_rows = 20;
  const NearestRows found = search.near_row(3, {true}, options);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.looked_at, 20U);
}

TEST(NearestSearch, DoesNotDependOnWhatWasSearchedBefore) {
  const Table table = test::random_people(400, 10);
  const ValueIndex index(table, all_columns(table));
  NearestSearch used(index);
  for (Row row = 0; row < table.size(); ++row) {
    NearestSearch fresh(index);
    ASSERT_EQ(used.near_row(row, {true}, {}).rows, fresh.near_row(row, {true}, {}).rows);
  }
}

}  // namespace
}  // namespace tessera
