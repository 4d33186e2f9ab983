// The man page and the shells' completions as the command prints them, tried in a shell.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

// What bash offers after `line`.
std::string completed(const TemporaryFolder& folder, const std::string& words) {
  const CommandResult script = run_tessera(folder, {"completion", "bash"});
  EXPECT_EQ(script.exit_code, 0) << script.err;
  folder.write("completion.bash", script.out);
  const CommandResult result = run_command(
      "/bin/bash",
      {"-c", ". ./completion.bash; COMP_WORDS=(" + words +
                 "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _tessera; echo \"${COMPREPLY[@]}\""},
      folder.path());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  return result.out;
}

TEST(Manual, BashCompletesCommandsOptionsAndChoices) {
  const TemporaryFolder folder;
  EXPECT_EQ(completed(folder, "tessera eva"), "evaluate\n");
  EXPECT_EQ(completed(folder, "tessera link --thr"), "--threads\n");
  EXPECT_EQ(completed(folder, "tessera evaluate --format nd"), "ndjson\n");
  EXPECT_EQ(completed(folder, "tessera registry loa"), "load\n");
  EXPECT_EQ(completed(folder, "tessera link complet"), "completion.bash\n");
}

TEST(Manual, ManPageNamesEveryCommandOfTheHelp) {
  const TemporaryFolder folder;
  const CommandResult help = run_tessera(folder, {"--help"});
  const CommandResult page = run_tessera(folder, {"man"});
  ASSERT_EQ(page.exit_code, 0) << page.err;
  std::istringstream lines(help.out.substr(help.out.find("Subcommands:")));
  std::string line;
  std::getline(lines, line);
  int commands = 0;
  while (std::getline(lines, line) && line.starts_with("  ")) {
    const std::string name = line.substr(2, line.find(' ', 2) - 2);
    if (name.empty()) continue;
    EXPECT_THAT(page.out, HasSubstr(".SS \"tessera " + name + "\"")) << name;
    ++commands;
  }
  EXPECT_GT(commands, 10);
}

TEST(Manual, CommandsPageOfDocsIsWhatTheProgramSays) {
  const TemporaryFolder folder;
  const CommandResult page = run_tessera(folder, {"man", "--format", "markdown"});
  ASSERT_EQ(page.exit_code, 0) << page.err;
  std::ostringstream written;
  written << std::ifstream(TESSERA_SOURCE_DIR "/docs/commands.md", std::ios::binary).rdbuf();
  EXPECT_TRUE(written.str() == page.out)
      << "docs/commands.md is old: build/dev/cli/tessera man --format markdown > docs/commands.md";
}

// Each code, met: the message names its page, and the page tells the exit code.
TEST(Explain, EveryCodeIsMetAndHasItsPage) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  folder.write("ragged.csv", std::string(kGoodPeople) + "9,Ada\n");
  folder.write("torn.tessera", "no registry\n");
  std::filesystem::create_directories(folder.path() / "busy" / ".tessera-partial");
  const int held = open((folder.path() / "busy" / ".tessera-partial").c_str(), O_DIRECTORY);
  ASSERT_EQ(flock(held, LOCK_EX | LOCK_NB), 0);
  const std::vector<std::pair<std::string, std::vector<std::string>>> kMet = {
      {"refused", {"link", "ragged.csv", "--out", "out", "--quiet"}},
      {"usage", {"link", "absent.csv", "--quiet"}},
      {"busy", {"link", "people.csv", "--out", "busy", "--quiet"}},
      {"damaged", {"check", "--store", "torn.tessera"}},
      {"resource", {"link", "people.csv", "--out", "people.csv/out", "--quiet"}}};
  for (std::size_t i = 0; i < kMet.size(); ++i) {
    const auto& [name, arguments] = kMet[i];
    const CommandResult met = run_tessera(folder, arguments);
    EXPECT_EQ(met.exit_code, static_cast<int>(i + 1)) << met.err;
    EXPECT_THAT(met.err, HasSubstr("tessera: error[" + name + "]: "));
    const CommandResult page = run_tessera(folder, {"explain", std::to_string(i + 1)});
    EXPECT_THAT(page.out, HasSubstr(name + " (exit code " + std::to_string(i + 1) + "): "));
  }
  close(held);
}

TEST(Explain, EveryErrorNamesThePageThatExplainsIt) {
  const TemporaryFolder folder;
  const CommandResult mistake = run_tessera(folder, {"link", "absent.csv"});
  EXPECT_EQ(mistake.exit_code, 2);
  EXPECT_THAT(mistake.err, HasSubstr("tessera: error[usage]: "));
  const CommandResult page = run_tessera(folder, {"explain", "usage"});
  EXPECT_EQ(page.exit_code, 0);
  EXPECT_THAT(page.out, HasSubstr("usage (exit code 2): "));
  EXPECT_EQ(run_tessera(folder, {"explain", "2"}).out, page.out);
  const CommandResult all = run_tessera(folder, {"explain"});
  for (const char* name : {"refused", "usage", "busy", "damaged", "resource"}) {
    EXPECT_THAT(all.out, HasSubstr(name));
  }
  EXPECT_EQ(run_tessera(folder, {"explain", "nonsense"}).exit_code, 2);
}

}  // namespace
}  // namespace tessera::test
