// The command line itself: help, exit codes, and a job that is proposed, written and run again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Usage, EveryCommandHasHelpWithExamples) {
  const TemporaryFolder folder;
  for (const std::string command : {"link", "train", "evaluate", "generate"}) {
    SCOPED_TRACE(command);
    const CommandResult result = run_tessera(folder, {command, "--help"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("tessera " + command));
    EXPECT_THAT(result.err, IsEmpty());
  }
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
