#include "engine/advise_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "blocking/blocks.hpp"
#include "engine/rule_pairs.hpp"
#include "tests/engine/explained_people.hpp"

namespace tessera {
namespace {

class AdviseRules : public testing::Test {
 protected:
  RuleAdvice advise(std::uint64_t budget) const {
    return advise_rules(people_.people.job, people_.people.table, people_.scored.links, budget);
  }

  static const test::ExplainedPeople& shared() {
    static const test::ExplainedPeople kPeople(2000);
    return kPeople;
  }
  const test::ExplainedPeople& people_ = shared();
};

TEST_F(AdviseRules, KeepToTheBudgetAndFindMoreWithMore) {
  double found = 0.0;
  std::size_t chosen = 0;
  for (const std::uint64_t budget : {200U, 2'000U, 20'000U, 200'000U}) {
    const RuleAdvice advice = advise(budget);
    EXPECT_LE(advice.pairs, budget);
    std::uint64_t pairs = 0;
    double matches = 0.0;
    for (const AdvisedRule& rule : advice.rules) {
      pairs += rule.pairs;
      matches += rule.new_matches;
    }
    EXPECT_EQ(pairs, advice.pairs);
    EXPECT_LE(matches, advice.known + 1e-6);
    EXPECT_GE(matches + 0.02 * advice.known, found);
    found = matches;
    chosen += advice.rules.size();
  }
  EXPECT_GT(chosen, 3U);
  EXPECT_GT(found, 0.8 * advise(200'000).known);
}

// What each rule brings is what its blocks bring that those before it did not: asked of blocking.
TEST_F(AdviseRules, NewMatchesAreThoseThatBlockingMakesFirst) {
  const RuleAdvice advice = advise(20'000);
  ASSERT_GE(advice.rules.size(), 2U);
  std::vector<BlockingRule> rules;
  for (const AdvisedRule& of : advice.rules) rules.push_back(of.rule);
  std::vector<double> fresh(rules.size(), 0.0);
  std::vector<Blocking> blocks;
  for (const BlockingRule& rule : rules) {
    blocks.push_back(block_rows(people_.people.table, std::span(&rule, 1), {1'000'000}));
  }
  for (const Link& link : people_.scored.links) {
    for (std::size_t r = 0; r < rules.size(); ++r) {
      if (!shares_block(blocks[r], link.left, link.right)) continue;
      fresh[r] += probability_from_bits(link.weight_bits);
      break;
    }
  }
  for (std::size_t r = 0; r < rules.size(); ++r) {
    EXPECT_NEAR(advice.rules[r].new_matches, fresh[r], 1e-3) << rules[r].text;
  }
}

// The pairs stated are those that blocking makes, each counted where it is made first.
TEST_F(AdviseRules, PairsAreThoseThatTheRulesMakeTogether) {
  const RuleAdvice advice = advise(20'000);
  std::vector<BlockingRule> rules;
  for (const AdvisedRule& of : advice.rules) rules.push_back(of.rule);
  const Blocking blocks = block_rows(people_.people.table, rules, {1'000'000});
  const std::vector<std::uint64_t> added =
      count_added_pairs(people_.people.table, blocks, people_.people.space);
  ASSERT_EQ(added.size(), advice.rules.size());
  for (std::size_t r = 0; r < added.size(); ++r) EXPECT_EQ(added[r], advice.rules[r].pairs);
}

TEST_F(AdviseRules, SaysWhatTheRulesMiss) {
  const RuleAdvice advice = advise(20'000);
  ASSERT_TRUE(advice.recall.estimate.has_value());
  EXPECT_LE(advice.recall.estimate->low, advice.recall.estimate->recall());
  EXPECT_GE(advice.recall.estimate->high, advice.recall.estimate->recall());
}

TEST_F(AdviseRules, NoPairsNoRules) {
  EXPECT_TRUE(advise_rules(people_.people.job, people_.people.table, {}, 1000).rules.empty());
}

TEST(AdvisableParts, AreOfEveryAttributeAndNoMoreThanFit) {
  const test::PeopleJob people(20, 4, 1, LinkType::kLinkAndDedupe);
  const std::vector<KeyPart> parts = advisable_parts(people.job);
  EXPECT_LE(parts.size(), 64U);
  for (std::uint32_t column = 0; column < people.job.attributes.size(); ++column) {
    EXPECT_TRUE(
        std::ranges::any_of(parts, [&](const KeyPart& part) { return part.attribute == column; }));
  }
}

}  // namespace
}  // namespace tessera
