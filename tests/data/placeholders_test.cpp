#include "data/placeholders.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace tessera {
namespace {

// By form: tests/cases/clean_kinds.tsv, through clean_value.

TEST(Placeholders, AreJudgedByTheirKind) {
  EXPECT_TRUE(is_placeholder("test", Kind::kName));
  EXPECT_FALSE(is_placeholder("test", Kind::kPlace));
  EXPECT_TRUE(is_placeholder("0000", Kind::kIdentifier));
  EXPECT_FALSE(is_placeholder("0000", Kind::kText));
  EXPECT_TRUE(is_placeholder("9999-12-31", Kind::kDate));
  EXPECT_TRUE(is_placeholder("0,0", Kind::kGeo));
  EXPECT_FALSE(is_placeholder("0", Kind::kNumber));
  EXPECT_FALSE(is_placeholder("m", Kind::kSex));
}

TEST(Placeholders, OnlyWhatBelongsToAPersonOrHouseholdIsJudgedByUse) {
  EXPECT_TRUE(belongs_to_few(Kind::kIdentifier));
  EXPECT_TRUE(belongs_to_few(Kind::kPhone));
  EXPECT_TRUE(belongs_to_few(Kind::kEmail));
  for (const Kind kind :
       {Kind::kName, Kind::kPersonName, Kind::kPlace, Kind::kPostcode, Kind::kSex, Kind::kDate,
        Kind::kAddress, Kind::kText, Kind::kNumber, Kind::kGeo, Kind::kSet}) {
    EXPECT_FALSE(belongs_to_few(kind)) << kind_name(kind);
  }
}

TEST(Placeholders, AClinicsNumberIsFoundByItsUse) {
  std::vector<std::uint32_t> records(5000, 2);
  records[7] = 300;
  EXPECT_EQ(implausible_count(records), 300U);
}

TEST(Placeholders, APersonEnteredTwentyTimesIsNone) {
  std::vector<std::uint32_t> records(5000, 1);
  records[7] = 20;
  EXPECT_EQ(implausible_count(records), std::numeric_limits<std::uint32_t>::max());
}

TEST(Placeholders, WherePersonsHaveTenRecordsATwinsSharedIdentifierIsNone) {
  std::vector<std::uint32_t> records(1000, 10);
  for (std::size_t i = 0; i < 50; ++i) records[i] = 20;
  EXPECT_EQ(implausible_count(records), std::numeric_limits<std::uint32_t>::max());
}

}  // namespace
}  // namespace tessera
