#include "exchange/insured_finder.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

std::string person(const std::string& id, const std::string& national = "") {
  return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"F"}])" +
         (national.empty() ? ""
                           : R"(,"identifier":[{"type":{"coding":[{"code":"NI"}]},"value":")" +
                                 national + "\"}]") +
         "}";
}

class FindInsured : public testing::Test {
 protected:
  void say(const std::string& civil, const std::string& insured) {
    world.say("crvs", "[" + civil + "]", read_fhir);
    world.say("openimis", "[" + insured + "]", read_fhir);
  }
  InsuredPerson find(std::string_view record) {
    const FlowInput input = world.input("crvs", "openimis");
    return InsuredFinder(input, "crvs", "openimis").find(record);
  }
  FlowWorld world;
};

TEST_F(FindInsured, ByANumberThatBothHold) {
  say(person("a", "111"), person("i", "111") + "," + person("j", "222"));
  world.apply();
  EXPECT_EQ(find("a").record, "i");
  EXPECT_TRUE(find("a").by_identifier);
}

TEST_F(FindInsured, ByTheLinkWhereThereIsNoNumber) {
  say(person("a") + "," + person("b"), person("i", "111"));
  world.same("crvs:a", "openimis:i");
  world.apply();
  EXPECT_EQ(find("a").record, "i");
  EXPECT_FALSE(find("a").by_identifier);
  EXPECT_TRUE(find("b").record.empty());
  EXPECT_TRUE(find("b").doubt.empty());
  EXPECT_FALSE(find("nobody").doubt.empty()) << "the registry does not know it";
}

TEST_F(FindInsured, ANumberOfSeveralIsADoubtOnEitherSide) {
  say(person("a", "111") + "," + person("b", "333") + "," + person("c", "333"),
      person("i", "111") + "," + person("j", "111") + "," + person("k", "333"));
  world.apply();
  for (const char* record : {"a", "b", "c"}) {
    EXPECT_TRUE(find(record).record.empty()) << record;
    EXPECT_FALSE(find(record).doubt.empty()) << record;
  }
}

TEST_F(FindInsured, TwoRecordsOfOnePersonMayShareTheirNumber) {
  say(person("b", "333") + "," + person("c", "333"), person("k", "333"));
  world.same("crvs:b", "crvs:c");
  world.apply();
  EXPECT_EQ(find("b").record, "k");
}

TEST_F(FindInsured, NumberAndLinkThatDisagreeAreADoubt) {
  say(person("a", "111"), person("i", "111") + "," + person("j"));
  world.same("crvs:a", "openimis:j");
  world.apply();
  EXPECT_TRUE(find("a").record.empty());
  EXPECT_FALSE(find("a").doubt.empty());
}

TEST_F(FindInsured, ByATypeAndAValueAlone) {
  say(person("a"), person("i", "111"));
  world.apply();
  const FlowInput input = world.input("crvs", "openimis");
  const InsuredFinder finder(input, "crvs", "openimis");
  EXPECT_EQ(finder.find("uin", "111").record, "i") << "a UIN is a national number";
  EXPECT_TRUE(finder.find("tracking_id", "111").record.empty());
  EXPECT_TRUE(finder.find("national_id", "").record.empty());
}

}  // namespace
}  // namespace tessera::test
