#include "exchange/enrolment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/fhir_reader.hpp"
#include "exchange/flows.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

std::string patient(const std::string& id, const std::string& born = "1990-01-01",
                    const std::string& more = "") {
  return R"({"resourceType":"Patient","id":")" + id +
         R"(","identifier":[{"system":"http://client/id","value":")" + id +
         R"("}],"name":[{"family":"F","given":["G"]}],"birthDate":")" + born + "\"" + more + "}";
}

std::string family(const std::string& id, const std::vector<std::string>& members) {
  std::string text = R"({"resourceType":"Group","id":")" + id + R"(","name":"N","member":[)";
  for (std::size_t i = 0; i < members.size(); ++i) {
    text += std::string(i == 0 ? "" : ",") + R"({"entity":{"reference":"Patient/)" + members[i] +
            R"("}})";
  }
  return text + "]}";
}

class EnrolmentFlow : public testing::Test {
 protected:
  FlowResult run(std::int64_t since = 0) {
    return client_to_openimis(world.input("client", "openimis", since));
  }
  static std::vector<Json> bundles(const FlowResult& result) {
    std::vector<Json> all;
    for (const std::string& line : lines_of_text(result.files.at("enrolment.ndjson"))) {
      all.push_back(Json::parse(line));
    }
    return all;
  }
  FlowWorld world;
};

TEST_F(EnrolmentFlow, AFamilyIsOneTransactionWithOneHeadAndOnlyOnce) {
  world.say("client",
            "[" + patient("a", "1960-01-01") + "," + patient("b", "2010-01-01") + "," +
                patient("alone") + "," + family("g", {"b", "a"}) + "]",
            read_fhir);
  world.apply();
  const FlowResult result = run();
  const std::vector<Json> all = bundles(result);
  ASSERT_EQ(all.size(), 2U);
  const Json& entries = all[0]["entry"];
  ASSERT_EQ(entries.size(), 3U);
  const Json& group = entries[2]["resource"];
  EXPECT_EQ(group["resourceType"], "Group");
  EXPECT_EQ(group["member"][0]["entity"]["reference"], entries[0]["fullUrl"]);
  EXPECT_EQ(entries[0]["resource"]["extension"][0]["valueReference"]["reference"],
            entries[2]["fullUrl"]);
  EXPECT_EQ(entries[0]["resource"]["extension"][1]["valueBoolean"], true);  // a, the oldest
  EXPECT_EQ(entries[1]["resource"]["extension"][1]["valueBoolean"], false);
  EXPECT_EQ(entries[0]["request"]["ifNoneExist"], "identifier=http://client/id|a");
  EXPECT_EQ(counted(result, "persons to enrol"), 3U);
  EXPECT_TRUE(result.exceptions.empty());
  EXPECT_EQ(bundles(run(world.feed().last_event())).size(), 0U);
}

TEST_F(EnrolmentFlow, ALastingFamilyIsNamedByItsIdentifierWhicheverMemberComes) {
  world.say("client",
            "[" + patient("a", "1960-01-01") + "," + patient("b", "2010-01-01") + "," +
                patient("alone") + "," + family("g", {"b", "a"}) + "]",
            read_fhir);
  world.say("openimis",
            "[" + patient("A") + "," + patient("B") + "," + family("G", {"A", "B"}) + "]",
            read_fhir);
  world.same("client:a", "openimis:A");
  world.same("client:b", "openimis:B");
  world.apply();
  world.keep_families();
  const std::string lasting(world.feed().group_identifier(0, "g"));
  ASSERT_EQ(lasting.size(), 19U);
  EXPECT_EQ(run().files.at("family_crosswalk.csv"),
            "family_identifier,source,family_id,other_source,other_family_id\n" + lasting +
                ",client,g,openimis,G\n");
  world.say("client",
            "[" + patient("n") + "," + patient("m") + "," + family("new", {"n", "m"}) + "]",
            read_fhir);
  world.apply();
  world.keep_families();
  const FlowResult result = run();
  const std::string of_new(world.feed().group_identifier(0, "new"));
  const Json group = bundles(result)[0]["entry"][2]["resource"];
  ASSERT_EQ(group["resourceType"], "Group");
  EXPECT_EQ(group["identifier"][1]["system"], "urn:tessera:family");
  EXPECT_EQ(group["identifier"][1]["value"], of_new);
  EXPECT_THAT(result.files.at("family_crosswalk.csv"),
              HasSubstr(of_new + ",client,new,openimis,\n"));
}

