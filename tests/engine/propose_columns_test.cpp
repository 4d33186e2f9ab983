#include "engine/propose_columns.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

ColumnProfile profile_of(const std::vector<std::string_view>& values) {
  return profile_values(values);
}

TEST(ProposeColumns, NullWordsAreNotFilled) {
  const ColumnProfile profile = profile_of({"a", "", "NULL", "n/a", "b", "B "});
  EXPECT_EQ(profile.rows, 6U);
  EXPECT_EQ(profile.filled, 3U);
  EXPECT_EQ(profile.distinct, 2U);  // folded
  EXPECT_EQ(profile.filled_share(), 0.5);
}

TEST(ProposeColumns, AnEmptyColumnHasAllZeros) {
  const ColumnProfile profile = profile_of({"", ""});
  EXPECT_EQ(profile.filled, 0U);
  EXPECT_EQ(profile.dates, 0.0);
  EXPECT_EQ(profile.distinct_share(), 0.0);
}

TEST(ProposeColumns, TellsTheOrderOfDates) {
  const ColumnProfile days = profile_of({"31/12/1990", "05/04/1990", "1990-04-13"});
  EXPECT_EQ(days.day_first, 1U);
  EXPECT_EQ(days.month_first, 0U);
  EXPECT_EQ(days.either_first, 1U);
  EXPECT_EQ(days.whole_dates, 1.0);
  EXPECT_EQ(profile_of({"12/31/1990", "1/13/72"}).month_first, 2U);
}

TEST(ProposeColumns, TellsYearsOfDates) {
  std::vector<std::string> dates;
  for (int year = 1900; year <= 2000; ++year) dates.push_back(std::to_string(year) + "-06-15");
  const ColumnProfile profile =
      profile_of(std::vector<std::string_view>(dates.begin(), dates.end()));
  EXPECT_EQ(profile.low_year, 1905);
  EXPECT_EQ(profile.high_year, 1996);
}

TEST(ProposeColumns, TellsKindsOfValues) {
  EXPECT_EQ(profile_of({"a@b.org", "c@d"}).emails, 0.5);
  EXPECT_EQ(profile_of({"+254 700 123456", "0700123456", "12"}).phones, 2.0 / 3.0);
  EXPECT_EQ(profile_of({"+254 700 123456", "0700123456"}).phone_signs, 0.5);
  EXPECT_EQ(profile_of({"male", "2", "femme", "x1"}).sexes, 0.75);
  EXPECT_EQ(profile_of({"male", "2"}).sex_words, 0.5);
  EXPECT_EQ(profile_of({"12", "12.5", "x"}).numbers, 2.0 / 3.0);
  EXPECT_EQ(profile_of({"12", "12.5"}).decimals, 0.5);
  EXPECT_EQ(profile_of({"two words", "one"}).mean_words, 1.5);
  EXPECT_EQ(profile_of({"নাম"}).mean_length, 3.0);
}

SampledFile file_of(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
  SampledFile file;
  file.sample.columns = std::move(columns);
  file.sample.rows = std::move(rows);
  return file;
}

TEST(ProposeColumns, ColumnsOfOneNameAreJudgedTogether) {
  const std::vector<SampledFile> files = {file_of({"a", "b"}, {{"1", "x"}, {"2", "y"}}),
                                          file_of({"c", "a"}, {{"z", "3"}})};
  const std::vector<SampledColumn> columns = sampled_columns(files);
  ASSERT_EQ(columns.size(), 3U);
  EXPECT_EQ(columns[0].name, "a");
  EXPECT_EQ(columns[0].files, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(columns[0].places, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(columns[0].profile.distinct, 3U);
  EXPECT_EQ(columns[0].file_profiles[1].distinct, 1U);
}

TEST(ProposeColumns, ValuesMustFitTheName) {
  EXPECT_TRUE(fits_meaning(profile_of({"1990-01-02", "x"}), Meaning::kBirthDate, false));
  EXPECT_FALSE(fits_meaning(profile_of({"x", "y"}), Meaning::kBirthDate, false));
  EXPECT_FALSE(fits_meaning(profile_of({"2022-01-02", "2022-03-04"}), Meaning::kBirthDate, true));
  EXPECT_TRUE(fits_meaning(profile_of({"1950-01-02", "2022-03-04"}), Meaning::kBirthDate, true));
  EXPECT_FALSE(fits_meaning(profile_of({"10/01/15"}), Meaning::kEmail, false));
  EXPECT_FALSE(fits_meaning(profile_of({"1", "2"}), Meaning::kGivenName, false));
}

}  // namespace
}  // namespace tessera
