// FHIR's readers together: people, families, insurance, and the shapes that messages have.
#include "exchange/fhir_reader.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_parts.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(FhirReader, AReferenceLeadsToItsId) {
  for (const char* reference : {"Patient/12", "Patient/12/_history/3",
                                "https://x.example/fhir/Patient/12", "urn:uuid:12", "12"}) {
    EXPECT_EQ(reference_id(reference), "12") << reference;
  }
}

TEST(FhirReader, AResourceIsNamedByIdThenUuidThenCodeThenIdentifier) {
  Node by_id = json(R"({"id": "a", "identifier": [{"value": "b"}]})");
  EXPECT_EQ(resource_id(by_id), "a");
  Node by_uuid = json(R"({"identifier": [{"type": {"coding": [{"code": "Code"}]}, "value": "c"},
                          {"type": {"coding": [{"code": "UUID"}]}, "value": "u"}]})");
  EXPECT_EQ(resource_id(by_uuid), "u");
  Node by_authority = json(R"({"identifier": [{"system": "http://x.org/openmrs", "value": "7"}]})");
  EXPECT_EQ(resource_id(by_authority), "openmrs|7");
  Node by_none = json(R"({"name": [{"family": "x"}], "identifier": [{"value": ""}]})");
  EXPECT_EQ(resource_id(by_none), "");
}

TEST(FhirReader, TheOfficialNameStandsAndTheOthersAreKept) {
  const Import import = imported(
      R"({"resourceType": "Patient", "id": "p", "name": [{"use": "old", "family": "First"},
          {"use": "official", "family": "Second", "given": ["A", "B"]},
          {"use": "maiden", "family": "Third"}]})",
      read_fhir);
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "p", "family_name"), "Second");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "p", "given_name"), "A B");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "p", "birth_name"), "Third");
  EXPECT_NE(table_lines(import, CanonicalTable::kDetail).front().find("First"), std::string::npos);
}

TEST(FhirReader, ABundleInABundleIsReadAndAFullUrlNamesItsResource) {
  const Import import = imported(
      R"({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle", "entry":
          [{"fullUrl": "urn:uuid:z1", "resource": {"resourceType": "Patient",
            "name": {"family": "Solo"}, "gender": "male"}}]}}]})",
      read_fhir);
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "z1", "family_name"), "Solo");
}

TEST(FhirReader, APatientWhomAnEntryDeletesIsAnEvent) {
  const Import import = imported(
      R"({"resourceType": "Bundle", "type": "history", "entry": [
          {"fullUrl": "http://x/Patient/p", "request": {"method": "DELETE", "url": "Patient/p"},
           "response": {"status": "204", "lastModified": "2026-03-04T05:06:07Z"}},
          {"request": {"method": "DELETE", "url": "Patient?identifier=7"}},
          {"request": {"method": "DELETE", "url": "Organization/o"}},
          {"fullUrl": "http://x/Patient/q"}]})",
      read_fhir);
  EXPECT_TRUE(import.packed_rows(CanonicalTable::kPerson).empty());
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "delete-p", "type"), "deletion");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "delete-p", "record_id"), "p");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "delete-p", "date"), "2026-03-04");
  EXPECT_EQ(import.left_out().at("entry that deletes"), 2U);
  EXPECT_EQ(import.left_out().at("entry without a resource"), 1U);
  EXPECT_EQ(import.remarks().size(), 1U);
}

TEST(FhirReader, AGoldenRecordIsNoPersonButItsLinksAre) {
  const Import import = imported(
      R"({"resourceType": "Patient", "id": "g", "meta": {"lastUpdated": "2020-09-16T18:44:38Z"},
          "link": [{"type": "seealso", "other": {"reference": "Patient/p"}}]})",
      read_fhir);
  EXPECT_TRUE(import.packed_rows(CanonicalTable::kPerson).empty());
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "g", "related_id"), "p");
  EXPECT_EQ(import.left_out().size(), 1U);
}

TEST(FhirReader, AMergeIsARelationAndAnEvent) {
  const Import import = imported(
      R"({"resourceType": "Patient", "id": "a", "active": false, "identifier": [{"value": "1"}],
          "link": [{"type": "replaced-by", "other": {"reference": "Patient/b"}}]})",
      read_fhir);
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "a", "relation"), "replaced_by");
  EXPECT_EQ(cell(import, CanonicalTable::kEvent, "a:merge:b", "other_id"), "b");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "a", "active"), "false");
}

