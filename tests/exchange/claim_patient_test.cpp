#include "exchange/claim_patient.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "exchange/json_tree.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

ClaimPatient patient_of(const std::string& patient) {
  static const Import import =
      imported(R"([{"resourceType":"Patient","id":"a","name":[{"family":"A"}],
                    "identifier":[{"system":"http://x/id","value":"77"}]},
                   {"resourceType":"Patient","id":"b","name":[{"family":"B"}]}])",
               read_fhir);
  Node claim;
  parse_json(R"({"resourceType":"Claim","patient":)" + patient + "}", claim);
  return SenderPatients(import).patient_of(claim, *about_patient("Claim"));
}

TEST(ClaimPatientOf, IsFoundByReferenceOrIdentifier) {
  EXPECT_EQ(patient_of(R"({"reference":"Patient/a"})").record, "a");
  EXPECT_EQ(patient_of(R"({"identifier":{"system":"http://x/id","value":"77"}})").record, "a");
  EXPECT_EQ(patient_of(R"({"identifier":{"value":"urn:uuid:b"}})").record, "b");
  EXPECT_NE(patient_of(R"({"reference":"Patient/c"})").fault, "");
  EXPECT_NE(patient_of("{}").fault, "");
}

TEST(ClaimPatientOf, TwoPatientsAreAFaultOfBoth) {
  const ClaimPatient two = patient_of(R"({"reference":"Patient/a","identifier":{"value":"b"}})");
  EXPECT_NE(two.fault, "");
  EXPECT_EQ(two.named, (std::vector<std::string>{"a", "b"}));
}

TEST(WithPatient, ChangesWhoItIsAboutAndNothingElse) {
  const std::string text =
      R"({"patient": {"reference":"Patient/a", "display":"\u00c9"},  "total":{"value":10.50}})";
  EXPECT_EQ(
      with_patient(text, "patient", "Patient/i", "i"),
      R"({"patient": {"reference":"Patient/i", "display":"\u00c9"},  "total":{"value":10.50}})");
  EXPECT_EQ(with_patient(R"({"patient":{"reference":"Patient/a","identifier":{"value":"a"}}})",
                         "patient", "urn:uuid:1", ""),
            R"({"patient":{"reference":"urn:uuid:1"}})")
      << "no number of the sender's";
  EXPECT_EQ(with_patient(R"({"patient":{"display":"A"}})", "patient", "Patient/i", "i"), "");
  EXPECT_EQ(with_patient(R"({"total":1})", "patient", "Patient/i", "i"), "");
}

TEST(AboutPatientTable, KnowsWhoIsAboutAPatient) {
  EXPECT_EQ(about_patient("ServiceRequest")->member, "subject");
  EXPECT_EQ(about_patient("Coverage"), nullptr);
  EXPECT_EQ(on_one_line("{\n\"a\":1\r\n}"), "{\"a\":1}");
}

}  // namespace
}  // namespace tessera::test
