#include "data/clean.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "data/clean_kinds.hpp"
#include "data/date.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

using Rows = std::vector<std::vector<std::string>>;

AttributeSpec attribute(std::string name, Kind kind) {
  AttributeSpec spec;
  spec.name = std::move(name);
  spec.kind = kind;
  return spec;
}

SourceSpec source(std::string name, DateOrder order) {
  SourceSpec spec;
  spec.name = std::move(name);
  spec.date_order = order;
  return spec;
}

// A raw table: one block of rows per source, a text per column.
RawTable raw_table(const std::vector<Rows>& sources, std::size_t columns) {
  RawTable raw;
  std::vector<DictionaryBuilder> builders(columns);
  raw.columns.resize(columns);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    raw.sources.emplace_back().name = "source" + std::to_string(s);
    for (const std::vector<std::string>& row : sources[s]) {
      raw.record_ids.append(std::to_string(raw.row_source.size()));
      raw.row_source.push_back(static_cast<SourceId>(s));
      for (std::size_t c = 0; c < columns; ++c) {
        raw.columns[c].codes.push_back(builders[c].intern(row[c]));
      }
    }
  }
  for (std::size_t c = 0; c < columns; ++c) raw.columns[c].values = std::move(builders[c]).finish();
  return raw;
}

std::vector<std::string> texts_of(const Column& column) {
  std::vector<std::string> texts;
  for (const Code code : column.codes) texts.emplace_back(column.values[code]);
  return texts;
}

// One column of one source.
CleanTable clean_texts(const std::vector<std::string>& texts, AttributeSpec spec,
                       const CleanOptions& options = {}) {
  Rows rows;
  for (const std::string& text : texts) rows.push_back({text});
  const std::vector<AttributeSpec> attributes{std::move(spec)};
  const std::vector<SourceSpec> sources{source("a", DateOrder::kDayMonthYear)};
  return clean_table(raw_table({rows}, 1), attributes, sources, options);
}

// Many kinds, many values, three sources that write dates in three ways.
struct BigInput {
  std::vector<AttributeSpec> attributes{attribute("given_name", Kind::kName),
                                        attribute("birth_date", Kind::kDate),
                                        attribute("national_id", Kind::kIdentifier),
                                        attribute("phone", Kind::kPhone),
                                        attribute("sex", Kind::kSex),
                                        attribute("village", Kind::kPlace)};
  std::vector<SourceSpec> sources{source("a", DateOrder::kDayMonthYear),
                                  source("b", DateOrder::kMonthDayYear),
                                  source("c", DateOrder::kYearMonthDay)};
  std::vector<Rows> rows;
};

BigInput big_input(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t n) { return random() % n; };
  const auto number = [&](std::uint64_t n) { return std::to_string(below(n) + 1); };
  BigInput input;
  for (std::size_t s = 0; s < 3; ++s) {
    Rows rows;
    for (int i = 0; i < 4000; ++i) {
      std::string phone =
          below(10) == 0 ? "0712 345 678" : "+2547" + std::to_string(10'000'000 + below(9000));
      std::string birth =
          below(12) == 0 ? "1/1/" + std::to_string(1940 + below(60))
                         : number(28) + "/" + number(12) + "/" + std::to_string(1940 + below(60));
      rows.push_back({(below(2) == 0 ? "Ana" : "JOSÉ ") + number(3000), birth,
                      below(20) == 0 ? "0000" : "ID" + number(9000), phone,
                      below(3) == 0 ? "f" : "M", below(30) == 0 ? "n/a" : "Val " + number(40)});
    }
    input.rows.push_back(std::move(rows));
  }
  return input;
}

CleanTable clean(const BigInput& input) {
  return clean_table(raw_table(input.rows, input.attributes.size()), input.attributes,
                     input.sources, {.today = "2026-03-15"});
}

TEST(CleanTable, CodesAreNumberedByFirstRowAndCounted) {
  const CleanTable result = clean(big_input(1));
  for (const Column& column : result.table.columns) {
    Code next = 1;
    std::vector<std::uint32_t> counts(column.values.size(), 0);
    for (const Code code : column.codes) {
      ASSERT_LE(code, next) << column.name;
      if (code == next) ++next;
      ++counts[code];
    }
    EXPECT_EQ(next, column.values.size()) << column.name;
    EXPECT_EQ(counts, column.counts) << column.name;
    for (Code code = 1; code < column.values.size(); ++code) {
      ASSERT_FALSE(column.values[code].empty()) << column.name;
    }
  }
}