// What a Group says of how many it has: openIMIS sends `quantity`, others do not.
TEST(FhirReader, AGroupThatListsItsMembersSaysHowManyItHas) {
  const auto size_of = [](const std::string& rest) {
    return cell(imported(R"({"resourceType": "Group", "id": "g", )" + rest + "}", read_fhir),
                CanonicalTable::kFamily, "g", "size");
  };
  const std::string two = R"("member": [{"entity": {"reference": "Patient/a"}},
                                        {"entity": {"reference": "Patient/b"}}])";
  const std::string one_left = R"("member": [{"entity": {"reference": "Patient/a"}},
      {"entity": {"reference": "Patient/b"}, "inactive": true},
      {"entity": {"reference": "Patient/c"}, "period": {"end": "2026-01-31"}}])";
  EXPECT_EQ(size_of(two), "2");
  EXPECT_EQ(size_of(R"("quantity": 2, )" + two), "2");
  EXPECT_EQ(size_of(R"("quantity": 5, )" + two), "5");  // not all are listed
  EXPECT_EQ(size_of(R"("meta": {"tag": [{"code": "SUBSETTED"}]}, )" + two), "");
  EXPECT_EQ(size_of(R"("name": "Rai")"), "");
  EXPECT_EQ(size_of(one_left), "1");
  EXPECT_EQ(size_of(R"("quantity": 3, )" + one_left), "1");
}

TEST(FhirReader, WhoLeftAGroupIsToldOrCounted) {
  const Import import = imported(
      R"({"resourceType": "Group", "id": "g", "member": [
          {"entity": {"reference": "Patient/a"}, "period": {"start": "2020-02-01"}},
          {"entity": {"reference": "Patient/b"}, "inactive": true},
          {"entity": {"reference": "Patient/c"}, "period": {"end": "2026-01-31"}}]})",
      read_fhir);
  EXPECT_EQ(table_lines(import, CanonicalTable::kMembership),
            (std::vector<std::string>{"family_id=g | member_id=a | start=2020-02-01",
                                      "family_id=g | member_id=c | end=2026-01-31"}));
  EXPECT_EQ(import.left_out().at("member of a Group who is inactive"), 1U);
}

TEST(FhirReader, AClaimKeepsItsLinesDiagnosesAndSums) {
  const Import import = imported(
      R"({"resourceType": "Claim", "id": "c", "type": {"coding": [{"code": "R"}]},
          "patient": {"reference": "Patient/p"}, "provider": {"reference": "Organization/h"},
          "diagnosis": [{"diagnosisCodeableConcept": {"coding": [{"code": "A00"}]}},
                        {"diagnosisCodeableConcept": {"coding": [{"code": "B01"}]}}],
          "item": [{"productOrService": {"text": "X"}, "quantity": {"value": 2},
                    "unitPrice": {"value": 1.50, "currency": "EUR"}},
                   {"productOrService": {"text": "Y"}}], "total": {"value": 3.00}})",
      read_fhir);
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "c", "total"), "3.00");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "c", "diagnosis"), "A00");
  EXPECT_EQ(table_lines(import, CanonicalTable::kClaimItem).size(), 2U);
  EXPECT_NE(table_lines(import, CanonicalTable::kDetail).front().find("value=B01"),
            std::string::npos);
  EXPECT_EQ(cell(import, CanonicalTable::kReferral, "c", "to_facility"), "h");
}

TEST(FhirReader, WhatIsNoResourceIsRejectedAndWhatHasNoTableCounted) {
  EXPECT_EQ(imported("{\"a\": 1}", read_fhir).rejects().size(), 1U);
  EXPECT_EQ(imported("[1, \"x\", null]", read_fhir).rejects().size(), 3U);
  EXPECT_EQ(imported(R"({"resourceType": "Device"})", read_fhir).left_out().size(), 1U);
  EXPECT_EQ(imported(R"({"resourceType": "Patient", "name": 5})", read_fhir).rejects().size(), 1U);
}

}  // namespace
}  // namespace tessera::test
