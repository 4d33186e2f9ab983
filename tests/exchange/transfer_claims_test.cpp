#include "exchange/transfer_claims.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/formats.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

constexpr const char* kPeople = R"({"resourceType":"Patient","id":"a","name":[{"family":"A"}]})"
                                "\n"
                                R"({"resourceType":"Patient","id":"b","name":[{"family":"B"}]})"
                                "\n";

std::string claim(const std::string& id, const std::string& patient,
                  const std::string& total = "10.50") {
  return R"({"resourceType":"Claim","id":")" + id + R"(","patient":{"reference":"Patient/)" +
         patient + R"("},"total":{"value":)" + total + R"(,"currency":"USD"}})" + "\n";
}

ClaimsOf claims_of_a(const std::string& messages) {
  const TemporaryFolder folder;
  FlowSource source;
  source.name = "openimis";
  source.format = "fhir";
  source.files = {folder.write("all.ndjson", kPeople + messages)};
  source.tables = import_files("fhir", source.files);
  return claims_of(source, {"a"})["a"];
}

TEST(TransferClaims, AreAllOfThePersonAndNobodyElses) {
  const ClaimsOf of =
      claims_of_a(claim("2", "a", "0.1") + claim("1", "a", "0.2") + claim("3", "b") +
                  R"({"resourceType":"ClaimResponse","id":"r","patient":{"reference":"Patient/a"},)"
                  R"("request":{"reference":"Claim/1"}})"
                  "\n"
                  R"({"resourceType":"ClaimResponse","id":"s","patient":{"reference":"Patient/a"},)"
                  R"("request":{"reference":"Claim/9"}})"
                  "\n");
  EXPECT_EQ(of.fault, "");
  ASSERT_EQ(of.claims.size(), 4U);
  EXPECT_EQ(of.claims[0].id, "1");
  EXPECT_EQ(of.claims[2].request, "1");
  EXPECT_EQ(of.claims[3].request, "") << "a claim that does not move is led to as before";
  const ClaimTotals::Line& line = of.totals.lines.at({"Claim", "USD"});
  EXPECT_EQ(line.count, 2U);
  EXPECT_EQ(line.sum.text(), "0.3");
}

TEST(TransferClaims, ADocumentTwiceIsOneClaimAndTwoOfOneIdAreAFault) {
  EXPECT_EQ(claims_of_a(claim("1", "a") + claim("1", "a")).claims.size(), 1U);
  EXPECT_THAT(claims_of_a(claim("1", "a") + claim("1", "a", "11")).fault, HasSubstr("one id"));
  EXPECT_EQ(claims_of_a(claim("1", "a") + claim("1", "b")).fault, "");
}

TEST(TransferClaims, WhatCannotBeSentIsAFault) {
  EXPECT_THAT(claims_of_a(claim("1", "a", "1e2")).fault, HasSubstr("summed"));
  EXPECT_THAT(claims_of_a(R"({"resourceType":"Claim","id":"1","patient":{"reference":)"
                          R"("Patient/a","identifier":{"value":"b"}}})"
                          "\n")
                  .fault,
              HasSubstr("another patient"));
  EXPECT_THAT(claims_of_a(R"({"resourceType":"Claim","patient":{"reference":"Patient/a"}})"
                          "\n")
                  .fault,
              HasSubstr("names it"));
}

TEST(TransferClaims, AreReadAnewFromTheTransaction) {
  const auto totals =
      sent_totals(R"({"entry":[{"resource":{"resourceType":"Patient"}},{"resource":)" +
                  claim("1", "x", "4") + R"(},{"resource":)" + claim("2", "y", "5") + "}]}");
  ASSERT_EQ(totals.size(), 2U);
  EXPECT_EQ(totals.at("Patient/x").lines.at({"Claim", "USD"}).sum.text(), "4");
  EXPECT_TRUE(
      sent_totals(R"({"entry":[{"resource":)" + claim("1", "x", "\"?\"") + "}]}").contains(""));
}

}  // namespace
}  // namespace tessera::test
