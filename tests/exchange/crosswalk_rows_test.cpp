#include "exchange/crosswalk_rows.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

constexpr std::string_view kHeader = "identifier,source,record_id,other_source,other_record_id\n";

TEST(CrosswalkRows, ALinkBeyondDoubtIsARowAndOnlyOnce) {
  FlowWorld world;
  const std::string_view patients = R"([
    {"resourceType":"Patient","id":"a","name":[{"family":"A"}]},
    {"resourceType":"Patient","id":"b","name":[{"family":"B"}]}])";
  world.say("client", patients, read_fhir);
  world.say("openimis", patients, read_fhir);
  world.apply();
  const std::int64_t before = world.feed().last_event();
  world.same("client:a", "openimis:a");
  world.apply();
  EXPECT_EQ(
      crosswalk_rows(world.input("client", "openimis", before)),
      std::string(kHeader) + world.registry.identifier("client:a") + ",client,a,openimis,a\n");
  EXPECT_EQ(crosswalk_rows(world.input("client", "openimis", world.feed().last_event())), kHeader);
  world.doubt("client:a", "openimis:b");
  EXPECT_EQ(crosswalk_rows(world.input("client", "openimis", before)), kHeader);
}

}  // namespace
}  // namespace tessera::test
