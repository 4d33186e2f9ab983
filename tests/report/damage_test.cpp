#include "report/damage.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

bool is_damaged(std::string_view value, Kind kind) {
  return !damage_of(value, kind).empty();
}

TEST(DamageOf, ScientificNotationOfLongNumbers) {
  for (const char* value : {"1.2E+11", "2.54712e+11", "9E+10", "1,2E+11", "2.5E11"}) {
    EXPECT_TRUE(is_damaged(value, Kind::kPhone)) << value;
    EXPECT_FALSE(is_damaged(value, Kind::kNumber)) << value;
  }
  for (const char* value :
       {"12E4", "1E4", "E11", "1.E+11", "1.2E+", "1.2E+1111", "1.2E+11x", "12.3E+4"}) {
    EXPECT_FALSE(is_damaged(value, Kind::kIdentifier)) << value;  // codes may look so
  }
}

TEST(DamageOf, ErrorMarks) {
  for (const char* value : {"#N/A", "#REF!", "#DIV/0!", "########"}) {
    EXPECT_TRUE(is_damaged(value, Kind::kText)) << value;
  }
  EXPECT_FALSE(is_damaged("#4", Kind::kAddress));
  EXPECT_FALSE(is_damaged("##", Kind::kText));
}

TEST(DamageOf, NumbersWhereCodesShouldBe) {
  EXPECT_TRUE(is_damaged("712345678.0", Kind::kPhone));
  EXPECT_TRUE(is_damaged("123.0", Kind::kIdentifier));
  EXPECT_FALSE(is_damaged("123.0", Kind::kNumber));
  EXPECT_FALSE(is_damaged("10.0.0", Kind::kIdentifier));
  EXPECT_FALSE(is_damaged(".0", Kind::kPhone));
}

TEST(DamageOf, DayNumbersInDates) {
  EXPECT_TRUE(is_damaged("32874", Kind::kDate));
  EXPECT_FALSE(is_damaged("32874", Kind::kPostcode));
  EXPECT_FALSE(is_damaged("19900405", Kind::kDate));
  EXPECT_FALSE(is_damaged("1990", Kind::kDate));
}

TEST(DamageOf, TextReadInAWrongEncoding) {
  EXPECT_TRUE(is_damaged("LucÃ­a", Kind::kName));
  EXPECT_TRUE(is_damaged("Luc\ufffda", Kind::kName));
  EXPECT_FALSE(is_damaged("Lucía", Kind::kName));
  EXPECT_FALSE(is_damaged("JOÃO", Kind::kName));  // Ã before a letter
  EXPECT_FALSE(is_damaged("Ã", Kind::kName));
}

}  // namespace
}  // namespace tessera
