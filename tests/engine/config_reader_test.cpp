#include "engine/config_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What was noted against a table read by `read`.
template <typename Read>
std::string noted(const std::string& toml, Read read) {
  const ConfigTable tree = read_config_tree(toml, "f");
  ConfigProblems problems("f");
  ConfigReader reader(tree, {}, "t", problems);
  read(reader);
  try {
    problems.throw_if_any();
  } catch (const Error& fault) {
    return fault.what();
  }
  return {};
}

TEST(ConfigReader, ReadsEachType) {
  const std::string toml = "a='x'\nb=true\nc=2\nd=2.5\ne=['x','y']\n";
  EXPECT_EQ(noted(toml,
                  [](ConfigReader& reader) {
                    EXPECT_EQ(reader.text("a"), "x");
                    EXPECT_EQ(reader.boolean("b"), true);
                    EXPECT_EQ(reader.whole("c"), 2U);
                    EXPECT_EQ(reader.number("c"), 2.0);
                    EXPECT_EQ(reader.number("d"), 2.5);
                    EXPECT_EQ(reader.texts("e").size(), 2U);
                    reader.report_unknown();
                  }),
            "");
}

TEST(ConfigReader, AbsentKeysAreNoProblem) {
  EXPECT_EQ(noted("",
                  [](ConfigReader& reader) {
                    EXPECT_EQ(reader.text("a"), std::nullopt);
                    EXPECT_EQ(reader.whole("a"), std::nullopt);
                    EXPECT_TRUE(reader.texts("a").empty());
                    EXPECT_TRUE(reader.tables("a").empty());
                    EXPECT_FALSE(reader.table("a").has_value());
                  }),
            "");
}

TEST(ConfigReader, WrongTypesAreNotedAndGiveNothing) {
  EXPECT_EQ(noted("a = 1", [](ConfigReader& reader) { EXPECT_FALSE(reader.text("a")); }),
            "f:1:5: t.a: this is a number; write a text in quotes");
  EXPECT_THAT(noted("a = 'x'", [](ConfigReader& reader) { EXPECT_FALSE(reader.number("a")); }),
              HasSubstr("this is a text; write a number"));
  EXPECT_THAT(noted("a = inf", [](ConfigReader& reader) { EXPECT_FALSE(reader.number("a")); }),
              HasSubstr("not finite"));
  EXPECT_THAT(
      noted("a = 'x'", [](ConfigReader& reader) { EXPECT_TRUE(reader.tables("a").empty()); }),
      HasSubstr("write one [[a]] table for each"));
}

TEST(ConfigReader, UnknownKeysAreNotedWithTheNearest) {
  EXPECT_EQ(noted("nmae = 1",
                  [](ConfigReader& reader) {
                    reader.text("name");
                    reader.text("path");
                    reader.report_unknown();
                  }),
            "f:1:1: t.nmae: there is no such key; the keys here are name and path; did you mean "
            "\"name\"?");
}

TEST(ConfigReader, JoinsNamesAsInSpeech) {
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(joined_names(Names{}), "");
  EXPECT_EQ(joined_names(Names{"a"}), "a");
  EXPECT_EQ(joined_names(Names{"a", "b", "c"}), "a, b and c");
}

}  // namespace
}  // namespace tessera