TEST(CleanTable, KeepsWhatTheSourcesWrote) {
  const BigInput input = big_input(2);
  const CleanTable result = clean(input);
  Row row = 0;
  for (const Rows& rows : input.rows) {
    for (const std::vector<std::string>& fields : rows) {
      for (std::size_t c = 0; c < fields.size(); ++c) {
        const Column& column = result.table.columns[c];
        ASSERT_EQ(column.raw_values[column.raw_codes[row]], fields[c]);
      }
      ++row;
    }
  }
  EXPECT_EQ(result.table.record_name(4000), "source1:4000");
}

// The slow twin: every row by itself. What only the whole column shows is left out of the
// comparison.
TEST(CleanTable, GivesEachRowWhatCleanValueGivesItAlone) {
  const BigInput input = big_input(3);
  const CleanTable result = clean(input);
  const std::optional<Date> today = parse_edtf("2026-03-15");
  for (std::size_t c = 0; c < input.attributes.size(); ++c) {
    const std::vector<std::string> texts = texts_of(result.table.columns[c]);
    Row row = 0;
    for (std::size_t s = 0; s < input.rows.size(); ++s) {
      const SourceReading reading{.date_order = input.sources[s].date_order, .m_is_woman = false};
      for (const std::vector<std::string>& fields : input.rows[s]) {
        std::string text = texts[row++];
        if (text.ends_with('~')) text.pop_back();
        if (fields[c] == "0712 345 678") continue;
        ASSERT_EQ(text, clean_value(fields[c], input.attributes[c].kind, reading, today).text);
      }
    }
  }
}

TEST(CleanTable, FactsAddUpToTheRows) {
  const CleanTable result = clean(big_input(4));
  for (std::size_t c = 0; c < result.facts.size(); ++c) {
    const CleaningFacts& facts = result.facts[c];
    const Column& column = result.table.columns[c];
    const auto empty = static_cast<std::uint64_t>(
        std::count(column.raw_codes.begin(), column.raw_codes.end(), kMissing));
    EXPECT_EQ(facts.filled + facts.null_words + facts.placeholders + facts.impossible +
                  facts.future + empty,
              column.codes.size())
        << facts.attribute;
    EXPECT_EQ(facts.filled + column.counts[kMissing], column.codes.size()) << facts.attribute;
  }
}

TEST(CleanTable, IsTheSameAtAnyThreadCount) {
  const BigInput input = big_input(5);
  std::vector<CleanTable> results;
  for (const std::size_t threads : {1U, 4U}) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    results.push_back(clean(input));
  }
  for (std::size_t c = 0; c < results[0].table.columns.size(); ++c) {
    EXPECT_EQ(results[0].table.columns[c].codes, results[1].table.columns[c].codes);
    EXPECT_EQ(texts_of(results[0].table.columns[c]), texts_of(results[1].table.columns[c]));
    EXPECT_EQ(results[0].facts[c].placeholders, results[1].facts[c].placeholders);
  }
}

TEST(CleanTable, ARowsValuesDoNotDependOnTheOrderOfRows) {
  BigInput input = big_input(6);
  const CleanTable straight = clean(input);
  for (Rows& rows : input.rows) std::reverse(rows.begin(), rows.end());
  const CleanTable reversed = clean(input);
  for (std::size_t c = 0; c < straight.table.columns.size(); ++c) {
    const std::vector<std::string> before = texts_of(straight.table.columns[c]);
    std::vector<std::string> after = texts_of(reversed.table.columns[c]);
    for (std::size_t s = 0; s < 3; ++s) {
      std::reverse(after.begin() + static_cast<std::ptrdiff_t>(s * 4000),
                   after.begin() + static_cast<std::ptrdiff_t>((s + 1) * 4000));
    }
    EXPECT_EQ(before, after) << straight.table.columns[c].name;
  }
}

