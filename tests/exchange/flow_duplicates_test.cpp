#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/flows.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

TEST(OpenimisDuplicates, ThePersonWithTwoRecordsIsATask) {
  FlowWorld world;
  world.say("openimis",
            R"([{"record_id": "x1", "first_name": "Ana", "last_name": "Rai"},
                {"record_id": "x2", "first_name": "Anna", "last_name": "Rai"},
                {"record_id": "x3", "first_name": "Bo", "last_name": "Rai"}])",
            read_list_document);
  world.same("openimis:x1", "openimis:x2");
  world.apply();
  const FlowInput input = world.input("openimis", "openimis");
  const FlowResult result = openimis_duplicates(input);
  const auto summary = nlohmann::json::parse(result.files.at("deduplication.json"))["summary"];
  bool found = false;
  for (const auto& task : summary) {
    if (task["ids"] != std::vector<std::string>{"x1", "x2"}) continue;
    found = true;
    EXPECT_EQ(task["count"], 2);
    EXPECT_EQ(task["columnValues"], R"({"last_name":"Rai"})");
  }
  EXPECT_TRUE(found) << summary.dump(2);
  EXPECT_EQ(counted(result, "persons with several records"), summary.size());
  const FlowInput later = world.input("openimis", "openimis", world.feed().last_event());
  EXPECT_EQ(counted(openimis_duplicates(later), "persons with several records"), 0U);
}

}  // namespace
}  // namespace tessera::test
