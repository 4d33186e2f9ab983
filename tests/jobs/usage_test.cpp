// The command line itself: help, exit codes, and a job that is proposed, written and run again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// The commands that `words --help` lists under "Subcommands:".
std::vector<std::string> commands_below(const TemporaryFolder& folder,
                                        std::vector<std::string> words) {
  words.emplace_back("--help");
  const std::string help = run_tessera(folder, words).out;
  std::vector<std::string> names;
  const std::size_t begin = help.find("Subcommands:");
  if (begin == std::string::npos) return names;
  std::istringstream lines(help.substr(begin));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.starts_with("  ")) {
    const std::string name = line.substr(2, line.find(' ', 2) - 2);
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

TEST(Usage, EveryCommandHasHelpWithExamples) {
  const TemporaryFolder folder;
  std::vector<std::vector<std::string>> commands;
  for (const std::string& name : commands_below(folder, {})) {
    commands.push_back({name});
    for (const std::string& below : commands_below(folder, {name})) {
      commands.push_back({name, below});
    }
  }
  EXPECT_GT(commands.size(), 40U);
  for (std::vector<std::string> words : commands) {
    std::string typed = "tessera";
    for (const std::string& word : words) typed += " " + word;
    SCOPED_TRACE(typed);
    words.emplace_back("--help");
    const CommandResult result = run_tessera(folder, words);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("Example"));
    EXPECT_THAT(result.out, HasSubstr("  " + typed));
    EXPECT_THAT(result.err, IsEmpty());
  }
}

// The version is said before anything is read: no file, no config, no extract is looked at.
TEST(Usage, TheVersionNeedsNothing) {
  const TemporaryFolder folder;
  folder.write("job.toml", "not toml");
  const CommandResult result = run_tessera(folder, {"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, testing::StartsWith("tessera 0."));
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 1);
  EXPECT_THAT(result.err, IsEmpty());
}

TEST(Usage, AMistakeIsExitTwoAndOneLine) {
  const TemporaryFolder folder;
  const std::vector<std::vector<std::string>> mistakes = {{},
                                                          {"lnik"},
                                                          {"link"},
                                                          {"link", "--thread", "2", "a.csv"},
                                                          {"link", "--threads", "many", "a.csv"}};
  for (const auto& arguments : mistakes) {
    const CommandResult result = run_tessera(folder, arguments);
    SCOPED_TRACE(result.err);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1);
    EXPECT_THAT(result.out, IsEmpty());
  }
}

TEST(Usage, AConfigsFaultsAreToldTogetherWithTheirPlaces) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  folder.write("job.toml",
               "[job]\nsede = 1\n[[source]]\nname = \"people\"\npath = \"people.csv\"\n"
               "[[attribute]]\nname = \"birth_date\"\nkind = \"dat\"\n");
  const CommandResult result = run_tessera(folder, {"link", "--config", "job.toml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("job.toml:2:"));
  EXPECT_THAT(result.err, HasSubstr("did you mean \"seed\"?"));
  EXPECT_THAT(result.err, HasSubstr("job.toml:8:"));
  EXPECT_THAT(result.err, HasSubstr("did you mean \"date\"?"));
}

TEST(Usage, TheProposedJobGivesTheSameResultWhenRunAgain) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  const CommandResult first = run_tessera(folder, {"link", "people.csv", "--out", "first"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const CommandResult second =
      run_tessera(folder, {"link", "--config", "first/job.toml", "--out", "second"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  for (const char* name :
       {"crosswalk.csv", "golden.csv", "links.csv", "review.csv", "model.json"}) {
    EXPECT_EQ(read_folder(folder.path() / "second")[name],
              read_folder(folder.path() / "first")[name])
        << name;
  }
}

TEST(Usage, ATrainedModelGivesTheSameLinks) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  folder.write("job.toml", small_config("people.csv"));
  const CommandResult trained =
      run_tessera(folder, {"train", "--config", "job.toml", "--out", "model.json"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  // What there is to remark stands in the model, not on the screen line by line.
  EXPECT_THAT(trained.err, HasSubstr("on the model in model.json (warnings)"));
  EXPECT_THAT(trained.err, testing::Not(HasSubstr("warning:")));
  const CommandResult at_once = run_tessera(folder, {"link", "--config", "job.toml", "--out", "a"});
  ASSERT_EQ(at_once.exit_code, 0) << at_once.err;
  const CommandResult by_model =
      run_tessera(folder, {"link", "--config", "job.toml", "--model", "model.json", "--out", "b"});
  ASSERT_EQ(by_model.exit_code, 0) << by_model.err;
  EXPECT_EQ(read_folder(folder.path() / "b")["links.csv"],
            read_folder(folder.path() / "a")["links.csv"]);
}

}  // namespace
}  // namespace tessera::test
