// `tessera init`: a short config that links as no config does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

CommandResult run_ok(const TemporaryFolder& folder, const std::vector<std::string>& arguments) {
  CommandResult result = run_tessera(folder, arguments);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return result;
}

TEST(Init, ItsConfigLinksAsNoConfigDoesAndIsShort) {
  const TemporaryFolder folder;
  run_ok(folder, {"generate", "--records", "1500", "--seed", "3", "--out", "registries"});
  const std::vector<std::string> files = {"registries/client.csv", "registries/social.csv",
                                          "registries/crvs.csv"};
  std::vector<std::string> init = {"init"};
  init.insert(init.end(), files.begin(), files.end());
  EXPECT_THAT(run_ok(folder, init).out, HasSubstr("tessera link --config job.toml"));
  std::vector<std::string> link = {"link", "--quiet", "--out", "without"};
  link.insert(link.end(), files.begin(), files.end());
  run_ok(folder, link);
  run_ok(folder, {"link", "--quiet", "--out", "with", "--config", "job.toml"});
  auto without = read_folder(folder.path() / "without");
  auto with = read_folder(folder.path() / "with");
  without.erase("run.json");  // machine: seconds and memory
  with.erase("run.json");
  EXPECT_EQ(with, without);
  const std::string text = read_folder(folder.path()).at("job.toml");
  EXPECT_LE(std::ranges::count(text, '\n'), 25) << text;
}

TEST(Init, AFileWithoutNamesOfColumnsIsDoubtedAndItsValuesAreNotTold) {
  const TemporaryFolder folder;
  const std::string people(kGoodPeople);
  folder.write("people.csv", people.substr(people.find('\n') + 1));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"init", "people.csv"},
        std::vector<std::string>{"link", "people.csv", "--out", "o"}}) {
    const CommandResult result = run_tessera(folder, words);
    EXPECT_THAT(result.err, HasSubstr("warning: people: the first row looks like a record"));
  }
}

TEST(Init, WritesWhereItIsToldAndReplacesNothingUnasked) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  std::filesystem::create_directory(folder.path() / "jobs");
  run_ok(folder, {"init", "people.csv", "--out", "jobs/a.toml"});
  EXPECT_THAT(read_folder(folder.path() / "jobs").at("a.toml"), HasSubstr("../people.csv"));
  const CommandResult again = run_tessera(folder, {"init", "people.csv", "--out", "jobs/a.toml"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("--force"));
  run_ok(folder, {"init", "people.csv", "--out", "jobs/a.toml", "--force"});
  EXPECT_THAT(run_ok(folder, {"init", "people.csv", "--out", "-"}).out,
              HasSubstr("path = \"people.csv\""));
  const CommandResult nowhere =
      run_tessera(folder, {"init", "people.csv", "--out", "nowhere/a.toml"});
  EXPECT_EQ(nowhere.exit_code, 5);
  EXPECT_EQ(run_tessera(folder, {"init", "absent.csv"}).exit_code, 2);
}

}  // namespace
}  // namespace tessera::test
