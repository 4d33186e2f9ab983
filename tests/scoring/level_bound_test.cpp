// A bound must hold for every pair: the level that Comparer gives is among those that are left. Its
// use is that for most pairs only `else` is left.
#include "scoring/level_bound.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>

#include "data/romanise.hpp"
#include "data/unicode.hpp"
#include "scoring/comparer.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

Column column_of(const std::vector<std::string>& texts, Kind kind = Kind::kName) {
  Column column;
  column.kind = kind;
  DictionaryBuilder values;
  for (const std::string& text : texts) values.intern(text);
  column.values = std::move(values).finish();
  if (has_script(kind)) column.romanised = romanise_values(column.values);
  return column;
}

ComparisonSpec spec_of(std::initializer_list<const char*> levels) {
  ComparisonSpec spec;
  for (const char* level : levels) spec.levels.push_back(parse_level(level).value());
  return spec;
}

/// The presets of names and of other text, and edit distances, which no preset of names has.
std::vector<ComparisonSpec> all_specs() {
  std::vector<ComparisonSpec> specs = {
      preset_comparison(Kind::kName, true),
      spec_of(
          {"exact", "levenshtein <= 1", "levenshtein <= 2", "damerau_levenshtein <= 3", "else"}),
      spec_of({"exact", "transposition", "one_edit", "osa <= 2", "else"}),
      spec_of({"osa <= 1", "osa <= 2", "levenshtein <= 3", "levenshtein <= 4", "else"}),
      spec_of({"jaro_winkler >= 1", "jaro_winkler >= 0.95", "jaro_winkler >= 0.9",
               "jaro_winkler >= 0.8", "jaro_winkler >= 0.6", "jaro_winkler >= 0.3", "else"}),
      spec_of({"nickname", "initial", "contains", "jaro_winkler >= 0.85", "else"}),
      spec_of({"soundex", "jaro_winkler >= 0.7", "else"})};
  for (const Kind kind : {Kind::kPersonName, Kind::kName, Kind::kPlace, Kind::kAddress, Kind::kText,
                          Kind::kEmail, Kind::kSet}) {
    specs.push_back(preset_comparison(kind, false));
  }
  return specs;
}

unsigned class_of(const LevelBound& bound, Code a, Code b) {
  return bound.class_of(bound.signature(a), bound.signature(b));
}

bool is_in(LevelSet levels, unsigned level) {
  return ((levels >> (level - 1)) & 1) != 0;
}

/// Compares every value with every `step`-th after it, both ways round, under all specs.
void expect_bounds_hold(const Column& column, Code step) {
  const NicknameTable nicknames = NicknameTable::built_in();
  for (const ComparisonSpec& spec : all_specs()) {
    const LevelBound bound(spec, column, nicknames);
    const Comparer comparer(spec, column, nicknames);
    if (!bound.is_useful()) continue;
    ASSERT_EQ(bound.levels().size(), LevelBound::kClasses);
    for (Code a = 1; a < column.values.size(); ++a) {
      for (Code b = a + 1 + a % step; b < column.values.size(); b += step) {
        const unsigned level = comparer.level(a, b);
        ASSERT_TRUE(is_in(bound.levels()[class_of(bound, a, b)], level) &&
                    is_in(bound.levels()[class_of(bound, b, a)], level))
            << column.values[a] << " and " << column.values[b] << " reach level " << level << ", "
            << spec.levels[level - 1].text;
      }
    }
  }
}

TEST(LevelBound, HoldsForAllShortTexts) {
  std::vector<std::string> texts;
  for (const test::SampleText& text : test::all_texts(5, 3)) texts.push_back(text.ascii);
  expect_bounds_hold(column_of(texts), 3);
}

TEST(LevelBound, HoldsForAllOrdersOfFewWords) {
  const std::vector<std::string> words = {"a", "m", "ana", "maria", "lopez", "লতা"};
  std::vector<std::string> texts = words;
  for (std::size_t from = 0; texts.size() < 250;) {
    const std::size_t end = texts.size();
    for (; from < end; ++from) {
      for (const std::string& word : words) texts.push_back(texts[from] + " " + word);
    }
  }
  expect_bounds_hold(column_of(texts), 1);
}

TEST(LevelBound, HoldsForRandomTexts) {
  for (const std::size_t longest : {8U, 29U, 33U, 60U}) {  // lengths over 31 are not judged
    std::vector<std::string> texts;
    for (const auto& [a, b] : test::random_pairs(150, longest, 77)) {
      texts.push_back(a.ascii);
      texts.push_back(b.ascii);
    }
    expect_bounds_hold(column_of(texts), 1);
  }
}

/// Names as registries hold them: several scripts, nicknames, initials, words more and fewer, marks
/// and one of more than 31 letters.
std::vector<std::string> registry_names() {
  return {"maria",
          "mohamed",
          "muhammad",
          "mohammed",
          "maría",
          "ana maria",
          "maria ana",
          "m",
          "a",
          "é",
          "elizabeth",
          "liz",
          "bess",
          "beth",
          "william",
          "bill",
          "will",
          "robert",
          "bob",
          "suresh",
          "सुरेश",
          "सुरेशा",
          "गुरुङ",
          "gurung",
          "محمد",
          "مريم",
          "maryam",
          "সুরেশ",
          "লতা",
          "lata",
          "сергей",
          "sergei",
          "sergey",
          "ស្រី",
          "srey",
          "ተስፋዬ",
          "tesfaye",
          "jose",
          "josé",
          "jose maria",
          "jose m",
          "garcia",
          "garcia lopez",
          "lopez",
          "garcia garcia",
          "o",
          "oconnor",
          "connor",
          "oconor",
          "de la cruz",
          "cruz",
          "la cruz",
          "dela cruz",
          "abdulrahman",
          "abd al rahman",
          "abdul rahman",
          "wolfeschlegelsteinhausenbergerdorff",
          "wolfeschlegelsteinhausen"};
}

