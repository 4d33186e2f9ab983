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

std::string client(const std::string& id, const std::string& more = "") {
  return R"({"resourceType":"Patient","id":")" + id +
         R"(","identifier":[{"system":"http://client/id","value":")" + id + "\"}" + more +
         R"(],"name":[{"family":"F"}]})";
}

std::string insuree(const std::string& id, const std::string& number) {
  return R"({"resourceType":"Patient","id":")" + id +
         R"(","identifier":[{"type":{"coding":[{"code":"Code"}]},"value":")" + number +
         R"("}],"name":[{"family":"F"}]})";
}

class ToClientFlow : public testing::Test {
 protected:
  ToClientFlow() {
    world.say("client", "[" + client("a") + "," + client("b") + "," + client("c") + "]", read_fhir);
    world.say("openimis", "[" + insuree("i", "111") + "," + insuree("j", "222") + "]", read_fhir);
  }
  FlowResult run(std::int64_t since = 0) {
    FlowInput input = world.input("openimis", "client", since);
    input.system = "http://insurer/number";
    return openimis_to_client(input);
  }
  static std::size_t lines(const FlowResult& result, const char* file) {
    return lines_of_text(result.files.at(file)).size();
  }
  FlowWorld world;
};

TEST_F(ToClientFlow, ALinkedClientGetsTheNumberByAConditionalPut) {
  world.same("client:a", "openimis:i");
  world.apply();
  const FlowResult result = run();
  ASSERT_EQ(lines(result, "insurer_ids.ndjson"), 1U);
  const Json bundle = Json::parse(result.files.at("insurer_ids.ndjson"));
  EXPECT_EQ(bundle["type"], "batch");
  ASSERT_EQ(bundle["entry"].size(), 1U);
  const Json& entry = bundle["entry"][0];
  EXPECT_EQ(entry["request"]["method"], "PUT");
  EXPECT_EQ(entry["request"]["url"], "Patient?identifier=http://client/id|a");
  EXPECT_EQ(entry["resource"]["identifier"][0]["value"], "a");
  EXPECT_EQ(entry["resource"]["identifier"][1]["system"], "http://insurer/number");
  EXPECT_EQ(entry["resource"]["identifier"][1]["value"], "111");
  EXPECT_TRUE(result.files.at("merges.ndjson").empty());
  EXPECT_TRUE(run(world.feed().last_event()).files.at("insurer_ids.ndjson").empty());
}

TEST_F(ToClientFlow, WhoHasTheNumberIsLeftAlone) {
  world.say("client", client("a", R"(,{"system":"http://insurer/number","value":"111"})"),
            read_fhir);
  world.same("client:a", "openimis:i");
  world.apply();
  const FlowResult result = run();
  EXPECT_EQ(lines(result, "insurer_ids.ndjson"), 0U);
  EXPECT_EQ(counted(result, "clients who have the number already"), 1U);
}

TEST_F(ToClientFlow, AMergeReplacesTheLaterClientAndTheNumberGoesToTheOtherOnly) {
  world.apply();
  const std::int64_t before = world.feed().last_event();
  world.same("client:a", "client:b");
  world.same("client:a", "openimis:i");
  world.apply();
  const FlowResult result = run(before);
  ASSERT_EQ(lines(result, "merges.ndjson"), 1U);
  const Json history = Json::parse(result.files.at("merges.ndjson"))["entry"][1]["resource"];
  ASSERT_EQ(history["entry"].size(), 1U);
  const Json replaced = history["entry"][0]["resource"];
  const std::string stays = replaced["id"] == "a" ? "b" : "a";
  EXPECT_EQ(replaced["link"][0]["other"]["reference"], "Patient/" + stays);
  const Json numbers = Json::parse(result.files.at("insurer_ids.ndjson"));
  ASSERT_EQ(numbers["entry"].size(), 1U);
  EXPECT_EQ(numbers["entry"][0]["resource"]["id"], stays);
  EXPECT_TRUE(run(world.feed().last_event()).files.at("merges.ndjson").empty());
}

TEST_F(ToClientFlow, DoubtfulLinksSendNothing) {
  world.same("client:a", "openimis:i");
  world.apply();
  world.doubt("client:a", "openimis:j");
  const FlowResult result = run();
  EXPECT_EQ(lines(result, "insurer_ids.ndjson"), 0U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,a,person,a possible match"));
}

TEST_F(ToClientFlow, TwoInsuredRecordsOfOnePersonSendNothing) {
  world.same("client:a", "openimis:i");
  world.same("client:a", "openimis:j");
  world.apply();
  const FlowResult result = run();
  EXPECT_EQ(lines(result, "insurer_ids.ndjson"), 0U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("merge its duplicates first"));
}

TEST_F(ToClientFlow, AClientWhoWasReplacedBeforeIsNotReplacedAgain) {
  world.say("client",
            "[" + client("a") +
                R"(,{"resourceType":"Patient","id":"b","active":false,"name":[{"family":"F"}],
                 "link":[{"type":"replaced-by","other":{"reference":"Patient/a"}}]}])",
            read_fhir);
  world.same("client:a", "client:b");
  world.apply();
  EXPECT_TRUE(run().files.at("merges.ndjson").empty());
}

}  // namespace
}  // namespace tessera::test
