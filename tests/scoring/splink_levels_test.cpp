#include "scoring/splink_levels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(SplinkConditions, AreReadAsTheTableSays) {
  for (const auto& row : test::read_cases("splink_conditions.tsv")) {
    const SplinkLevelMeaning meaning = read_splink_condition(row.at(0));
    const std::string level = meaning.level ? meaning.level->text : "";
    EXPECT_EQ(level, row.at(1)) << row[0];
    EXPECT_EQ(meaning.level.has_value(), meaning.reason.empty()) << row[0];
    if (meaning.level) {
      EXPECT_EQ(meaning.attribute, row.at(2)) << row[0];
      EXPECT_EQ(parse_level(level)->threshold, meaning.level->threshold) << row[0];
      EXPECT_EQ(meaning.difference.empty(), row.at(3).empty()) << row[0];
      EXPECT_THAT(meaning.difference, HasSubstr(row.at(3))) << row[0];
    } else {
      EXPECT_THAT(meaning.reason, HasSubstr(row.at(3))) << row[0];
    }
  }
}

TEST(SplinkConditions, ASwapNamesBothColumns) {
  const SplinkLevelMeaning meaning =
      read_splink_condition(R"("given_l" = "family_r" AND "given_r" = "family_l")");
  ASSERT_TRUE(meaning.level);
  EXPECT_EQ(meaning.attribute, "given");
  EXPECT_EQ(meaning.partner, "family");
}

TEST(SplinkRules, AreReadAsTheTableSays) {
  for (const auto& row : test::read_cases("splink_rules.tsv")) {
    const SplinkRuleMeaning rule = read_splink_rule(row.at(0));
    std::string parts;
    for (const std::string& part : rule.parts) parts += (parts.empty() ? "" : " + ") + part;
    EXPECT_EQ(parts, row.at(1)) << row[0];
    EXPECT_EQ(rule.more_conditions, row.at(2) == "yes") << row[0];
    EXPECT_EQ(rule.reason.empty(), row.at(3).empty()) << row[0];
    EXPECT_THAT(rule.reason, HasSubstr(row.at(3))) << row[0];
  }
}

TEST(SplinkNull, IsASideMissing) {
  EXPECT_TRUE(is_splink_null_of(R"("a_l" IS NULL OR "a_r" IS NULL)", "a"));
  EXPECT_TRUE(is_splink_null_of(
      R"(try_strptime("a_l", '%Y') IS NULL OR try_strptime("a_r", '%Y') IS NULL)", "a"));
}

TEST(SplinkNull, IsNothingElse) {
  for (const char* sql :
       {R"("a_l" IS NULL AND "a_r" IS NULL)", R"("a_l" IS NULL OR "a_l" IS NULL)",
        R"("a_l" IS NULL OR "b_r" IS NULL)", R"("a_l" IS NOT NULL OR "a_r" IS NULL)",
        R"("a_l" IS NULL)", R"("a_l" = '' OR "a_r" = '')", "(", ""}) {
    EXPECT_FALSE(is_splink_null_of(sql, "a")) << sql;
  }
  EXPECT_FALSE(is_splink_null_of(R"("a_l" IS NULL OR "a_r" IS NULL)", "b"));
}

}  // namespace
}  // namespace tessera
