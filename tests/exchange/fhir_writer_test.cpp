#include "exchange/fhir_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kFull = R"({"resourceType":"Patient","id":"p1","active":true,
  "identifier":[{"type":{"coding":[{"code":"NI"}]},"system":"urn:nid:x","value":"7\"7",
                 "period":{"start":"2001-05-07"}}],
  "name":[{"use":"official","family":"Okafor","given":["Amina","Bibi"]},
          {"use":"maiden","family":"Diallo"}],
  "telecom":[{"system":"phone","value":"0700"},{"system":"email","value":"a@b.example"}],
  "gender":"female","birthDate":"1988-04-12","deceasedBoolean":false,"multipleBirthInteger":2,
  "maritalStatus":{"coding":[{"code":"M"}]},
  "address":[{"line":["Main road 1"],"city":"Kampala","district":"Central","state":"North",
              "postalCode":"1000","country":"UG"}]})";

Json patient_of(std::string_view message) {
  const Import import = imported(message, read_fhir);
  const std::vector<TableRow> rows = all_rows(import, CanonicalTable::kPerson);
  PatientFacts facts;
  facts.person = &rows.at(0);
  facts.id = std::string(rows.at(0).key());
  for (const TableRow& row : identifiers_of(import, "person", rows.at(0).key())) {
    facts.identifiers.push_back(fhir_identifier(row));
  }
  return Json::parse(write_patient(facts));
}

TEST(FhirWriter, APatientThatIsReadAndWrittenIsReadAsTheSame) {
  const Import once = imported(kFull, read_fhir);
  const Import twice = imported(patient_of(kFull).dump(), read_fhir);
  for (const CanonicalTable table : {CanonicalTable::kPerson, CanonicalTable::kIdentifier}) {
    for (std::size_t c = 0; c < contract(table).columns.size(); ++c) {
      const std::string_view column = contract(table).columns[c].name;
      EXPECT_EQ(once.rows(table).at(0)[c], twice.rows(table).at(0)[c]) << column;
    }
  }
}

TEST(FhirWriter, TypesOfIdentifiersWithoutACodeSurviveAsText) {
  FhirIdentifier uin{"urn:mosip:uin", "123", "uin", {}, {}, {}};
  const Json json = Json::parse(identifier_json(uin));
  EXPECT_EQ(json["type"]["text"], "uin");
  const Import read = imported(
      R"({"resourceType":"Patient","id":"p","identifier":[)" + json.dump() + "]}", read_fhir);
  EXPECT_EQ(cell(read, CanonicalTable::kIdentifier, "p", "type"), "uin");
}

TEST(FhirWriter, WhatIsNoUriIsNoSystem) {
  const Json json = Json::parse(identifier_json({"Ministry of Health", "5", "", {}, {}, {}}));
  EXPECT_FALSE(json.contains("system"));
  EXPECT_EQ(json["assigner"]["display"], "Ministry of Health");
  EXPECT_EQ(identifier_query({"Ministry of Health", "5", "", {}, {}, {}}), "5");
  EXPECT_EQ(identifier_query({"http://a/b", "5|é&", "", {}, {}, {}}), "http://a/b|5%7C%C3%A9%26");
}

TEST(FhirWriter, WhatR4DoesNotTakeIsLeftOut) {
  const Json json = patient_of(
      R"({"resourceType":"Patient","id":"no_id!","name":[{"family":"A"}],"birthDate":"about 1990",
          "maritalStatus":{"coding":[{"code":"UNK"}]}})");
  EXPECT_FALSE(json.contains("id"));
  EXPECT_FALSE(json.contains("birthDate"));
  EXPECT_FALSE(json.contains("maritalStatus"));
  EXPECT_FALSE(json.contains("telecom"));
}

TEST(FhirWriter, DatesAreYearsMonthsOrDays) {
  for (const char* good : {"1990", "1990-04", "1990-04-05"})
    EXPECT_TRUE(is_fhir_date(good)) << good;
  for (const char* bad : {"", "199", "1990-", "1990-4", "1990-04-0", "1990-XX-05", "90-04-05x"}) {
    EXPECT_FALSE(is_fhir_date(bad)) << bad;
  }
}

TEST(FhirWriter, IdsAreThoseOfTheStandard) {
  EXPECT_TRUE(is_fhir_id("Patient-1.2"));
  EXPECT_FALSE(is_fhir_id(""));
  EXPECT_FALSE(is_fhir_id("a_b"));
  EXPECT_FALSE(is_fhir_id(std::string(65, 'a')));
}

TEST(FhirWriter, AGroupHasItsMembersAndOpenimisExtensions) {
  const Import import = imported(
      R"({"resourceType":"Group","id":"g","name":"Okafor","extension":[
          {"url":"http://x/group-poverty-status","valueBoolean":true},
          {"url":"http://x/group-address","valueAddress":{"city":"Kampala"}}]})",
      read_fhir);
  const std::vector<TableRow> rows = all_rows(import, CanonicalTable::kFamily);
  GroupFacts facts;
  facts.name = "Okafor";
  facts.family = &rows.at(0);
  facts.members = {{"Patient/a", "A"}, {"Patient/b"}};
  const Json json = Json::parse(write_group(facts));
  EXPECT_EQ(json["quantity"], 2);
  EXPECT_EQ(json["actual"], true);
  EXPECT_EQ(json["type"], "person");
  EXPECT_EQ(json["member"][0]["entity"]["display"], "A");
  EXPECT_EQ(json["member"][1]["entity"]["reference"], "Patient/b");
  EXPECT_EQ(json["extension"][0]["valueAddress"]["city"], "Kampala");
  EXPECT_EQ(json["extension"][1]["valueBoolean"], true);
}

TEST(FhirWriter, ABundleIsJsonWithItsRequests) {
  const Json json = Json::parse(write_bundle("transaction", "b1", "2026-11-25T09:30:00Z",
                                             {{.resource = R"({"resourceType":"Patient"})",
                                               .full_url = "urn:uuid:1",
                                               .method = "POST",
                                               .url = "Patient",
                                               .if_none_exist = "identifier=a|b"},
                                              {.resource = "{}"}}));
  EXPECT_EQ(json["type"], "transaction");
  EXPECT_EQ(json["entry"][0]["request"]["ifNoneExist"], "identifier=a|b");
  EXPECT_FALSE(json["entry"][1].contains("request"));
  EXPECT_FALSE(Json::parse(write_bundle("batch", "", "", {})).contains("entry"));
}

TEST(FhirWriter, ADerivedUuidIsTheNamesAlone) {
  const std::string uuid = derived_uuid("a");
  EXPECT_EQ(uuid, derived_uuid("a"));
  EXPECT_NE(uuid, derived_uuid("b"));
  EXPECT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[14], '8');  // the version
  EXPECT_THAT(std::string("89ab"), HasSubstr(std::string(1, uuid[19])));
}

}  // namespace
}  // namespace tessera::test