TEST(CleanTable, OneTextIsTwoDatesInTwoSources) {
  const std::vector<AttributeSpec> attributes{attribute("birth_date", Kind::kDate)};
  const std::vector<SourceSpec> sources{source("a", DateOrder::kDayMonthYear),
                                        source("b", DateOrder::kMonthDayYear)};
  const CleanTable result = clean_table(
      raw_table({{{"05/04/1990"}, {"1990-05-04"}}, {{"05/04/1990"}}}, 1), attributes, sources, {});
  EXPECT_EQ(texts_of(result.table.columns[0]),
            (std::vector<std::string>{"1990-04-05", "1990-05-04", "1990-05-04"}));
  EXPECT_EQ(result.table.columns[0].values.size(), 3U);
}

TEST(CleanTable, JoinedPartsAreYearMonthDayInEverySource) {
  AttributeSpec spec = attribute("birth_date", Kind::kDate);
  spec.parts = {"by", "bm", "bd"};
  const CleanTable result = clean_texts({"1949-7-22", "05-04-03", "-7-22", "1949--22", "--"}, spec);
  EXPECT_EQ(texts_of(result.table.columns[0]),
            (std::vector<std::string>{"1949-07-22", "2005-04-03", "XXXX-07-22", "1949-XX-22", ""}));
  EXPECT_EQ(result.facts[0].coarse, 2U);
  EXPECT_EQ(result.facts[0].null_words, 1U);
}

TEST(CleanTable, ASourceWithHAndMWritesMujerAsM) {
  const std::vector<AttributeSpec> attributes{attribute("sex", Kind::kSex)};
  const std::vector<SourceSpec> sources{source("a", DateOrder::kDayMonthYear),
                                        source("b", DateOrder::kDayMonthYear)};
  const CleanTable result =
      clean_table(raw_table({{{"H"}, {"M"}}, {{"M"}, {"F"}, {"h"}}}, 1), attributes, sources, {});
  EXPECT_EQ(texts_of(result.table.columns[0]), (std::vector<std::string>{"m", "f", "m", "f", "m"}));
}

TEST(CleanTable, CountsEachFaultInRows) {
  const CleanTable result = clean_texts(
      {"31-06-1974", "31-06-1974", "unknown", "2030-01-01", "9999-12-31", "1990", "", "05/04/1990"},
      attribute("birth_date", Kind::kDate), {.today = "2026-03-15"});
  const CleaningFacts& facts = result.facts[0];
  EXPECT_EQ(facts.attribute, "birth_date");
  EXPECT_EQ(facts.impossible, 2U);
  EXPECT_EQ(facts.null_words, 1U);
  EXPECT_EQ(facts.future, 1U);
  EXPECT_EQ(facts.placeholders, 1U);
  EXPECT_EQ(facts.filled, 2U);
  EXPECT_EQ(facts.coarse, 1U);
  EXPECT_EQ(result.table.columns[0].counts[kMissing], 6U);
}

std::vector<std::string> distinct_phones(int records) {
  std::vector<std::string> phones;
  for (int i = 0; i < records; ++i) phones.push_back("+25470" + std::to_string(1'000'000 + i * 37));
  return phones;
}

TEST(CleanTable, AClinicsPhoneStopsBeingEvidence) {
  std::vector<std::string> phones = distinct_phones(500);
  for (int i = 0; i < 40; ++i) phones.insert(phones.begin() + i * 3, "0712 345 678");
  const CleanTable result = clean_texts(phones, attribute("phone", Kind::kPhone));
  EXPECT_EQ(result.facts[0].placeholders, 40U);
  EXPECT_EQ(result.facts[0].filled, 500U);
  EXPECT_EQ(result.table.columns[0].codes[0], kMissing);
  EXPECT_EQ(result.table.columns[0].values.size(), 501U);
}

TEST(CleanTable, OneWritingOfAPhoneCountsWithTheOthers) {
  // 15 and 15 records: only together are they too many.
  std::vector<std::string> phones = distinct_phones(500);
  phones.insert(phones.end(), 15, "0712 345 678");
  phones.insert(phones.end(), 15, "0712-345-678");
  EXPECT_EQ(clean_texts(phones, attribute("phone", Kind::kPhone)).facts[0].placeholders, 30U);
}

