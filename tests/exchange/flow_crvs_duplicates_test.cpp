#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/flows.hpp"
#include "exchange/opencrvs_events.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;

std::string birth(const std::string& id) {
  return R"({"id":")" + id + R"(","type":"birth","trackingId":"T)" + id +
         R"(","createdAt":"2025-06-01T08:00:00.000Z","actions":[{"id":"a","type":"DECLARE",
          "status":"Accepted","createdAt":"2025-06-01T09:00:00.000Z",
          "declaration":{"child.name":{"firstname":"K","surname":"B"}}}]})";
}

class DuplicatesFlow : public testing::Test {
 protected:
  DuplicatesFlow() {
    world.say("crvs", "[" + birth("x") + "," + birth("y") + "," + birth("z") + "]",
              read_event_logs);
  }
  std::vector<std::string> lines(std::int64_t since = 0) {
    return lines_of_text(
        crvs_duplicates(world.input("crvs", "", since)).files.at("duplicates.ndjson"));
  }
  FlowWorld world;
};

TEST_F(DuplicatesFlow, EachEventListsTheOthersOfItsPersonAndThoseThatWait) {
  world.same("crvs:x-child", "crvs:y-child");
  world.apply();
  world.doubt("crvs:y-child", "crvs:z-child");
  const std::vector<std::string> all = lines();
  ASSERT_EQ(all.size(), 3U);
  const Json y = Json::parse(all[1]);
  EXPECT_EQ(y["id"], "y");
  ASSERT_EQ(y["potentialDuplicates"].size(), 2U);
  EXPECT_EQ(y["potentialDuplicates"][0]["trackingId"], "Tx");
  EXPECT_EQ(y["potentialDuplicates"][0]["reason"], "one person");
  EXPECT_EQ(y["potentialDuplicates"][1]["reason"], "waits for review");
  EXPECT_TRUE(lines(world.feed().last_event()).empty());
}

TEST_F(DuplicatesFlow, StrangersAreInNoList) {
  world.apply();
  EXPECT_TRUE(lines().empty());
}

}  // namespace
}  // namespace tessera::test
