#include "exchange/opencrvs_bundle.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "exchange/crvs_event.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

std::string birth() {
  std::ifstream file("tests/exchange/samples/opencrvs/birth_v1.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(OpencrvsBundle, ABirthHasItsChildMotherAndPlace) {
  const Import import = imported(birth(), read_opencrvs_bundle);
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "ev-1", "type"), "birth");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "ev-1", "record_id"), "ch-1");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "ev-1", "date"), "2024-10-28");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "ev-1", "place"), "Ibombo Health Post");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "ev-1", "status"), "registered");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "ch-1", "mother_name"), "Ama Mensah");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "ch-1", "mother_national_id"), "1110009998");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "ch-1", "birth_registration"), "2024BABC123");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "mo-1", "district"), "Ibombo");
}

TEST(OpencrvsBundle, AParentWhoDoesNotApplyIsNoPerson) {
  const Import import = imported(birth(), read_opencrvs_bundle);
  EXPECT_EQ(import.packed_rows(CanonicalTable::kPerson).size(), 2U);
  EXPECT_EQ(import.left_out().at("person who does not apply (no name, no identifier)"), 1U);
  EXPECT_EQ(import.remarks().at("section that refers to what the bundle does not hold"), 1U);
}

TEST(OpencrvsBundle, WithoutACompositionOrASubjectItIsRejected) {
  EXPECT_EQ(imported(R"({"entry": [{"resource": {"resourceType": "Task"}}]})", read_opencrvs_bundle)
                .rejects()
                .size(),
            1U);
  EXPECT_EQ(imported(R"({"entry": [{"resource": {"resourceType": "Composition", "id": "1"}}]})",
                     read_opencrvs_bundle)
                .rejects()
                .size(),
            1U);
}

TEST(OpencrvsBundle, AnEventsTypeIsKnownHoweverItIsWritten) {
  EXPECT_EQ(crvs_type("birth-declaration"), "birth");
  EXPECT_EQ(crvs_type("DEATH"), "death");
  EXPECT_EQ(crvs_type("v2.marriage"), "marriage");
  EXPECT_EQ(crvs_type("Adoption"), "adoption");
}

TEST(OpencrvsBundle, AMarriageRelatesBothAndNamesBoth) {
  Import import;
  CrvsEvent event;
  event.id = "m";
  event.type = "marriage";
  event.registration_number = "M-1";
  event.people = {{"bride", "b"}, {"groom", "g"}};
  add_crvs_event(event, import, nullptr);
  import.finish();
  EXPECT_EQ(table_lines(import, CanonicalTable::kRelation),
            std::vector<std::string>{"record_id=b | relation=spouse | related_id=g"});
  EXPECT_EQ(import.packed_rows(CanonicalTable::kIdentifier).size(), 2U);
  EXPECT_EQ(cell(import, CanonicalTable::kIdentifier, "g", "type"), "marriage_registration");
}

}  // namespace
}  // namespace tessera::test
