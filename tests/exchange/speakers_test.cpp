#include "exchange/speakers.hpp"

#include <gtest/gtest.h>

#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

TEST(Speakers, TheNewestRecordInUseSpeaksForItsPerson) {
  FlowWorld world;
  world.say("openimis",
            R"([{"record_id": "1", "first_name": "A", "updated_at": "2024-01-01"},
                {"record_id": "2", "first_name": "A", "updated_at": "2025-01-01"},
                {"record_id": "3", "first_name": "B"},
                {"record_id": "4", "first_name": "B"}])",
            read_list_document);
  world.same("openimis:1", "openimis:2");
  world.same("openimis:3", "openimis:4");
  world.apply();
  const FlowInput input = world.input("openimis", "client");
  const auto speaker = speakers(input.feed, input.need("openimis"));
  const auto of = [&](const char* id) {
    return speaker.at(input.feed.find(input.place("openimis"), id)->entity);
  };
  EXPECT_EQ(of("1"), "2");
  EXPECT_EQ(of("4"), "3");
}

}  // namespace
}  // namespace tessera::test
