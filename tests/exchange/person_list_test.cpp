#include "exchange/person_list.hpp"

#include <gtest/gtest.h>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(PersonList, ColumnsAreKnownByManyNames) {
  const Import import = imported(
      R"({"Registrant ID": "r1", "Nombre": "Ana", "Apellidos": "Diaz", "fecha de nacimiento":
          "03/04/1990", "Sexo": "F", "NIN": "77", "Shoe size": "38"})",
      read_list_document);
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson),
            std::vector<std::string>{"record_id=r1 | given_name=Ana | family_name=Diaz | "
                                     "birth_date=1990-04-03 | sex=female | national_id=77"});
  EXPECT_EQ(table_lines(import, CanonicalTable::kDetail).front(),
            "table=person | record_id=r1 | name=Shoe size | value=38 | path=Shoe size");
}

TEST(PersonList, ARowWithoutAnIdIsNamedByItsContentInAnyOrderOfColumns) {
  const Import one = imported(R"({"first_name": "A", "last_name": "B"})", read_list_document);
  const Import two = imported(R"({"last_name": "B", "first_name": "A"})", read_list_document);
  const Import other = imported(R"({"last_name": "B", "first_name": "C"})", read_list_document);
  const std::string id = one.rows(CanonicalTable::kPerson).front().front();
  EXPECT_TRUE(id.starts_with("row-"));
  EXPECT_EQ(two.rows(CanonicalTable::kPerson).front().front(), id);
  EXPECT_NE(other.rows(CanonicalTable::kPerson).front().front(), id);
}

TEST(PersonList, PeopleAreFoundInEnvelopes) {
  const Import import = imported(
      R"({"date": "2024-01-01", "databases": [{"id": 1, "name": "MCTS"}],
          "registries": {"name": "R", "records": [{"id": "1", "FirstName": "A"},
                                                  {"id": "2", "FirstName": "B"}, null]}})",
      read_list_document);
  EXPECT_EQ(import.packed_rows(CanonicalTable::kPerson).size(), 2U);
  EXPECT_TRUE(import.rejects().empty());
}

TEST(PersonList, AVidNamesARowOnlyIfItLasts) {
  const Import lasting = imported(
      R"({"vid": "7000000001", "vid_type": "PERPETUAL", "first_name": "A"})", read_list_document);
  EXPECT_EQ(cell(lasting, CanonicalTable::kPerson, "7000000001", "national_id"), "7000000001");
  for (const char* type : {"Temporary", ""}) {
    const Import other = imported(
        std::string(R"({"vid": "7000000002", "vid_type": ")") + type + R"(", "first_name": "A"})",
        read_list_document);
    const std::string id = other.rows(CanonicalTable::kPerson).front().front();
    EXPECT_TRUE(id.starts_with("row-")) << type;
    EXPECT_EQ(cell(other, CanonicalTable::kPerson, id, "national_id"), "") << type;
    EXPECT_EQ(cell(other, CanonicalTable::kIdentifier, id, "may_key_a_link"), "false") << type;
  }
}

TEST(PersonList, WhatHoldsNobodyIsRejected) {
  EXPECT_EQ(
      imported(R"({"name": "registry", "version": "1"})", read_list_document).rejects().size(), 1U);
  EXPECT_EQ(imported("[5]", read_list_document).rejects().size(), 1U);
}

TEST(PersonList, AGroupIsAFamilyWithItsRoles) {
  Import import;
  for (const char* text :
       {R"({"ID": "1", "first_name": "A", "group_code": "G", "individual_role": "HEAD"})",
        R"({"ID": "2", "first_name": "B", "group_code": "G", "individual_role": "SON"})"}) {
    Node row = json(text);
    read_list_row(row, import);
  }
  import.finish();
  EXPECT_EQ(cell(import, CanonicalTable::kFamily, "G", "head_id"), "1");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "2", "household_role"), "child");
}

}  // namespace
}  // namespace tessera::test