TEST(LevelBound, HoldsForNamesOfSeveralScripts) {
  std::vector<std::string> names = registry_names();
  const std::size_t whole = names.size();
  for (std::size_t i = 0; i < whole; ++i) {  // and each without its first letter
    names.push_back(encode_utf8(decode_utf8(names[i]).substr(1)));
  }
  expect_bounds_hold(column_of(names), 1);
}

// All of `few` stand in `many`, though `few` has more letters of garcia.
TEST(LevelBound, HoldsWhereAWordIsRepeated) {
  expect_bounds_hold(column_of({"garcia garcia", "garcia lopez perez", "garcia", "garcia lopez"}),
                     1);
}

LevelSet levels_left(const ComparisonSpec& spec, const std::string& a, const std::string& b) {
  const Column column = column_of({a, b});
  const LevelBound bound(spec, column, NicknameTable::built_in());
  return bound.levels()[class_of(bound, 1, 2)];
}

TEST(LevelBound, LeavesOnlyElseToUnlikeNames) {
  const ComparisonSpec family = preset_comparison(Kind::kName, false);
  EXPECT_EQ(levels_left(family, "maria", "mohamed"), 1U << (family.levels.size() - 1));
  const ComparisonSpec given = preset_comparison(Kind::kName, true);
  const auto only_else = static_cast<LevelSet>(1U << (given.levels.size() - 1));
  EXPECT_EQ(levels_left(given, "suresh", "wanjiru"), only_else);
  EXPECT_EQ(levels_left(given, "सुरेश", "गुरुङ"), only_else);
  EXPECT_NE(levels_left(given, "maria", "mariam"), only_else);
  EXPECT_NE(levels_left(given, "maria", "m"), only_else);
  EXPECT_NE(levels_left(given, "elizabeth", "bess"), only_else);
  EXPECT_NE(levels_left(given, "सुरेश", "suresh"), only_else);  // not judged: they meet in Latin
  const ComparisonSpec edits = spec_of({"exact", "levenshtein <= 1", "levenshtein <= 2", "else"});
  EXPECT_EQ(levels_left(edits, "karki", "thapa"), 8U);
  EXPECT_EQ(levels_left(edits, "karki", "karkos"), 12U);
  EXPECT_EQ(levels_left(edits, "karki", "karko"), 14U);
}

TEST(LevelBound, LeavesOnlyElseToMostPairsOfNames) {
  const Column column =
      column_of({"amina",   "bikram", "chen",   "dolores", "fatou", "grace",  "hari",
                 "ibrahim", "jamila", "kofi",   "lakshmi", "mercy", "ngozi",  "olga",
                 "pedro",   "rosa",   "samuel", "tariq",   "usha",  "wanjiru"});
  const ComparisonSpec spec = preset_comparison(Kind::kName, true);
  const LevelBound bound(spec, column, NicknameTable::built_in());
  int unlike = 0;
  int pairs = 0;
  for (Code a = 1; a < column.values.size(); ++a) {
    for (Code b = a + 1; b < column.values.size(); ++b) {
      ++pairs;
      if (bound.levels()[class_of(bound, a, b)] == 1U << (spec.levels.size() - 1)) ++unlike;
    }
  }
  EXPECT_GT(unlike, pairs * 4 / 5);
}

TEST(LevelBound, HasNothingToSayWithoutMeasuresOfLetters) {
  const NicknameTable nicknames = NicknameTable::built_in();
  const Column names = column_of({"maria", "mohamed"});
  EXPECT_FALSE(LevelBound(spec_of({"exact", "else"}), names, nicknames).is_useful());
  EXPECT_FALSE(LevelBound(spec_of({"exact", "soundex", "else"}), names, nicknames).is_useful());
  const Column dates = column_of({"1990-01-02", "1990-02-01"}, Kind::kDate);
  EXPECT_FALSE(LevelBound(preset_comparison(Kind::kDate, false), dates, nicknames).is_useful());
  const ComparisonSpec edits = spec_of({"exact", "levenshtein <= 1", "else"});
  const Column numbers = column_of({"0123", "0124"}, Kind::kIdentifier);
  EXPECT_FALSE(LevelBound(edits, numbers, nicknames).is_useful());
  EXPECT_TRUE(LevelBound(edits, names, nicknames).is_useful());
}

TEST(LevelBound, OfDatesNearInTimeNeverLeavesTheLastLevelAlone) {
  const NicknameTable nicknames = NicknameTable::built_in();
  const Column dates = column_of({"1990-01-02", "2011-12-31"}, Kind::kDate);
  const auto may = [&](std::initializer_list<const char*> levels) {
    return LevelBound(spec_of(levels), dates, nicknames).may_leave_last();
  };
  EXPECT_FALSE(may({"exact", "levenshtein <= 1", "within 1 years", "else"}));
  EXPECT_TRUE(may({"exact", "levenshtein <= 1", "else"}));
  EXPECT_FALSE(may({"exact", "else"}));  // nothing to ask
}

TEST(LevelBound, OfAnEmptyColumnIsMade) {
  const LevelBound bound(preset_comparison(Kind::kName, true), column_of({}),
                         NicknameTable::built_in());
  EXPECT_TRUE(bound.is_useful());
}

}  // namespace
}  // namespace tessera
