#include "data/clean_rules.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"

namespace tessera {
namespace {

AttributeSpec with_rules(std::vector<CleaningRule> rules) {
  AttributeSpec attribute;
  attribute.name = "village";
  attribute.rules = std::move(rules);
  return attribute;
}

TEST(RuleChain, AppliesEveryRuleInOrderToEveryMatch) {
  const RuleChain rules(
      with_rules({{"(?i)\\bst\\.?\\b", "saint"}, {"saint +saint", "saint"}, {"[0-9]", ""}}));
  EXPECT_EQ(rules.apply("St. Mary 1 and st Anne 22"), "saint. Mary  and saint Anne ");
  EXPECT_EQ(rules.apply("st st John"), "saint John");
}

TEST(RuleChain, ReplacementsNameGroups) {
  const RuleChain rules(with_rules({{"(\\pL+), *(\\pL+)", "\\2 \\1"}}));
  EXPECT_EQ(rules.apply("Łukasz, Żeromski"), "Żeromski Łukasz");
}

TEST(RuleChain, WithoutRulesNothingChanges) {
  const RuleChain rules(with_rules({}));
  EXPECT_TRUE(rules.empty());
  EXPECT_EQ(rules.apply("as it was"), "as it was");
}

TEST(RuleChain, ABadPatternIsAUsageErrorThatNamesItsPlace) {
  try {
    const RuleChain rules(with_rules({{"fine", ""}, {"(unclosed", ""}}));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_EQ(error.where(), "attribute.village.rules[1]");
    EXPECT_NE(std::string(error.what()).find("missing )"), std::string::npos) << error.what();
  }
}

TEST(RuleChain, AReplacementThatNamesAnAbsentGroupIsAUsageError) {
  try {
    const RuleChain rules(with_rules({{"(a)", "\\2"}}));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_EQ(error.where(), "attribute.village.rules[0]");
  }
}

}  // namespace
}  // namespace tessera
