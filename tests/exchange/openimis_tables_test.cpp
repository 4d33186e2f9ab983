#include "exchange/openimis_tables.hpp"

#include <gtest/gtest.h>

#include <map>

#include "data/error.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

Import read_samples() {
  Import import;
  import_openimis_tables(samples("openimis-tables"), import);
  import.finish();
  return import;
}

TEST(OpenimisTables, NumbersBecomeWhatTheyStandFor) {
  const Import import = read_samples();
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "aaaa-2", "village"), "Agbowo");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "aaaa-1", "region"), "Oyo");  // by the family
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "aaaa-3", "household"), "ffff-1");
  EXPECT_EQ(cell(import, CanonicalTable::kFamily, "ffff-1", "head_id"), "aaaa-1");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "patient_id"), "aaaa-2");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "cccc-7", "status"), "checked");
  EXPECT_EQ(cell(import, CanonicalTable::kCoverage, "eeee-5", "holder_id"), "aaaa-1");
  EXPECT_EQ(table_lines(import, CanonicalTable::kClaimItem).size(), 2U);
}

TEST(OpenimisTables, OldVersionsAreCountedAndLeftOut) {
  const Import import = read_samples();
  EXPECT_EQ(import.packed_rows(CanonicalTable::kPerson).size(), 3U);
  EXPECT_EQ(import.left_out().at("row of an earlier version (tblInsuree)"), 1U);
}

TEST(OpenimisTables, RolesComeFromTheHeadAndTheRelationship) {
  const Import import = read_samples();
  EXPECT_EQ(table_lines(import, CanonicalTable::kMembership),
            (std::vector<std::string>{"family_id=ffff-1 | member_id=aaaa-1 | role=head",
                                      "family_id=ffff-1 | member_id=aaaa-2 | role=spouse",
                                      "family_id=ffff-1 | member_id=aaaa-3 | role=child"}));
}

Import read_alone(const std::string& insuree, const std::string& family) {
  const TemporaryFolder folder;
  std::vector<std::filesystem::path> files;
  if (!insuree.empty()) files.push_back(folder.write("tblInsuree.csv", insuree));
  if (!family.empty()) files.push_back(folder.write("tblFamilies.csv", family));
  Import import;
  import_openimis_tables(files, import);
  import.finish();
  return import;
}

// A number that only the other table explains is kept as it is, and stands for nobody.
TEST(OpenimisTables, OneTableWithoutTheOtherKeepsItsNumbersAsDetails) {
  const Import people =
      read_alone("InsureeID,CHFID,LastName,FamilyID,InsureeUUID\n7,1,A,3,i-7\n", "");
  EXPECT_TRUE(people.packed_rows(CanonicalTable::kMembership).empty());
  EXPECT_EQ(table_lines(people, CanonicalTable::kDetail),
            std::vector<std::string>{"table=person | record_id=i-7 | name=family_number | value=3 "
                                     "| path=FamilyID"});
  EXPECT_EQ(people.remarks().size(), 1U);
  const Import families = read_alone("", "FamilyID,InsureeID,FamilyType,FamilyUUID\n3,7,H,f-3\n");
  EXPECT_TRUE(families.packed_rows(CanonicalTable::kMembership).empty());
  EXPECT_EQ(cell(families, CanonicalTable::kFamily, "f-3", "head_id"), "");
  EXPECT_EQ(table_lines(families, CanonicalTable::kDetail),
            std::vector<std::string>{"table=family | record_id=f-3 | name=head_number | value=7 | "
                                     "path=InsureeID"});
  EXPECT_EQ(families.remarks().size(), 1U);
}

// Before openIMIS had UUIDs the numbers were the names, whichever file they stand in.
TEST(OpenimisTables, WithoutUuidsNumbersAreNames) {
  const Import people = read_alone("InsureeID,CHFID,LastName,FamilyID\n7,1,A,3\n", "");
  EXPECT_EQ(table_lines(people, CanonicalTable::kMembership),
            std::vector<std::string>{"family_id=3 | member_id=7"});
  const Import families = read_alone("", "FamilyID,InsureeID,FamilyType\n3,7,H\n");
  EXPECT_EQ(table_lines(families, CanonicalTable::kMembership),
            std::vector<std::string>{"family_id=3 | member_id=7 | role=head"});
  EXPECT_TRUE(people.remarks().empty() && families.remarks().empty());
}

TEST(OpenimisTables, AFileThatIsNoTableIsRefused) {
  const TemporaryFolder folder;
  Import import;
  EXPECT_THROW(import_openimis_tables({folder.write("a.csv", "x,y\n1,2\n")}, import), Error);
}

// The live rows of a demo table, by column name.
std::vector<std::map<std::string, std::string>> live_rows(const std::filesystem::path& file) {
  const auto rows = read_test_csv(file);
  std::vector<std::map<std::string, std::string>> out;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::map<std::string, std::string> row;
    for (std::size_t c = 0; c < rows[i].size(); ++c) row[rows[0][c]] = rows[i][c];
    if (row["ValidityTo"].empty()) out.push_back(std::move(row));
  }
  return out;
}

TEST(OpenimisTables, TheDemoGivesItsFamiliesAndHeadsExactly) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  const std::filesystem::path folder = *shared / "interop/openimis/demo_tables";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry);
  Import import;
  import_openimis_tables(files, import);
  import.finish();
  const auto insurees = live_rows(folder / "tblInsuree.csv");
  const auto families = live_rows(folder / "tblFamilies.csv");
  std::map<std::string, std::string> uuid;
  for (const auto& row : insurees) uuid[row.at("InsureeID")] = row.at("InsureeUUID");
  std::map<std::string, std::string> family_uuid;
  for (const auto& row : families) {
    family_uuid[row.at("FamilyID")] = row.at("FamilyUUID");
    EXPECT_EQ(cell(import, CanonicalTable::kFamily, row.at("FamilyUUID"), "head_id"),
              uuid.at(row.at("InsureeID")));
  }
  EXPECT_EQ(import.packed_rows(CanonicalTable::kPerson).size(), insurees.size());
  EXPECT_EQ(import.packed_rows(CanonicalTable::kFamily).size(), families.size());
  std::size_t members = 0;
  for (const auto& row : insurees) {
    const auto family = family_uuid.find(row.at("FamilyID"));
    if (family == family_uuid.end()) continue;
    ++members;
    EXPECT_EQ(cell(import, CanonicalTable::kPerson, row.at("InsureeUUID"), "household"),
              family->second);
    const bool head = row.at("IsHead") == "1";
    EXPECT_EQ(
        cell(import, CanonicalTable::kPerson, row.at("InsureeUUID"), "household_role") == "head",
        head);
  }
  EXPECT_EQ(import.packed_rows(CanonicalTable::kMembership).size(), members);
}

}  // namespace
}  // namespace tessera::test
