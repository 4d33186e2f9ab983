#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "exchange/fhir_reader.hpp"
#include "exchange/flows.hpp"
#include "exchange/formats.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

constexpr const char* kClients = R"({"resourceType":"Patient","id":"a","name":[{"family":"A"}]})"
                                 "\n"
                                 R"({"resourceType":"Patient","id":"b","name":[{"family":"B"}]})"
                                 "\n";

// Blanks, the order of members, 10.50 and an escape are the sender's own.
std::string claim(const std::string& id, const std::string& patient, const std::string& more = "") {
  return R"({"resourceType": "Claim",  "total":{"value":10.50}, "id":")" + id +
         R"(", "patient" : {"display":"\u00c9", "reference":"Patient/)" + patient + "\"" + more +
         R"(} ,"item":[{"sequence":1,"quantity":{"value":2.0}}]})";
}

class ClaimsFlow : public testing::Test {
 protected:
  ClaimsFlow() {
    world.say("openimis",
              R"([{"resourceType":"Patient","id":"i","name":[{"family":"I"}]},
                  {"resourceType":"Patient","id":"j","name":[{"family":"J"}]}])",
              read_fhir);
  }
  // The sender's file is read as the command reads it.
  FlowResult run(const std::string& messages) {
    file = folder.write("claims.ndjson", kClients + messages);
    world.say("client",
              "[{\"resourceType\":\"Patient\",\"id\":\"a\",\"name\":[{\"family\":\"A\"}]},"
              "{\"resourceType\":\"Patient\",\"id\":\"b\",\"name\":[{\"family\":\"B\"}]}]",
              read_fhir);
    if (linked) world.same("client:a", "openimis:i");
    world.apply();
    if (doubtful) world.doubt("client:a", "openimis:j");
    FlowInput input = world.input("client", "openimis");
    std::vector<FlowSource> sources(input.sources.begin(), input.sources.end());
    for (FlowSource& source : sources) {
      if (source.name != "client") continue;
      source.format = format;
      source.files = {file};
      source.tables = import_files("fhir", source.files);
    }
    input.sources = sources;
    return claims(input);
  }
  static std::vector<std::string> out(const FlowResult& result) {
    return lines_of_text(result.files.at("claims.ndjson"));
  }
  FlowWorld world;
  TemporaryFolder folder;
  std::filesystem::path file;
  std::string format = "fhir";
  bool linked = true;
  bool doubtful = false;
};

TEST_F(ClaimsFlow, EveryByteStaysButThePatient) {
  const std::vector<std::string> lines = out(run(claim("c1", "a") + "\n"));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0], claim("c1", "i"));
}

TEST_F(ClaimsFlow, AForeignIdentifierOfThePatientGoesWithTheReference) {
  const std::vector<std::string> lines = out(
      run(claim("c1", "a", R"(, "identifier": {"system":"http://client/id","value":"a"})") + "\n"));
  ASSERT_EQ(lines.size(), 1U);
  const Json patient = Json::parse(lines[0])["patient"];
  EXPECT_EQ(patient["reference"], "Patient/i");
  EXPECT_EQ(patient["identifier"]["value"], "i");
  EXPECT_FALSE(patient["identifier"].contains("system"));
}

TEST_F(ClaimsFlow, ClaimsInOutAndHeldBackAddUp) {
  const FlowResult result =
      run(claim("c1", "a") + "\n" + claim("c2", "b") + "\n" + claim("c3", "nobody") + "\n" +
          R"({"resourceType":"Claim","id":"c4"})" + "\n");
  EXPECT_EQ(out(result).size(), 1U);
  EXPECT_EQ(result.exceptions.size(), 3U);
  EXPECT_EQ(counted(result, "rewritten to the receiver's person") + counted(result, "held back"),
            4U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,c2,Claim,the patient is not known"));
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,c3,Claim,its patient is not among"));
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,c4,Claim,names no patient"));
}

TEST_F(ClaimsFlow, TwoClaimsOfOneNumberKeepTheirOwnPatients) {
  const FlowResult result = run(claim("c1", "a") + "\n" + claim("c1", "b") + "\n");
  ASSERT_EQ(out(result).size(), 1U);
  EXPECT_EQ(out(result)[0], claim("c1", "i"));
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,c1,Claim,the patient is not known"));
}

TEST_F(ClaimsFlow, AReferenceAndAnIdentifierOfTwoPatientsAreHeldBack) {
  const FlowResult result = run(claim("c1", "a", R"(, "identifier": {"value":"b"})") + "\n");
  EXPECT_TRUE(out(result).empty());
  EXPECT_THAT(exceptions_csv(result), HasSubstr("name two patients"));
}

TEST_F(ClaimsFlow, ADoubtfulLinkSendsNoClaim) {
  doubtful = true;
  const FlowResult result = run(claim("c1", "a") + "\n");
  EXPECT_TRUE(out(result).empty());
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,c1,Claim,a possible match"));
}

TEST_F(ClaimsFlow, RequestsOfEligibilityAndReferralsAreRewrittenToo) {
  const std::vector<std::string> lines =
      out(run(R"({"resourceType":"ServiceRequest","id":"s","subject":{"reference":"Patient/a"}})"
              "\n"
              R"({"resourceType":"CoverageEligibilityRequest","id":"e",)"
              R"("patient":{"reference":"Patient/a"}})"
              "\n"));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr("Patient/i"));
  EXPECT_THAT(lines[1], HasSubstr("Patient/i"));
}

TEST_F(ClaimsFlow, AFormatWithoutClaimsIsRefusedWithWhatToGive) {
  format = "list";
  EXPECT_THROW(run(""), Error);
}

// As of openIMIS's tables: there is no message, so it is written.
TEST_F(ClaimsFlow, OfTablesTheClaimIsWritten) {
  format = "openimis-tables";
  const FlowResult result = run(claim("c1", "a") + "\n" + claim("c2", "b") + "\n");
  ASSERT_EQ(out(result).size(), 1U);
  const Json written = Json::parse(out(result)[0]);
  EXPECT_EQ(written["id"], "c1");
  EXPECT_EQ(written["patient"]["reference"], "Patient/i");
  EXPECT_EQ(written["item"][0]["quantity"]["value"], 2.0);
  EXPECT_EQ(written["total"]["value"], 10.5);
  EXPECT_EQ(counted(result, "held back"), 1U);
}

}  // namespace
}  // namespace tessera::test
