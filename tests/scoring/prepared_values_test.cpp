#include "scoring/prepared_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

// Codes 1, 2, … in the order of the values.
Column column_of(const std::vector<std::string>& values) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& value : values) rows.push_back({value});
  Table table = test::make_table({{"value", Kind::kText}}, rows);
  return std::move(table.columns[0]);
}

bool share(LevelFunction function, const std::string& a, const std::string& b) {
  const NicknameTable nicknames = NicknameTable::built_in();
  const CodeSets sets = prepare_sets(function, column_of({a, b}), nicknames);
  EXPECT_EQ(sets.offsets.size(), 4U) << "missing and two values";
  EXPECT_TRUE(sets.share(1, 1) || sets.offsets[1] == sets.offsets[2]);
  EXPECT_FALSE(sets.share(kMissing, 1)) << "a missing value shares nothing";
  EXPECT_EQ(sets.share(1, 2), sets.share(2, 1));
  return sets.share(1, 2);
}

TEST(PrepareSets, SharesACodeWhereSoundsAgree) {
  EXPECT_TRUE(share(LevelFunction::kSoundex, "robert", "rupert"));
  EXPECT_FALSE(share(LevelFunction::kSoundex, "robert", "rubin"));
  EXPECT_TRUE(share(LevelFunction::kNysiis, "macdonald", "mcdonald"));
  EXPECT_FALSE(share(LevelFunction::kNysiis, "smith", "schmidt"));
  EXPECT_TRUE(share(LevelFunction::kMetaphone, "knight", "night"));
  EXPECT_FALSE(share(LevelFunction::kMetaphone, "knight", "king"));
}

// smith is SM0 or XMT, schmidt XMT or SMT: only an alternate code is common.
TEST(PrepareSets, KeepsBothCodesOfDoubleMetaphone) {
  EXPECT_TRUE(share(LevelFunction::kDoubleMetaphone, "smith", "schmidt"));
}

TEST(PrepareSets, SharesAGroupOfNicknames) {
  EXPECT_TRUE(share(LevelFunction::kNickname, "elizabeth", "liz"));
  EXPECT_FALSE(share(LevelFunction::kNickname, "elizabeth", "robert"));
  EXPECT_FALSE(share(LevelFunction::kNickname, "zzyzx", "zzyzy")) << "in no group";
}

TEST(PrepareSets, GivesTextWithoutACodeNone) {
  EXPECT_FALSE(share(LevelFunction::kSoundex, "12", "34"));
}

TEST(CodeSets, FindANumberAnywhereInTwoSortedLists) {
  const CodeSets sets = {.offsets = {0, 0, 3, 5, 6}, .numbers = {1, 4, 9, 2, 9, 5}};
  EXPECT_TRUE(sets.share(1, 2));
  EXPECT_FALSE(sets.share(1, 3));
  EXPECT_FALSE(sets.share(2, 3));
  EXPECT_FALSE(sets.share(0, 1));
}

TEST(PrepareDates, ReadsWholePartialAndHeapedDates) {
  const std::vector<PreparedDate> dates =
      prepare_dates(column_of({"1990-04-05", "1990-04", "1990-01-01~", "no date"}));
  ASSERT_EQ(dates.size(), 5U);
  EXPECT_EQ(dates[0].date, Date{});
  EXPECT_EQ(dates[1].date, (Date{1990, 4, 5, false}));
  EXPECT_EQ(dates[2].date, (Date{1990, 4, 0, true}));
  EXPECT_EQ(dates[3].date, (Date{1990, 1, 1, true}));
  EXPECT_EQ(dates[4].date, Date{}) << "what is no date agrees with nothing";
}

TEST(PrepareNumbers, TakesWholeTextsOnly) {
  const std::vector<double> numbers =
      prepare_numbers(column_of({"12.5", "-3", "12 kg", "twelve", "1e3"}));
  ASSERT_EQ(numbers.size(), 6U);
  EXPECT_TRUE(std::isnan(numbers[kMissing]));
  EXPECT_EQ(numbers[1], 12.5);
  EXPECT_EQ(numbers[2], -3.0);
  EXPECT_TRUE(std::isnan(numbers[3]));
  EXPECT_TRUE(std::isnan(numbers[4]));
  EXPECT_EQ(numbers[5], 1000.0);
}

TEST(PreparePlaces, ReadsLatitudeThenLongitude) {
  const auto places =
      prepare_places(column_of({"27.7172,85.324", "-1.29,36.82", "nairobi", "1,x"}));
  ASSERT_EQ(places.size(), 5U);
  EXPECT_TRUE(std::isnan(places[kMissing].first));
  EXPECT_EQ(places[1], (std::pair{27.7172, 85.324}));
  EXPECT_EQ(places[2], (std::pair{-1.29, 36.82}));
  EXPECT_TRUE(std::isnan(places[3].first));
  EXPECT_TRUE(std::isnan(places[4].second));
}

TEST(PrepareAscii, TellsBytesFromCodePoints) {
  const std::vector<bool> ascii = prepare_ascii(column_of({"amina", "élodie", "गुरुङ", "o'brien"}));
  ASSERT_EQ(ascii.size(), 5U);
  EXPECT_TRUE(ascii[1]);
  EXPECT_FALSE(ascii[2]);
  EXPECT_FALSE(ascii[3]);
  EXPECT_TRUE(ascii[4]);
}

}  // namespace
}  // namespace tessera
