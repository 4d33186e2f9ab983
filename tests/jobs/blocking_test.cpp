// `tessera blocking`, as users run it: what it says is what link then does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

TEST(BlockingCommand, SaysWhatLinkThenDoes) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  folder.write("job.toml", small_config("people.csv"));
  const CommandResult result =
      run_tessera(folder, {"blocking", "--config", "job.toml", "--format", "json", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const auto measured = nlohmann::json::parse(result.out);
  EXPECT_EQ(measured["rules"][0]["rule"], "family_name");
  EXPECT_EQ(measured["rules"][0]["pairs"], 3);  // Okafor, three times
  EXPECT_EQ(measured["rules"][1]["added"], 0);  // the one pair of one birth date is among them
  EXPECT_EQ(measured["records_in_no_block"], 5);
  ASSERT_EQ(
      run_tessera(folder, {"link", "--config", "job.toml", "--out", "out", "--quiet"}).exit_code,
      0);
  const auto run = nlohmann::json::parse(read_folder(folder.path() / "out").at("run.json"));
  EXPECT_EQ(run["counts"]["records_in_no_block"], measured["records_in_no_block"]);
  EXPECT_EQ(run["rules"][0]["pairs"], measured["rules"][0]["added"]);
}

TEST(BlockingCommand, ProposesRulesWithoutAConfig) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  const CommandResult result = run_tessera(folder, {"blocking", "people.csv", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("birth_date"));
  EXPECT_EQ(run_tessera(folder, {"blocking"}).exit_code, 2);
  EXPECT_EQ(run_tessera(folder, {"blocking", "nowhere.csv"}).exit_code, 2);
}

}  // namespace
}  // namespace tessera::test
