#include "engine/toml_text.hpp"

#include <gtest/gtest.h>

#include "engine/config_tree.hpp"

namespace tessera {
namespace {

TEST(TomlText, AnyTextReadsBack) {
  for (const std::string text : {"plain", "a \"b\" \\ c", "tab\tline\nbell\007", "Zoë 张伟", ""}) {
    const ConfigTable tree = read_config_tree("x = " + toml_text(text), "t");
    EXPECT_EQ(std::get<std::string>(tree.find("x")->content), text);
  }
}

TEST(TomlText, ListsStandInBrackets) {
  EXPECT_EQ(toml_texts({}), "[]");
  EXPECT_EQ(toml_texts({"a", "b\""}), R"(["a", "b\""])");
}

TEST(TomlText, PathsAreRelativeToTheConfig) {
  EXPECT_EQ(toml_path("/a/b/c.csv", "/a/d"), "\"../b/c.csv\"");
  EXPECT_EQ(toml_path("/a/b/c.csv", "/a/b"), "\"c.csv\"");
  EXPECT_EQ(toml_path("b/c.csv", ""), "\"b/c.csv\"");
}

TEST(TomlText, RulesAreListsOfKeys) {
  JobSpec job;
  job.attributes.resize(2);
  job.attributes[0].name = "family_name";
  job.attributes[1].name = "birth_date";
  const BlockingRule rule{"", {{KeyFunction::kPrefix, 0, 3}, {KeyFunction::kYear, 1}}};
  EXPECT_EQ(toml_rule(rule, job), "[\"prefix(family_name,3)\", \"year(birth_date)\"]");
}

}  // namespace
}  // namespace tessera
