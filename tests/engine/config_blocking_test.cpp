// [blocking]: what rules become. Bad values are rows of tests/cases/bad_configs.tsv
// (read_job_test).
#include <gtest/gtest.h>

#include "engine/read_job.hpp"
#include "tests/engine/job_cases.hpp"

namespace tessera::test {
namespace {

BlockingRule with_rule(const std::string& rule) {
  const std::string toml =
      config_with("[\"birth_date\", \"prefix(family_name,2)\"], ", rule + ", ");
  return read_job_text(toml, "job.toml").rules[0];
}

TEST(ConfigBlocking, ResolvesKeysToColumns) {
  const BlockingRule rule = with_rule(R"(["birth_date", " prefix ( family_name , 2 ) "])");
  ASSERT_EQ(rule.parts.size(), 2U);
  EXPECT_EQ(rule.parts[0].function, KeyFunction::kValue);
  EXPECT_EQ(rule.parts[0].attribute, 2U);
  EXPECT_EQ(rule.parts[1].function, KeyFunction::kPrefix);
  EXPECT_EQ(rule.parts[1].attribute, 1U);
  EXPECT_EQ(rule.parts[1].length, 2U);
}

TEST(ConfigBlocking, WritesItsTextCanonically) {
  EXPECT_EQ(with_rule(R"(["birth_date", " prefix ( family_name , 2 ) "])").text,
            "birth_date + prefix(family_name,2)");
}

TEST(ConfigBlocking, TakesAnIndexRuleBesideTheOthers) {
  for (const std::string written : {R"x(["index(top = 7)"])x", R"x("index( top=7, few=50 )")x"}) {
    const JobSpec job = read_job_text(config_with("[\"birth_date\", \"prefix(family_name,2)\"], ",
                                                  written + ", [\"birth_date\"], "),
                                      "job.toml");
    ASSERT_TRUE(job.index_rule);
    EXPECT_EQ(job.index_rule->text, "index(top=7, few=50)");
    EXPECT_EQ(job.rules.size(), 2U);
  }
}

TEST(ConfigBlocking, ReadsKeysOfTwoAttributes) {
  for (const std::string name : {"tokens", "sounds", "sorted_sounds"}) {
    const BlockingRule rule = with_rule("[\"" + name + " ( family_name , given_name )\"]");
    EXPECT_EQ(rule.text, name + "(family_name,given_name)");
    ASSERT_EQ(rule.parts.size(), 1U);
    EXPECT_EQ(rule.parts[0].attribute, 1U);
    EXPECT_EQ(rule.parts[0].with, 0U);
  }
  EXPECT_FALSE(with_rule("[\"sounds(given_name)\"]").parts[0].with.has_value());
}

TEST(ConfigBlocking, KnowsEveryKeyFunction) {
  for (const std::string_view name : key_function_names()) {
    const bool date = name == "year" || name == "month" || name == "day";
    const bool length = name == "prefix" || name == "suffix";
    const std::string key =
        std::string(name) + "(" + (date ? "birth_date" : "given_name") + (length ? ",3)" : ")");
    EXPECT_EQ(with_rule("[\"" + key + "\"]").text, key);
  }
}

}  // namespace
}  // namespace tessera::test
