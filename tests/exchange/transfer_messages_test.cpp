#include "exchange/transfer_messages.hpp"

#include <gtest/gtest.h>

namespace tessera::test {
namespace {

constexpr const char* kAnswer =
    R"({"resourceType":"ClaimResponse", "patient":{"reference":"Patient/a"},)"
    R"( "request" : {"reference":"Claim/1"}, "payment":{"amount":{"value":10.50}}})";

FhirIdentifier mark() {
  FhirIdentifier identifier;
  identifier.system = "urn:x";
  identifier.value = "1";
  return identifier;
}

TEST(MovedClaim, KeepsEveryByteButWhoItIsAboutAndWhatItAnswers) {
  const SentClaim answer{"ClaimResponse", "patient", "r", "1", kAnswer};
  EXPECT_EQ(moved_claim(answer, "Patient/i", "i", mark(), "urn:uuid:2"),
            R"({"resourceType":"ClaimResponse", "patient":{"reference":"Patient/i"},)"
            R"( "request" : {"reference":"urn:uuid:2"}, "payment":{"amount":{"value":10.50}},)"
            R"("identifier":[{"system":"urn:x","value":"1"}]})");
}

TEST(MovedClaim, LeadsOnToAClaimThatDoesNotMove) {
  const SentClaim answer{"ClaimResponse", "patient", "r", "", kAnswer};
  EXPECT_NE(moved_claim(answer, "Patient/i", "i", mark(), "urn:uuid:2").find("Claim/1"),
            std::string::npos);
}

TEST(MovedClaim, IsEmptyWhereNothingLeadsToThePatient) {
  const SentClaim claim{"Claim", "patient", "1", "", R"({"resourceType":"Claim"})"};
  EXPECT_EQ(moved_claim(claim, "Patient/i", "i", mark(), ""), "");
}

}  // namespace
}  // namespace tessera::test
