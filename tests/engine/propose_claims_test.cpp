#include "engine/propose_claims.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/invented_files.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ColumnClaims claims_of(const Columns& columns) {
  const std::vector<SampledFile> files = {invented_file(columns, 300)};
  return claim_columns(files);
}

std::string reason_for(const ColumnClaims& claims, const std::string& column) {
  for (const LeftOut& left : claims.left_out) {
    if (left.column == column) return left.reason;
  }
  return "";
}

TEST(ProposeClaims, TheRecordIdIsTheBestNamedUniqueColumn) {
  EXPECT_EQ(claims_of({{"serial_no", "number"}, {"record_id", "key"}, {"name", "full"}})
                .sources[0]
                .id_column,
            "record_id");
  // record_id repeats here, so it cannot name records.
  EXPECT_EQ(claims_of({{"record_id", "digits"}, {"serial_no", "number"}}).sources[0].id_column,
            "serial_no");
  EXPECT_EQ(claims_of({{"first_name", "given"}, {"dob", "iso"}}).sources[0].id_column, "");
}

TEST(ProposeClaims, ANationalIdIsNoRecordId) {
  const ColumnClaims claims = claims_of({{"national_id", "nid"}, {"name", "full"}});
  EXPECT_EQ(claims.sources[0].id_column, "");
  EXPECT_THAT(claims.names_of(Meaning::kNationalId), ElementsAre("national_id"));
}

TEST(ProposeClaims, WhatNeverTellsIsLeftOutWithItsReason) {
  const ColumnClaims claims = claims_of({{"id", "key"},
                                         {"row_no", "number"},
                                         {"country", "constant"},
                                         {"email", "blank"},
                                         {"age", "age"},
                                         {"visit_date", "visit"},
                                         {"first_name", "given"}});
  EXPECT_EQ(reason_for(claims, "row_no"), "they number or mark records, not persons");
  EXPECT_EQ(reason_for(claims, "country"), "they hold one value only");
  EXPECT_EQ(reason_for(claims, "email"), "they are nearly empty");
  EXPECT_EQ(reason_for(claims, "age"), "an age changes with the day of asking");
  EXPECT_EQ(reason_for(claims, "visit_date"),
            "they say when something was recorded, not who the person is");
  EXPECT_THAT(claims.names_of(Meaning::kGivenName), ElementsAre("first_name"));
}

TEST(ProposeClaims, AnUpdateDateTellsWhichRecordIsRecent) {
  const ColumnClaims claims = claims_of({{"last_updated", "visit"}, {"first_name", "given"}});
  EXPECT_EQ(claims.sources[0].updated_column, "last_updated");
}

TEST(ProposeClaims, TheWholeNameRepeatsItsParts) {
  const ColumnClaims parts =
      claims_of({{"first_name", "given"}, {"surname", "family"}, {"full_name", "full"}});
  EXPECT_THAT(parts.names_of(Meaning::kFullName), IsEmpty());
  EXPECT_EQ(reason_for(parts, "full_name"), "they repeat what other columns hold");
  const ColumnClaims one = claims_of({{"surname", "family"}, {"full_name", "full"}});
  EXPECT_THAT(one.names_of(Meaning::kFullName), ElementsAre("full_name"));
  EXPECT_THAT(one.names_of(Meaning::kFamilyName), IsEmpty());
}

TEST(ProposeClaims, ANameThatRepeatsNothingStays) {
  const ColumnClaims claims =
      claims_of({{"first_name", "given"}, {"surname", "family"}, {"full_name", "village"}});
  EXPECT_THAT(claims.names_of(Meaning::kFullName), ElementsAre("full_name"));
}

TEST(ProposeClaims, OpaqueDigitsHaveNoMeaning) {
  const ColumnClaims claims =
      claims_of({{"first_name", "given"}, {"dob", "iso"}, {"Dummy1", "digits"}});
  ASSERT_EQ(claims.open.size(), 1U);
  EXPECT_EQ(claims.columns[*claims.open.begin()].name, "Dummy1");
}

TEST(ProposeClaims, PlainValuesNeedNoName) {
  const ColumnClaims claims = claims_of(
      {{"first_name", "given"}, {"c1", "email"}, {"c2", "phone"}, {"c3", "sex"}, {"c4", "iso"}});
  EXPECT_THAT(claims.names_of(Meaning::kEmail), ElementsAre("c1"));
  EXPECT_THAT(claims.names_of(Meaning::kPhone), ElementsAre("c2"));
  EXPECT_THAT(claims.names_of(Meaning::kSex), ElementsAre("c3"));
  EXPECT_THAT(claims.names_of(Meaning::kBirthDate), ElementsAre("c4"));
}

TEST(ProposeClaims, OfTwoUnnamedDatesNeitherIsTheBirth) {
  const ColumnClaims claims = claims_of({{"first_name", "given"}, {"c1", "iso"}, {"c2", "dmy"}});
  EXPECT_THAT(claims.names_of(Meaning::kBirthDate), IsEmpty());
}

TEST(ProposeClaims, OnlyTwoLevelsOfPlacesCount) {
  const ColumnClaims claims = claims_of({{"postcode", "postcode"},
                                         {"village", "village"},
                                         {"district", "job"},
                                         {"region", "job"},
                                         {"name", "full"}});
  EXPECT_EQ(reason_for(claims, "district"), "finer places say the same");
  EXPECT_EQ(reason_for(claims, "region"), "finer places say the same");
}

}  // namespace
}  // namespace tessera::test
