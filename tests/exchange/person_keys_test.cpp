#include "exchange/person_keys.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/flow_world.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

FlowSource client(std::string_view text) {
  FlowSource source;
  source.name = "client";
  source.tables = imported(text, read_fhir);
  return source;
}

TEST(PersonKeys, TheFirstIdentifierThatNobodyElseHoldsNamesThePerson) {
  const FlowSource source = client(R"([
    {"resourceType":"Patient","id":"a","identifier":[{"system":"http://n/nationalid","value":"1"},
      {"system":"http://own/id","value":"A"}]},
    {"resourceType":"Patient","id":"b","identifier":[{"system":"http://n/nationalid","value":"1"},
      {"system":"http://own/id","value":"B"}]}])");
  const PersonKeys keys(source);
  EXPECT_EQ(keys.of("a").value, "A");
  EXPECT_EQ(keys.of("b").system, "http://own/id");
  EXPECT_TRUE(keys.has_own("a"));
  ASSERT_EQ(keys.all("a").size(), 2U);
  EXPECT_EQ(keys.all("a").front().value, "A");
}

TEST(PersonKeys, WithoutOneTheRecordsIdDoes) {
  const FlowSource source = client(R"([
    {"resourceType":"Patient","id":"a","name":[{"family":"A"}],
     "identifier":[{"value":"no system"}]}])");
  const PersonKeys keys(source);
  EXPECT_FALSE(keys.has_own("a"));
  EXPECT_EQ(keys.of("a").system, "urn:tessera:source:client");
  EXPECT_EQ(keys.of("a").value, "a");
}

TEST(PersonKeys, ATokenThatIsNotForGoodIsNeverHandedOn) {
  const FlowSource source = client(R"([
    {"resourceType":"Patient","id":"a","name":[{"family":"A"}],
     "identifier":[{"system":"http://mosip/temporaryvid","value":"1"}]}])");
  const PersonKeys keys(source);
  EXPECT_FALSE(keys.has_own("a"));
  EXPECT_EQ(keys.all("a").size(), 1U);
}

TEST(PersonKeys, TheLastingIdentifierIsTheRegistrys) {
  FlowWorld world;
  world.say("client", R"({"resourceType":"Patient","id":"a","name":[{"family":"A"}]})", read_fhir);
  world.apply();
  const Feed& feed = world.feed();
  EXPECT_EQ(lasting_identifier(feed, feed.find(0, "a")->entity).value,
            world.registry.identifier("client:a"));
}

}  // namespace
}  // namespace tessera::test
