#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/flows.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// The source `client` of the world stands for a social registry.
constexpr std::string_view kBeneficiaries =
    R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai", "dob": "1988-04-12",
         "household": "H", "role": "head"},
        {"record_id": "2", "first_name": "Bo", "last_name": "Rai", "dob": "1990-01-01"},
        {"record_id": "3", "first_name": "Chi", "last_name": "Rai", "dob": "1991-01-01"},
        {"record_id": "4", "first_name": "Di", "last_name": "Rai", "dob": "1992"}])";
constexpr std::string_view kInsured =
    R"([{"record_id": "i", "first_name": "B", "last_name": "R"},
        {"record_id": "j", "first_name": "C", "last_name": "R"}])";

TEST(SocialToOpenimis, EnrolsTheUnknownAndHoldsBackTheDoubtful) {
  FlowWorld world;
  world.say("client", kBeneficiaries, read_list_document);
  world.say("openimis", kInsured, read_list_document);
  world.same("client:2", "openimis:i");
  world.apply();
  world.doubt("client:3", "openimis:j");
  const FlowInput input = world.input("client", "openimis");
  const FlowResult result = social_to_openimis(input);
  const std::vector<std::string> rows = lines_of_text(result.files.at("beneficiaries.csv"));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0], StartsWith("first_name,last_name,dob,group_code,individual_role,"));
  const std::string lasting(
      input.feed.identifier(input.feed.find(input.place("client"), "1")->entity));
  EXPECT_EQ(rows[1], "Ana,Rai,1988-04-12,H,HEAD,1,1," + lasting);
  EXPECT_EQ(counted(result, "beneficiaries to enrol"), 1U);
  EXPECT_EQ(counted(result, "known to the receiver"), 1U);
  EXPECT_EQ(counted(result, "held back"), 2U) << "a doubtful one, and one without a birth date";
  EXPECT_EQ(result.exceptions.size(), 2U);
  EXPECT_THAT(result.files.at("crosswalk.csv"), HasSubstr(",client,2,openimis,i\n"));
}

TEST(SocialToOpenimis, TellsEachChangeOnce) {
  FlowWorld world;
  world.say("client", kBeneficiaries, read_list_document);
  world.apply();
  const std::int64_t seen = world.feed().last_event();
  const FlowResult result = social_to_openimis(world.input("client", "openimis", seen));
  EXPECT_EQ(lines_of_text(result.files.at("beneficiaries.csv")).size(), 1U) << "the header";
  EXPECT_EQ(counted(result, "nothing new since then"), 3U);
}

}  // namespace
}  // namespace tessera::test
