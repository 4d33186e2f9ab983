#include "exchange/link_doubt.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

constexpr std::string_view kPatients = R"([
 {"resourceType":"Patient","id":"a","name":[{"family":"A"}]},
 {"resourceType":"Patient","id":"b","name":[{"family":"B"}]}])";

LinkedRecord of(FlowWorld& world, std::string_view client) {
  const Feed& feed = world.feed();
  return LinkLookup(feed).in(feed.find(0, client)->entity, 1);
}

class LinkDoubt : public testing::Test {
 protected:
  LinkDoubt() {
    world.say("client", kPatients, read_fhir);
    world.say("openimis", kPatients, read_fhir);
  }
  FlowWorld world;
};

TEST_F(LinkDoubt, NoneAndOneAreToldApart) {
  world.same("client:a", "openimis:a");
  world.apply();
  const LinkedRecord linked = of(world, "a");
  EXPECT_EQ(linked.state, Counterpart::kOne);
  EXPECT_EQ(linked.record->id, "a");
  EXPECT_EQ(of(world, "b").state, Counterpart::kNone);
}

TEST_F(LinkDoubt, TwoRecordsOfTheReceiverAreNoAnswer) {
  world.same("client:a", "openimis:a");
  world.same("client:a", "openimis:b");
  world.apply();
  EXPECT_EQ(of(world, "a").state, Counterpart::kDoubtful);
}

TEST_F(LinkDoubt, AnOpenPairWithTheReceiverIsADoubtAndAnotherIsNone) {
  world.apply();
  world.doubt("client:a", "openimis:b");
  EXPECT_EQ(of(world, "a").state, Counterpart::kDoubtful);
  EXPECT_EQ(of(world, "b").state, Counterpart::kNone);
  const Feed& feed = world.feed();
  const LinkLookup lookup(feed);
  EXPECT_TRUE(lookup.waits_for_review(feed.find(0, "a")->entity, 1));
  EXPECT_FALSE(lookup.waits_for_review(feed.find(0, "a")->entity, 0));
  EXPECT_TRUE(lookup.waits_for_review(feed.find(1, "b")->entity, 0));
}

TEST_F(LinkDoubt, ALinkThatItselfWaitsIsADoubt) {
  world.same("client:a", "openimis:a");
  world.apply();
  world.doubt("client:a", "openimis:a");
  EXPECT_EQ(of(world, "a").state, Counterpart::kDoubtful);
}

}  // namespace
}  // namespace tessera::test
