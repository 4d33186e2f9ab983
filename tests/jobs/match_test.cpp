// `tessera match` and the index rule, as users run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const TemporaryFolder& linked() {
  static const TemporaryFolder kFolder;
  static const bool kMade = [] {
    EXPECT_EQ(run_tessera(kFolder, {"generate", "--records", "600", "--out", "."}).exit_code, 0);
    const CommandResult three = run_tessera(
        kFolder, {"link", "client.csv", "social.csv", "crvs.csv", "--out", "three", "--quiet"});
    EXPECT_EQ(three.exit_code, 0) << three.err;
    return true;
  }();
  EXPECT_TRUE(kMade);
  return kFolder;
}

std::string with_index_rule(std::string config, const std::string& rule) {
  const std::string open = "rules = [\n";
  const std::size_t at = config.find(open, config.find("[blocking]"));
  return config.insert(at + open.size(), "  [\"" + rule + "\"],\n");
}

CommandResult link_with_index(const TemporaryFolder& folder, const std::string& out,
                              const std::vector<std::string>& more) {
  const std::string config =
      with_index_rule(read_folder(folder.path() / "three").at("job.toml"), "index(top = 5, all)");
  folder.write("three/indexed.toml", config);
  std::vector<std::string> arguments = {"link",  "--config", "three/indexed.toml",
                                        "--out", out,        "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_tessera(folder, arguments);
}

TEST(IndexRuleJob, IsCountedAndKeepsEveryLinkOfTheOthers) {
  const CommandResult result = link_with_index(linked(), "indexed", {});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto before = read_folder(linked().path() / "three");
  const auto after = read_folder(linked().path() / "indexed");
  EXPECT_EQ(before.at("model.json"), after.at("model.json"));  // trained without its pairs
  const auto run = nlohmann::json::parse(after.at("run.json"));
  const auto run_before = nlohmann::json::parse(before.at("run.json"));
  const auto& rule = run["rules"].back();
  EXPECT_EQ(rule["rule"], "index(top=5, all)");
  EXPECT_GT(rule["pairs"].get<int>(), 100);
  EXPECT_EQ(run["index"]["records_looked_up"], 600);
  EXPECT_FALSE(run_before.contains("index"));
  std::uint64_t sum = 0;
  for (const auto& of : run["rules"]) sum += of["pairs"].get<std::uint64_t>();
  EXPECT_LE(sum, run["counts"]["pairs_compared"].get<std::uint64_t>());
  EXPECT_GE(run["counts"]["links"].get<int>() + run["counts"]["review_pairs"].get<int>(),
            run_before["counts"]["links"].get<int>());
  EXPECT_THAT(after.at("job.toml"), HasSubstr("[\"index(top=5, all)\"]"));
}

TEST(IndexRuleJob, GivesTheSameBytesAtAnyThreadCount) {
  ASSERT_EQ(link_with_index(linked(), "one", {"--threads", "1"}).exit_code, 0);
  ASSERT_EQ(link_with_index(linked(), "four", {"--threads", "4"}).exit_code, 0);
  auto one = read_folder(linked().path() / "one");
  auto four = read_folder(linked().path() / "four");
  one.erase("run.json");  // seconds and memory
  four.erase("run.json");
  EXPECT_EQ(one, four);
}

TEST(IndexRuleJob, IsCountedByBlocking) {
  ASSERT_EQ(link_with_index(linked(), "counted", {}).exit_code, 0);
  const CommandResult result = run_tessera(
      linked(), {"blocking", "--config", "counted/job.toml", "--format", "json", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto run = nlohmann::json::parse(read_folder(linked().path() / "counted").at("run.json"));
  const auto counted = nlohmann::json::parse(result.out);
  EXPECT_EQ(counted["rules"].back()["rule"], "index(top=5, all)");
  EXPECT_EQ(counted["rules"].back()["added"], run["rules"].back()["pairs"]);
}

TEST(Match, FindsARecordOfTheJobWithTheWeightOfItsLink) {
  const auto links = read_test_csv(linked().path() / "three" / "links.csv");
  const auto client = read_test_csv(linked().path() / "client.csv");
  std::size_t checked = 0;
  for (std::size_t i = 1; i < links.size() && checked < 3; i += 17) {
    if (links[i][0] != "client") continue;
    const auto row = std::ranges::find(client, links[i][1], [](const auto& r) { return r[0]; });
    ASSERT_NE(row, client.end());
    nlohmann::json query;
    for (std::size_t c = 0; c < client[0].size(); ++c) query[client[0][c]] = (*row)[c];
    const CommandResult result =
        run_tessera(linked(), {"match", "three", "--json", query.dump(), "--source", "client",
                               "--thorough", "--count", "50", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto json = nlohmann::json::parse(result.out);
    for (const auto& candidate : json["candidates"]) {
      if (candidate["source"] != links[i][2] || candidate["record_id"] != links[i][3]) continue;
      EXPECT_NEAR(candidate["match_weight"].get<double>(), std::stod(links[i][4]), 5.1e-7);
      EXPECT_EQ(candidate["grade"], "certain");
      ++checked;
    }
  }
  EXPECT_EQ(checked, 3U);
}

TEST(Match, LooksUpEveryLineAndTellsBadOnes) {
  linked().write("new.csv", "record_id,given_name,family_name\na,Amina,Nalule\nb,x\nc,,\n");
  const CommandResult result = run_tessera(linked(), {"match", "three", "--csv", "new.csv"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, StartsWith("query,rank,grade,"));
  EXPECT_THAT(result.out, HasSubstr("\na,"));
  EXPECT_THAT(result.out, HasSubstr("\nc,0,certainly-not,"));
  EXPECT_THAT(result.err, HasSubstr("new.csv:3: has 2 fields"));
  EXPECT_THAT(result.err, Not(HasSubstr("Amina")));
}

TEST(Match, ExitsWithOneWhereNothingIsCertain) {
  const CommandResult none = run_tessera(
      linked(), {"match", "three", "given_name=Zzyzx", "--only-certain", "--format", "csv"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.out, HasSubstr("1,0,certainly-not"));
}

TEST(Match, SaysWhatItNeeds) {
  EXPECT_EQ(run_tessera(linked(), {"match", "three"}).exit_code, 2);
  EXPECT_EQ(run_tessera(linked(), {"match", "nowhere", "given_name=a"}).exit_code, 2);
  const CommandResult name = run_tessera(linked(), {"match", "three", "no_such_name=a"});
  EXPECT_EQ(name.exit_code, 2);
  EXPECT_THAT(name.err, HasSubstr("they are"));
}

}  // namespace
}  // namespace tessera::test