TEST(CleanTable, AFrequentNameStaysEvidence) {
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i)
    names.push_back("name" + std::string(1, static_cast<char>('a' + i % 26)) + std::to_string(i));
  names.insert(names.end(), 400, "Maria");
  EXPECT_EQ(clean_texts(names, attribute("given_name", Kind::kName)).facts[0].filled, 900U);
}

TEST(CleanTable, HeapedDaysAreMarkedAndCounted) {
  std::vector<std::string> dates;
  for (int i = 0; i < 3000; ++i) {
    dates.push_back(std::to_string(i % 28 + 1) + "/" + std::to_string(i / 28 % 12 + 1) + "/" +
                    std::to_string(1940 + i % 71));
  }
  for (int i = 0; i < 300; ++i) dates.push_back("01/01/" + std::to_string(1940 + i % 71));
  const CleanTable result = clean_texts(dates, attribute("birth_date", Kind::kDate));
  const std::vector<std::string> texts = texts_of(result.table.columns[0]);
  EXPECT_EQ(texts.back(), "1955-01-01~");
  std::uint64_t marked = 0;
  for (const std::string& text : texts) {
    ASSERT_TRUE(parse_edtf(text).has_value());
    if (!text.ends_with('~')) continue;
    EXPECT_EQ(text.substr(4), "-01-01~");
    ++marked;
  }
  EXPECT_GE(marked, 300U);
  EXPECT_EQ(result.facts[0].coarse, marked);
  EXPECT_EQ(result.facts[0].filled, texts.size());
}

TEST(CleanTable, RulesRunBeforeTheKindsCleaning) {
  AttributeSpec spec = attribute("village", Kind::kPlace);
  spec.rules = {{"^Village of ", ""}, {"\\(.*\\)", ""}};
  EXPECT_EQ(texts_of(clean_texts({"Village of Öst (new)", "(none)"}, spec).table.columns[0]),
            (std::vector<std::string>{"ost", ""}));
}

TEST(CleanTable, OwnNullWordsAreAddedToTheList) {
  AttributeSpec spec = attribute("household", Kind::kIdentifier);
  spec.null_words = {"-9", "Sem Casa"};
  const CleanTable result = clean_texts({"-9", "9", "SEM CASA", "n/a", "12"}, spec);
  EXPECT_EQ(texts_of(result.table.columns[0]), (std::vector<std::string>{"", "9", "", "", "12"}));
  EXPECT_EQ(result.facts[0].null_words, 3U);
}

TEST(CleanTable, ABadRuleIsAUsageError) {
  AttributeSpec spec = attribute("village", Kind::kPlace);
  spec.rules = {{"[a-", ""}};
  EXPECT_THROW(clean_texts({"x"}, spec), Error);
}

TEST(CleanTable, UpdateDatesAreIsoInTheSourcesOrder) {
  RawTable raw = raw_table({{{"a"}, {"b"}, {"c"}}, {{"d"}}}, 1);
  DictionaryBuilder dates;
  for (const char* text : {"05/04/2020", "", "unknown", "05/04/2020"})
    raw.updated.push_back(dates.intern(text));
  raw.updated_values = std::move(dates).finish();
  const std::vector<AttributeSpec> attributes{attribute("given_name", Kind::kName)};
  const std::vector<SourceSpec> sources{source("a", DateOrder::kDayMonthYear),
                                        source("b", DateOrder::kMonthDayYear)};
  const CleanTable result = clean_table(std::move(raw), attributes, sources, {});
  std::vector<std::string> days;
  for (const Code code : result.table.updated) days.emplace_back(result.table.updated_days[code]);
  EXPECT_EQ(days, (std::vector<std::string>{"2020-04-05", "", "", "2020-05-04"}));
  EXPECT_LT(result.table.updated[0], result.table.updated[3])
      << "the later day has the larger code";
}

TEST(CleanTable, AnEmptyTableIsEmpty) {
  const CleanTable result = clean_texts({}, attribute("given_name", Kind::kName));
  EXPECT_EQ(result.table.size(), 0U);
  EXPECT_EQ(result.table.columns[0].counts, std::vector<std::uint32_t>{0});
  EXPECT_EQ(result.facts[0].filled, 0U);
}

}  // namespace
}  // namespace tessera