TEST_F(EnrolmentFlow, TwoRecordsOfOnePersonAreEnrolledOnceWithBothIdentifiers) {
  world.say("client", "[" + patient("a") + "," + patient("b") + "]", read_fhir);
  world.same("client:a", "client:b");
  world.apply();
  const FlowResult result = run();
  ASSERT_EQ(bundles(result).size(), 1U);
  const Json identifiers = bundles(result)[0]["entry"][0]["resource"]["identifier"];
  ASSERT_EQ(identifiers.size(), 3U);
  EXPECT_EQ(identifiers[0]["value"], "a");
  EXPECT_EQ(identifiers[1]["value"], "b");
  EXPECT_EQ(identifiers[2]["value"], world.registry.identifier("client:a"));
  EXPECT_EQ(counted(result, "further records of one person"), 1U);
}

TEST_F(EnrolmentFlow, NewcomersJoinTheFamilyThatOpenimisHas) {
  world.say("client",
            "[" + patient("mother") + "," + patient("baby", "2026-01-01") + "," +
                family("g", {"mother", "baby"}) + "]",
            read_fhir);
  world.say("openimis", "[" + patient("m") + "," + family("imis-family", {"m"}) + "]", read_fhir);
  world.same("client:mother", "openimis:m");
  world.apply();
  const FlowResult result = run();
  ASSERT_EQ(bundles(result).size(), 1U);
  const Json entries = bundles(result)[0]["entry"];
  ASSERT_EQ(entries.size(), 1U) << "the family is there: no Group is sent";
  EXPECT_EQ(entries[0]["resource"]["extension"][0]["valueReference"]["reference"],
            "Group/imis-family");
  EXPECT_EQ(entries[0]["resource"]["extension"][1]["valueBoolean"], false);
  EXPECT_THAT(result.files.at("crosswalk.csv"), HasSubstr("client,mother,openimis,m\n"));
}

TEST_F(EnrolmentFlow, WhoComesLaterJoinsTheFamilyThatWasSent) {
  world.say("client", "[" + patient("mother") + "," + family("g", {"mother"}) + "]", read_fhir);
  world.apply();
  const std::int64_t sent = world.feed().last_event();
  world.say("client",
            "[" + patient("mother") + "," + patient("baby", "2026-01-01") + "," +
                family("g", {"mother", "baby"}) + "]",
            read_fhir);
  world.apply();
  const std::vector<Json> all = bundles(run(sent));
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0]["entry"].size(), 1U);
  EXPECT_EQ(all[0]["entry"][0]["resource"]["extension"][0]["valueReference"]["reference"],
            "Group?identifier=urn:tessera:family:client|g");
}

TEST_F(EnrolmentFlow, WhoMayBeInsuredAlreadyWaitsAndAHeadHoldsTheFamilyBack) {
  world.say("client",
            "[" + patient("head", "1960-01-01") + "," + patient("child", "2010-01-01") + "," +
                family("g", {"head", "child"}) + "]",
            read_fhir);
  world.say("openimis", patient("other"), read_fhir);
  world.apply();
  world.doubt("client:head", "openimis:other");
  const FlowResult result = run();
  EXPECT_TRUE(bundles(result).empty());
  ASSERT_EQ(result.exceptions.size(), 2U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("waits for review"));
  EXPECT_THAT(exceptions_csv(result), HasSubstr("the family's head is held back"));
  EXPECT_EQ(counted(result, "held back"), 2U);
}

TEST_F(EnrolmentFlow, WithoutOpenimisFilesNobodyJoinsAFamilyThatIsNotKnown) {
  world.say("openimis", patient("m"), read_fhir);
  world.say(
      "client",
      "[" + patient("mother") + "," + patient("baby") + "," + family("g", {"mother", "baby"}) + "]",
      read_fhir);
  world.same("client:mother", "openimis:m");
  world.apply();
  const FlowResult result = run();  // openimis's message names no family
  EXPECT_TRUE(bundles(result).empty());
  EXPECT_THAT(exceptions_csv(result), HasSubstr("do not say in which family"));
}

TEST_F(EnrolmentFlow, TheDeadTheUnknownAndTheUnfinishedAreToldAndNotSent) {
  world.say("client",
            "[" + patient("dead", "1960-01-01", R"(,"deceasedBoolean":true)") + "," +
                patient("old", "1960-01-01", R"(,"active":false)") + "," +
                patient("partial", "1990") + "]",
            read_fhir);
  world.apply();
  const FlowResult result = run();
  EXPECT_TRUE(bundles(result).empty());
  EXPECT_EQ(counted(result, "dead or no longer in use"), 2U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("partial,person,\"openIMIS needs"));
}

}  // namespace
}  // namespace tessera::test
