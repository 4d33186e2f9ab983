#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/flows.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

constexpr std::string_view kInsured =
    R"([{"record_id": "x1", "full_name": "Ana Rai", "dob": "1988-04-12", "UIN": "2419762130"},
        {"record_id": "x2", "full_name": "Bo Rai", "NIN": "8888"},
        {"record_id": "x3", "full_name": "Chi Rai", "dob": "1990-01-02",
         "vid_temporary": "6666"}])";

TEST(OpenimisToMosip, WhoHasALastingNumberIsAskedAboutOnce) {
  FlowWorld world;
  world.say("openimis", kInsured, read_list_document);
  world.apply();
  const FlowResult result = openimis_to_mosip(world.input("openimis", "openimis"));
  const std::vector<std::string> lines = lines_of_text(result.files.at("authentication.ndjson"));
  ASSERT_EQ(lines.size(), 1U);
  const auto row = nlohmann::json::parse(lines.front());
  EXPECT_EQ(row["individualId"], "2419762130");
  EXPECT_EQ(row["demographics"]["dob"], "1988/04/12");
  EXPECT_EQ(row["transactionID"].get<std::string>().size(), 19U);  // 16 letters in four groups
  EXPECT_EQ(counted(result, "requests to authenticate"), 1U);
  EXPECT_EQ(counted(result, "left out: neither a UIN nor a perpetual VID"), 2U);
  const FlowInput later = world.input("openimis", "openimis", world.feed().last_event());
  EXPECT_EQ(openimis_to_mosip(later).files.at("authentication.ndjson"), "");
}

TEST(OpenimisToMosip, WhomTheRegistryDoesNotHaveIsListed) {
  FlowWorld world;
  world.say("openimis", kInsured, read_list_document);
  FlowWorld other;
  other.apply();
  FlowInput input = world.input("openimis", "openimis");
  const FlowInput without{.feed = other.feed(),
                          .sources = input.sources,
                          .from = "openimis",
                          .to = "openimis",
                          .on = {},
                          .system = {},
                          .again = {}};
  EXPECT_EQ(openimis_to_mosip(without).exceptions.size(), 3U);
}

}  // namespace
}  // namespace tessera::test
