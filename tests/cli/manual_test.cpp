#include "cli/manual.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<CommandRow> sample_table() {
  const OptionRow format{
      {"--format", "-f"}, "", "how to print; it's [short]", true, {"table", "json"}};
  const OptionRow quiet{{"--quiet"}, "", ".a dot first", false, {}};
  const OptionRow file{{}, "file", "what to read", true, {}};
  return {{"", "the program", "", {quiet}},
          {"link", "links", "Examples:\n  tessera link a.csv", {format, file}},
          {"registry", "a store", "", {}},
          {"registry load", "loads", "", {quiet}}};
}

TEST(Manual, ManPageHoldsEveryCommandOptionAndExitCode) {
  const std::string page = man_page(sample_table(), "1.2.3");
  EXPECT_THAT(page, HasSubstr(".SS \"tessera registry load\"\n"));
  EXPECT_THAT(page, HasSubstr("\\fB\\-\\-format, \\-f table|json\\fR"));
  EXPECT_THAT(page, HasSubstr("\\&.a dot first"));
  EXPECT_THAT(page, HasSubstr("\\fB5\\fR (resource)"));
  EXPECT_THAT(page, HasSubstr("tessera 1.2.3"));
}

TEST(Manual, CommandsPageHoldsEveryCommandOptionExampleAndExitCode) {
  const std::string page = commands_page(sample_table());
  EXPECT_THAT(page, HasSubstr("| [`registry load`](#tessera-registry-load) | loads |\n"));
  EXPECT_THAT(page, HasSubstr("\n## tessera registry load\n\nloads.\n\n| option | what it does |"));
  EXPECT_THAT(page, HasSubstr("| `--format, -f table\\|json` | how to print; it's [short] |\n"));
  EXPECT_THAT(page, HasSubstr("| `file` | what to read |\n"));
  EXPECT_THAT(page, HasSubstr("\n```\nExamples:\n  tessera link a.csv\n```\n"));
  EXPECT_THAT(page, HasSubstr("| 5 | resource | disk, memory or permission: `tessera explain"));
}

TEST(Manual, CommandsPageKeepsACellOnOneLine) {
  const OptionRow odd{{"--odd"}, "", "NAME=FILE | FILE, <any>\nand more", true, {}};
  const std::string page =
      commands_page(std::vector<CommandRow>{{"", "the program", "", {}}, {"x", "does", "", {odd}}});
  EXPECT_THAT(page, HasSubstr("| `--odd VALUE` | NAME=FILE \\| FILE, \\<any> and more |\n"));
}

TEST(Manual, CompletionsOfferSubcommandsOptionsAndChoices) {
  const auto table = sample_table();
  EXPECT_THAT(bash_completion(table), HasSubstr("'link --format') mapfile"));
  EXPECT_THAT(bash_completion(table), HasSubstr("'') words='link registry --quiet' more=1 ;;"));
  EXPECT_THAT(bash_completion(table), HasSubstr("'registry') words='load ' more=1 ;;"));
  EXPECT_THAT(zsh_completion(table),
              HasSubstr("'--format[how to print; it'\\''s \\[short\\]]:value:(table json)'"));
  EXPECT_THAT(zsh_completion(table), HasSubstr("'load:loads'"));
  EXPECT_THAT(fish_completion(table),
              HasSubstr("-n '__fish_seen_subcommand_from link' -l format -s f -x -a 'table json'"));
  EXPECT_THAT(fish_completion(table),
              HasSubstr("-n '__fish_seen_subcommand_from registry' -a 'load'"));
}

}  // namespace
}  // namespace tessera
