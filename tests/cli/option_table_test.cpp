#include "cli/option_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(OptionTable, HoldsCommandsAndTheirOptionsInOrder) {
  CLI::App app{"the program", "tessera"};
  std::string format;
  std::string file;
  bool quiet = false;
  CLI::App* store = app.add_subcommand("registry", "a store");
  CLI::App* load = store->add_subcommand("load", "loads");
  load->add_option("-f,--format", format, "how")->check(CLI::IsMember({"table", "json"}));
  load->add_option("file", file, "what");
  load->add_flag("--quiet", quiet, "less");
  load->footer("Examples: …");
  const auto table = option_table(app);
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table[1].name, "registry");
  EXPECT_EQ(table[2].name, "registry load");
  EXPECT_EQ(table[2].footer, "Examples: …");
  const auto& options = table[2].options;
  ASSERT_EQ(options.size(), 4U);  // --help first
  EXPECT_THAT(options[1].names, ElementsAre("--format", "-f"));
  EXPECT_THAT(options[1].choices, ElementsAre("table", "json"));
  EXPECT_TRUE(options[1].takes_value);
  EXPECT_EQ(options[2].positional, "file");
  EXPECT_THAT(options[2].names, IsEmpty());
  EXPECT_FALSE(options[3].takes_value);
  EXPECT_THAT(options[3].choices, IsEmpty());
}

}  // namespace
}  // namespace tessera
