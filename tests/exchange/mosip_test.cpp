#include "exchange/mosip.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

Import read_samples() {
  Import import;
  import_mosip(samples("mosip"), import);
  import.finish();
  return import;
}

TEST(Mosip, TheMappingSaysWhichFieldIsWhich) {
  const Import import = read_samples();
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "2419762199", "full_name"), "Noor Haddad");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "2419762199", "birth_date"), "1972-05-07");
}

TEST(Mosip, OtherLanguagesOfANameAreKept) {
  const std::vector<std::string> details = table_lines(read_samples(), CanonicalTable::kDetail);
  EXPECT_NE(std::find(details.begin(), details.end(),
                      "table=person | record_id=2419762199 | name=names_ara | value=نور | "
                      "path=names"),
            details.end());
}

TEST(Mosip, PlacesHaveTheirNames) {
  EXPECT_EQ(cell(read_samples(), CanonicalTable::kPerson, "2419762199", "city"), "Kenitra");
}

TEST(Mosip, OnlyWhatLastsMayKeyALink) {
  const Import import = read_samples();
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "2419762199", "national_id"), "2419762199");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "7000000001", "national_id"), "7000000001");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "7000000002", "national_id"), "");
  for (const auto& row : import.rows(CanonicalTable::kIdentifier)) {
    const bool may = row[*column_of(CanonicalTable::kIdentifier, "may_key_a_link")] == "true";
    const std::string& type = row[*column_of(CanonicalTable::kIdentifier, "type")];
    EXPECT_EQ(may, type == "uin" || type == "perpetual_vid") << type;
  }
}

TEST(Mosip, WithoutAMappingTheDefaultIsUsed) {
  const TemporaryFolder folder;
  Import import;
  import_mosip({folder.write("i.json", R"({"response": {"identity": {"UIN": "5", "fullName": "A B",
                "dateOfBirth": "1990/01/01"}}})")},
               import);
  import.finish();
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "5", "full_name"), "A B");
}

TEST(Mosip, ARowOfAListMayHaveAVidAlone) {
  const TemporaryFolder folder;
  Import import;
  import_mosip({folder.write("people.csv",
                             "vid,vidType,fullName,dateOfBirth\n"
                             "7000000001,Perpetual,A B,1990/01/01\n"
                             "7000000002,Temporary,C D,1991/01/01\n"
                             "7000000003,,E F,1992/01/01\n"
                             ",,G H,1993/01/01\n")},
               import);
  import.finish();
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "7000000001", "national_id"), "7000000001");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "7000000001", "birth_date"), "1990-01-01");
  for (const char* temporary : {"7000000002", "7000000003"}) {
    EXPECT_EQ(cell(import, CanonicalTable::kPerson, temporary, "national_id"), "") << temporary;
    EXPECT_EQ(cell(import, CanonicalTable::kIdentifier, temporary, "may_key_a_link"), "false");
  }
  EXPECT_EQ(import.rejects().size(), 1U);
}

TEST(Mosip, AnIdentityWithoutANumberIsRejected) {
  EXPECT_EQ(read_samples().rejects().size(), 1U);
}

}  // namespace
}  // namespace tessera::test
