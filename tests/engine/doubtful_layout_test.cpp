#include "engine/doubtful_layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

SampledFile file(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
  SampledFile made;
  made.source.name = "people";
  made.sample.format = "csv, delimiter ',', utf-8";
  made.sample.columns = std::move(columns);
  made.sample.rows = std::move(rows);
  return made;
}

TEST(DoubtfulLayout, AFileWithNamesHasNone) {
  EXPECT_THAT(doubtful_layout(file({"id", "name", "sex"},
                                   {{"1", "Amina", "F"}, {"2", "Ravi", "M"}, {"3", "sex", "F"}})),
              IsEmpty());
}

TEST(DoubtfulLayout, AnEmptyOrYearlyNameIsNoValue) {
  EXPECT_THAT(doubtful_layout(file({"", "2019", "2020"}, {{"a", "", ""}, {"b", "1", ""}})),
              IsEmpty());
}

TEST(DoubtfulLayout, ADateAmongTheNamesIsAValue) {
  const auto doubts = doubtful_layout(file({"7", "Amina", "1987-03-12"}, {{"8", "R", "1990"}}));
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_THAT(doubts[0], HasSubstr("people: the first row looks like a record"));
  EXPECT_THAT(doubts[0], HasSubstr("column 3)"));
  EXPECT_THAT(doubts[0], Not(HasSubstr("Amina")));
  EXPECT_THAT(doubts[0], Not(HasSubstr("1987")));
}

TEST(DoubtfulLayout, ANameThatItsColumnRepeatsIsAValue) {
  const auto doubts = doubtful_layout(
      file({"7", "Amina", "F"}, {{"8", "Ravi", "F"}, {"9", "Amina", "F"}, {"10", "Amina", "M"}}));
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_THAT(doubts[0], HasSubstr("column 2, 3)"));
}

TEST(DoubtfulLayout, ARowOfNamesThatStandsAgainIsNoRecord) {
  EXPECT_THAT(doubtful_layout(file({"id", "sex"}, {{"id", "sex"}, {"1", "F"}, {"id", "sex"}})),
              IsEmpty());
}

TEST(DoubtfulLayout, OneColumnOfSeveralPiecesIsHardlyOne) {
  EXPECT_THAT(doubtful_layout(file({"id^name^sex"}, {{"1^a^F"}})),
              ElementsAre(HasSubstr("read as one column")));
  EXPECT_THAT(doubtful_layout(file({"name"}, {{"Amina Nalule"}})), IsEmpty());
}

TEST(DoubtfulLayout, OtherFormatsNameTheirColumnsThemselves) {
  SampledFile parquet = file({"1987-03-12"}, {{"x"}});
  parquet.sample.format = "parquet";
  EXPECT_THAT(doubtful_layout(parquet), IsEmpty());
}

TEST(DoubtfulLayout, ColumnsInPairsAreTwoRecordsARow) {
  for (const auto& [columns, marks] :
       {std::pair(std::vector<std::string>{"label", "a_first", "a_last", "a_dob", "a_sex", "b_dob",
                                           "b_first", "b_last", "b_sex"},
                  "a_… and b_…"),
        std::pair(std::vector<std::string>{"first name l", "dob l", "sex l", "zip l",
                                           "first name r", "dob r", "sex r", "zip r"},
                  "… l and … r")}) {
    const auto doubts = doubtful_layout(file(columns, {}));
    ASSERT_EQ(doubts.size(), 1U);
    EXPECT_THAT(doubts[0], HasSubstr("its columns stand in pairs, " + std::string(marks)));
  }
}

TEST(DoubtfulLayout, AFewColumnsInPairsAreOneRecord) {
  EXPECT_THAT(doubtful_layout(file({"id", "first_name", "last_name", "birth_date", "phone_1",
                                    "phone_2", "address_1", "address_2", "sex"},
                                   {})),
              IsEmpty());
  // A birth and its parents.
  EXPECT_THAT(doubtful_layout(file({"child_name", "child_dob", "child_sex", "child_id",
                                    "mother_name", "mother_dob", "mother_sex", "mother_id",
                                    "father_name", "father_dob", "father_sex", "father_id"},
                                   {})),
              IsEmpty());
}

}  // namespace
}  // namespace tessera
