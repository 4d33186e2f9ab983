#include "exchange/record.hpp"

#include <gtest/gtest.h>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(Record, TheFirstValueStandsAndTheOthersAreDetails) {
  Import import;
  Node message = json(R"({"tel": ["1", "2", "1", ""], "given": ["Ann", "Lee"], "more": "x"})");
  Record row(import, CanonicalTable::kPerson, "p1");
  const FieldMap fields[] = {{"phone", "tel"},
                             {"given_name", "given", " "},
                             {"+note", "more"},
                             {"+again", "more", {}, true}};
  row.take(message, fields);
  row.add();
  import.finish();
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson),
            std::vector<std::string>{"record_id=p1 | given_name=Ann Lee | phone=1"});
  EXPECT_EQ(
      table_lines(import, CanonicalTable::kDetail),
      (std::vector<std::string>{"table=person | record_id=p1 | name=note | value=x | path=more",
                                "table=person | record_id=p1 | name=phone | value=2 | path=tel"}));
  EXPECT_TRUE(paths_of(message, Node::Use::kNone).empty());
}

TEST(Record, WhatIsPutRightIsKeptAsItWas) {
  Import import;
  import.begin_file("a.json");
  Record row(import, CanonicalTable::kPerson, "p1");
  row.set("birth_date", "01/02/1990", "dob");
  row.set("sex", "pumpkin", "gender");
  row.add();
  import.finish();
  EXPECT_EQ(import.raw_lines(),
            (std::vector<std::string>{
                "person,p1,birth_date,1990-02-01,01/02/1990,written anew,dob,a.json",
                "person,p1,sex,,pumpkin,not readable,gender,a.json"}));
  EXPECT_EQ(import.repairs()[static_cast<std::size_t>(Repair::kNotReadable)], 1U);
}

TEST(Record, ARecordThatIsNotAddedLeavesNothing) {
  Import import;
  Record row(import, CanonicalTable::kPerson, "p1");
  row.set("sex", "F", "gender");
  import.finish();
  EXPECT_TRUE(import.raw_lines().empty());
  EXPECT_TRUE(import.packed_rows(CanonicalTable::kPerson).empty());
}

TEST(Record, AnIdentifierFillsThePersonsColumnOnce) {
  Import import;
  Record row(import, CanonicalTable::kPerson, "p1");
  for (const auto& [code, value] : {std::pair<const char*, const char*>{"UIN", "U-1"},
                                    {"NID", "N-1"},
                                    {"Token ID", "T-1"},
                                    {"CHFID", "C-1"},
                                    {"NID", ""}}) {
    IdentifierFacts facts;
    facts.owner_id = "p1";
    facts.code = code;
    facts.value = value;
    add_identifier(import, facts, &row);
  }
  row.add();
  import.finish();
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson),
            std::vector<std::string>{"record_id=p1 | national_id=U-1 | insurance_id=C-1"});
  EXPECT_EQ(import.packed_rows(CanonicalTable::kIdentifier).size(), 4U);
}

TEST(Record, APartnersTokenIsInNoColumnThatIsLinkedOn) {
  Import import;
  Record row(import, CanonicalTable::kPerson, "p1");
  for (const char* code : {"psut", "vid-temporary", "rid"}) {
    IdentifierFacts facts;
    facts.owner_id = "p1";
    facts.code = code;
    facts.value = "123";
    add_identifier(import, facts, &row);
  }
  row.add();
  import.finish();
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson), std::vector<std::string>{"record_id=p1"});
  for (const std::string& line : table_lines(import, CanonicalTable::kIdentifier)) {
    EXPECT_NE(line.find("may_key_a_link=false"), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace tessera::test
