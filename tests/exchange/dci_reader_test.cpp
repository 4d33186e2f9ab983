#include "exchange/dci_reader.hpp"

#include <gtest/gtest.h>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(DciReader, FourDialectsOfAPersonAreOne) {
  const char* const kDialects[] = {
      R"({"identifier": [{"identifier_type": "UIN", "identifier_value": "1"}], "sex": "female",
          "name": {"surname": "Tran", "given_name": "Linh"}, "birth_date": "1995-09-21T11:20:00"})",
      R"({"identifier": [{"identifier_type": "UIN", "identifier_value": "1"}], "sex": "F",
          "name": [{"surname": "Tran", "given_name": "Linh"}], "birth_date": "1995-09-21"})",
      R"({"person": {"identifier": {"identifier_type": "UIN", "identifier_value": "1"}, "sex": "2",
          "name": {"surname": "Tran", "first_name": "Linh"},
          "birth_date": "1995-09-21T00:00:00Z"}})",
      R"({"member": {"demographic_info": {"person": {"identifier": [{"identifier_type": "UIN",
          "identifier_value": "1"}], "sex": "Female", "name": [{"surname": "Tran",
          "first_name": "Linh"}], "birth_date": "1995-09-21"}}}})"};
  for (const char* dialect : kDialects) {
    EXPECT_EQ(table_lines(imported(dialect, read_dci), CanonicalTable::kPerson),
              std::vector<std::string>{"record_id=UIN-1 | given_name=Linh | family_name=Tran | "
                                       "birth_date=1995-09-21 | sex=female | national_id=1"})
        << dialect;
  }
}

TEST(DciReader, AGroupIsAFamilyWithItsHeadAndMembers) {
  const Import import = imported(
      R"({"group_identifier": [{"identifier_type": "HHID", "identifier_value": "H"}],
          "group_head_info": {"person": {"identifier": [{"identifier_type": "NID",
            "identifier_value": "1"}], "name": {"surname": "A"}}},
          "member_list": [{"household_member": {"member_identifier": [{"identifier_type": "NID",
            "identifier_value": "2"}], "demographic_info": {"person": {"name": {"surname": "B"}}},
            "relationship_head": "SONC"}}]})",
      read_dci);
  EXPECT_EQ(cell(import, CanonicalTable::kFamily, "HHID-H", "head_id"), "NID-1");
  EXPECT_EQ(table_lines(import, CanonicalTable::kMembership),
            (std::vector<std::string>{"family_id=HHID-H | member_id=NID-1 | role=head",
                                      "family_id=HHID-H | member_id=NID-2 | role=child"}));
}

// A group's answer may name its members by their numbers alone. They are no records: loaded as such
// they would empty those that an earlier answer brought.
TEST(DciReader, AMemberByANumberAloneIsAMembershipAndNoPerson) {
  const Import import = imported(
      R"({"group_identifier": [{"identifier_type": "HHID", "identifier_value": "H"}],
          "member_list": [{"member_identifier": [{"identifier_type": "UIN",
            "identifier_value": "1"}], "relationship_head": "SONC"},
           {"member_identifier": [{"identifier_type": "UIN", "identifier_value": "2"}],
            "demographic_info": {"name": {"surname": "B"}}}]})",
      read_dci);
  EXPECT_EQ(table_lines(import, CanonicalTable::kMembership),
            (std::vector<std::string>{"family_id=HHID-H | member_id=UIN-1 | role=child",
                                      "family_id=HHID-H | member_id=UIN-2"}));
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson).size(), 1U);
  EXPECT_EQ(import.remarks().size(), 1U);
}

TEST(DciReader, AParentIsRelatedByIdentifierWhetherSeenOrNot) {
  const Import import = imported(
      R"({"reg_records": [{"identifier": [{"identifier_type": "UIN", "identifier_value": "1"}],
            "parent1_identifier": {"identifier_type": "UIN", "identifier_value": "2"},
            "parent2_identifier": {"identifier_type": "UIN", "identifier_value": "3"}},
          {"identifier": [{"identifier_type": "UIN", "identifier_value": "2"}]}]})",
      read_dci);
  const auto relations = table_lines(import, CanonicalTable::kRelation);
  ASSERT_EQ(relations.size(), 2U);
  EXPECT_NE(relations[0].find("related_identifier=3"), std::string::npos);
  EXPECT_EQ(relations[0].find("related_id="), std::string::npos);
  EXPECT_NE(relations[1].find("related_id=UIN-2"), std::string::npos);
}

TEST(DciReader, AMessageWithoutRecordsIsCountedAndAPersonWithoutANumberRejected) {
  EXPECT_EQ(imported(R"({"header": {}, "message": {}})", read_dci).left_out().size(), 1U);
  EXPECT_EQ(imported(R"({"name": {"surname": "A"}})", read_dci).rejects().size(), 1U);
  EXPECT_EQ(imported("3", read_dci).rejects().size(), 1U);
}

}  // namespace
}  // namespace tessera::test
