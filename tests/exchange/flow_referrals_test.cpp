#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "exchange/flows.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

std::string said(const std::string& patient, const std::string& referral, const std::string& day) {
  return R"([{"resourceType":"Patient","id":")" + patient +
         R"(","name":[{"family":"F"}]},{"resourceType":"ServiceRequest","id":")" + referral +
         R"(","subject":{"reference":"Patient/)" + patient + R"("},"authoredOn":")" + day +
         R"(","requester":{"reference":"Organization/from-)" + referral +
         R"("},"performer":[{"reference":"Organization/to-)" + referral + R"("}]}])";
}

class ReferralsFlow : public testing::Test {
 protected:
  ReferralsFlow() {
    world.say("client", said("a", "second", "2025-03-01"), read_fhir);
    world.say("openimis", said("i", "first", "2025-02-01"), read_fhir);
  }
  FlowWorld world;
};

TEST_F(ReferralsFlow, OneChainAPersonAcrossFacilitiesByDay) {
  world.same("client:a", "openimis:i");
  world.apply();
  const FlowResult result = referrals(world.input("client", ""));
  const std::string identifier = world.registry.identifier("client:a");
  EXPECT_THAT(result.files.at("referrals.csv"),
              HasSubstr(identifier + ",1,2025-02-01,openimis,first,i,from-first,to-first,,\n" +
                        identifier + ",2,2025-03-01,client,second,a,from-second,to-second,,\n"));
  EXPECT_EQ(counted(result, "persons with a chain"), 1U);
}

TEST_F(ReferralsFlow, StrangersHaveChainsOfTheirOwnAndDoubtsNone) {
  world.apply();
  EXPECT_EQ(counted(referrals(world.input("client", "")), "persons with a chain"), 2U);
  world.doubt("client:a", "openimis:i");
  const FlowResult result = referrals(world.input("client", ""));
  EXPECT_EQ(counted(result, "held back"), 2U);
  EXPECT_EQ(result.exceptions.size(), 2U);
}

}  // namespace
}  // namespace tessera::test
