// Which level two values reach: every level function on pairs for which it holds and on pairs for
// which it does not.
#include "scoring/comparer.hpp"

#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

Column column_of(const std::string& a, const std::string& b) {
  Column column;
  column.name = "value";
  column.values.append(a);
  column.values.append(b);
  return column;
}

// The level that the pair reaches under [`level`, else], asked both ways round: 1 or 2.
unsigned level_under(const std::string& level, const std::string& a, const std::string& b) {
  const Column column = column_of(a, b);
  ComparisonSpec spec;
  spec.name = "value";
  spec.levels = {parse_level(level).value(), parse_level("else").value()};
  const NicknameTable nicknames = NicknameTable::built_in();
  const Comparer comparer(spec, column, nicknames);
  EXPECT_EQ(comparer.level(1, 2), comparer.level(2, 1)) << "it matters which is left";
  return comparer.level(1, 2);
}

TEST(Comparer, EachLevelHoldsWhereItShould) {
  for (const auto& row : test::read_cases("levels.tsv")) {
    SCOPED_TRACE(row[0] + ": " + row[1] + " | " + row[2]);
    EXPECT_EQ(level_under(row[0], row[1], row[2]) == 1, row[3] == "yes");
  }
}

TEST(Comparer, TheFirstLevelThatHoldsWins) {
  const Column column = column_of("martha", "marhta");
  ComparisonSpec spec;
  for (const char* level : {"exact", "one_edit", "jaro_winkler >= 0.9", "transposition", "else"}) {
    spec.levels.push_back(parse_level(level).value());
  }
  const NicknameTable nicknames = NicknameTable::built_in();
  EXPECT_EQ(Comparer(spec, column, nicknames).level(1, 2), 3U);
}

// Levels of text among those of dates are told by digits where both dates are whole, by text where
// not: each as a comparison of that level alone tells it.
TEST(Comparer, EditsAmongDatesAreThoseOfTheirTexts) {
  Column column;
  column.name = "birth_date";
  column.kind = Kind::kDate;
  for (const char* date :
       {"1988-04-12", "1988-04-13", "1988-04-21", "1988-12-04", "1989-04-12", "1998-04-12",
        "1988-04", "1989-04", "1988", "1998", "1988-01-01~", "1988-01-01", "1988-01-02",
        "1989-01-01~", "XXXX-04-12", "2001-11-30", "2011-11-30", "no date", "no data"}) {
    column.values.append(date);
  }
  const NicknameTable nicknames = NicknameTable::built_in();
  for (const std::vector<std::string>& texts : std::vector<std::vector<std::string>>{
           {"exact", "levenshtein <= 1", "within 1 months", "within 1 years", "else"},
           {"exact", "date_swap", "within 1 months", "levenshtein <= 1", "date_coarse", "else"},
           {"exact", "date_one_edit", "levenshtein <= 2", "within 10 years", "else"},
           {"exact", "osa <= 1", "within 10 years", "else"}}) {
    ComparisonSpec spec;
    std::vector<Comparer> alone;
    for (const std::string& text : texts) {
      spec.levels.push_back(parse_level(text).value());
      ComparisonSpec one;
      if (text != "else") one.levels.push_back(spec.levels.back());
      one.levels.push_back(parse_level("else").value());
      alone.emplace_back(one, column, nicknames);
    }
    const Comparer all(spec, column, nicknames);
    for (Code a = 1; a < column.values.size(); ++a) {
      for (Code b = 1; b < column.values.size(); ++b) {
        if (a == b) continue;
        unsigned expected = 1;
        while (expected < texts.size() && alone[expected - 1].level(a, b) != 1) ++expected;
        EXPECT_EQ(all.level(a, b), expected)
            << texts[1] << ": " << column.values[a] << ", " << column.values[b];
      }
    }
  }
}

TEST(Comparer, EqualCodesAreExact) {
  const Column column = column_of("martha", "marhta");
  ComparisonSpec spec;
  spec.levels = {parse_level("jaro_winkler >= 0.5").value(), parse_level("exact").value(),
                 parse_level("else").value()};
  const NicknameTable nicknames = NicknameTable::built_in();
  EXPECT_EQ(Comparer(spec, column, nicknames).level(1, 1), 2U);
}

/// The level of two names under a measure of letters, one of sounds and `else`.
unsigned level_of_names(const std::string& a, const std::string& b) {
  Column column = column_of(a, b);
  column.kind = Kind::kName;
  column.romanised = romanise_values(column.values);
  ComparisonSpec spec;
  spec.levels = {parse_level("jaro_winkler >= 0.92").value(), parse_level("soundex").value(),
                 parse_level("else").value()};
  const Comparer comparer(spec, column, NicknameTable::built_in());
  EXPECT_EQ(comparer.level(1, 2), comparer.level(2, 1));
  return comparer.level(1, 2);
}

TEST(Comparer, TwoScriptsMeetInLatinLetters) {
  EXPECT_EQ(level_of_names("सुरेश", "suresh"), 1U);
  EXPECT_EQ(level_of_names("сергеи", "sergei"), 1U);
  EXPECT_EQ(level_of_names("كريم", "kareem"), 2U);  // krim; by sound: K650
  EXPECT_EQ(level_of_names("सुरेश", "maria"), 3U);
  EXPECT_EQ(level_of_names("सुरेश", "josé"), 3U);
}

// In Latin letters both are rana; as written they differ in one letter of four.
TEST(Comparer, OneScriptIsComparedAsWritten) {
  Column column = column_of("राना", "राणा");
  column.romanised = romanise_values(column.values);
  ASSERT_EQ(column.in_latin(1), column.in_latin(2));
  ComparisonSpec spec;
  spec.levels = {parse_level("jaro_winkler >= 1").value(), parse_level("else").value()};
  EXPECT_EQ(Comparer(spec, column, NicknameTable::built_in()).level(1, 2), 2U);
}

TEST(Comparer, SwappedIsNotForOneColumnToSay) {
  const Column column = column_of("martha", "berg");
  ComparisonSpec spec;
  spec.levels = {parse_level("exact").value(), parse_level("swapped").value(),
                 parse_level("else").value()};
  const NicknameTable nicknames = NicknameTable::built_in();
  const Comparer comparer(spec, column, nicknames);
  EXPECT_EQ(comparer.swapped_level(), 2U);
  EXPECT_EQ(comparer.level(1, 2), 3U);
}

}  // namespace
}  // namespace tessera
