#include "exchange/openimis_codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/openimis_tables.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr const char* kClaim =
    "ClaimID,ClaimUUID,InsureeID,ClaimCode,ICDID,ICDID1,HFID,ClaimAdminId\n"
    "7,cccc-7,1,C7,4,5,18,16\n";
constexpr const char* kItems = "ClaimItemID,ClaimID,ItemID,QtyProvided\n1,7,182,2.00\n";
constexpr const char* kServices = "ClaimServiceID,ClaimID,ServiceID,PriceAsked\n1,7,90,400\n";

Import read(bool with_codes) {
  const TemporaryFolder folder;
  std::vector<std::filesystem::path> files = {folder.write("c.csv", kClaim),
                                              folder.write("i.csv", kItems),
                                              folder.write("s.csv", kServices)};
  if (with_codes) {
    files.push_back(
        folder.write("icd.csv", "ICDID,ICDCode,ICDName\n4,A09,Cholera\n5,B50,Malaria\n"));
    files.push_back(
        folder.write("items.csv", "ItemID,ItemUUID,ItemCode,ItemName\n182,uuid-i,0182,Salts\n"));
    files.push_back(folder.write("services.csv",
                                 "ServiceID,ServiceUUID,ServCode,ServName\n90,uuid-s,M7,Visit\n"));
    files.push_back(folder.write("hf.csv", "HfID,HfUUID,HFCode,HFName\n18,uuid-h,H18,Clinic\n"));
    files.push_back(folder.write(
        "admin.csv", "ClaimAdminId,ClaimAdminUUID,ClaimAdminCode,LastName\n16,uuid-a,VK,Rai\n"));
  }
  Import import;
  import_openimis_tables(files, import);
  import.finish();
  return import;
}

TEST(OpenimisCodes, NumbersBecomeCodesWhereTheirTablesAreGiven) {
  const Import import = read(true);
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "diagnosis"), "A09");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "diagnosis_name"), "Cholera");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "facility_id"), "uuid-h");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "facility"), "Clinic");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "enterer_id"), "uuid-a");
  const std::vector<std::string> items = table_lines(import, CanonicalTable::kClaimItem);
  EXPECT_THAT(items, Contains(HasSubstr("code=0182 | item_id=uuid-i")));
  EXPECT_THAT(items, Contains(HasSubstr("code=M7 | item_id=uuid-s")));
  EXPECT_THAT(table_lines(import, CanonicalTable::kDetail),
              Contains(HasSubstr("name=diagnosis | value=B50")));
}

TEST(OpenimisCodes, WithoutThemTheNumbersStay) {
  const Import import = read(false);
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "diagnosis"), "");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "facility_id"), "18");
  const std::vector<std::string> details = table_lines(import, CanonicalTable::kDetail);
  EXPECT_THAT(details, Contains(HasSubstr("name=diagnosis_id | value=4")));
  EXPECT_THAT(details, Contains(HasSubstr("name=diagnosis_id | value=5")));
  EXPECT_THAT(table_lines(import, CanonicalTable::kClaimItem), Contains(HasSubstr("item_id=182")));
}

}  // namespace
}  // namespace tessera::test
