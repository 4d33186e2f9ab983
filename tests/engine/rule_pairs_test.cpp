#include "engine/rule_pairs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "blocking/key_values.hpp"
#include "blocking/row_keys.hpp"
#include "engine/candidates.hpp"
#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;

/// A rule's pairs, made one by one from the definition.
std::set<std::pair<Row, Row>> pairs_one_by_one(const Table& table, const BlockingRule& rule,
                                               const PairSpace& space) {
  std::vector<PartColumns> evaluated;
  std::vector<BoundPart> bound;
  for (const KeyPart& part : rule.parts) evaluated.push_back(evaluate_part(part, table));
  for (std::size_t i = 0; i < rule.parts.size(); ++i) {
    bound.push_back(bind_part(rule.parts[i], table, evaluated[i]));
  }
  std::map<std::uint64_t, std::vector<Row>> groups;
  for (const RowKey& key : row_keys(table.size(), bound)) groups[key.key].push_back(key.row);
  std::set<std::pair<Row, Row>> pairs;
  for (const auto& [key, rows] : groups) {
    for (const Row a : rows) {
      for (const Row b : rows) {
        if (a < b && may_be_linked(table, space, a, b)) pairs.emplace(a, b);
      }
    }
  }
  return pairs;
}

TEST(RulePairs, GroupSizesGiveTheNumberOfDistinctPairs) {
  for (const LinkType type :
       {LinkType::kLinkAndDedupe, LinkType::kLinkOnly, LinkType::kDedupeOnly}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      test::PeopleJob people(250, seed, 3, type);
      people.table.sources[1].duplicate_free = true;
      const PairSpace space = job_space(people.table, people.job);
      std::vector<BlockingRule> rules = people.job.rules;
      rules.push_back({"double_metaphone(family_name)", {{KeyFunction::kDoubleMetaphone, 1}}});
      rules.push_back({"sounds(given_name,family_name)", {{KeyFunction::kSounds, 0, 0, 1}}});
      rules.push_back({"tokens(given_name) + tokens(village)",
                       {{KeyFunction::kTokens, 0}, {KeyFunction::kTokens, 4}}});
      for (const BlockingRule& rule : rules) {
        const KeyedPairs counted = count_keyed_pairs(people.table, rule, space);
        EXPECT_TRUE(counted.exact) << rule.text;
        EXPECT_EQ(counted.pairs, pairs_one_by_one(people.table, rule, space).size()) << rule.text;
      }
    }
  }
}

TEST(RulePairs, PairsWithSeveralWordsInCommonCountOnce) {
  const Table table = test::make_table(
      {{"name"}}, {{"ana maria luz"}, {"maria ana"}, {"luz ana maria"}, {"maria"}, {""}});
  PairSpace space;
  space.source_begin = {0, 5};
  const BlockingRule rule{"tokens(name)", {{KeyFunction::kTokens, 0}}};
  const KeyedPairs counted = count_keyed_pairs(table, rule, space);
  EXPECT_EQ(counted.pairs, 6U);  // maria is in all four
  EXPECT_EQ(counted.rows_with_key, 4U);
  EXPECT_EQ(counted.groups, 3U);
  EXPECT_THAT(counted.largest, ElementsAre(4, 3, 2));
}

TEST(RulePairs, AVeryLongTextIsToldNotToBeExact) {
  std::string many;
  for (char c = 'a'; c < 'p'; ++c) many += std::string(many.empty() ? "" : " ") + c + c;
  const Table table = test::make_table({{"name"}}, {{many}, {many}, {"aa"}});
  PairSpace space;
  space.source_begin = {0, 3};
  const BlockingRule rule{"tokens(name)", {{KeyFunction::kTokens, 0}}};
  const KeyedPairs counted = count_keyed_pairs(table, rule, space);
  EXPECT_FALSE(counted.exact);
  EXPECT_GE(counted.pairs, 3U);  // never fewer than there are
}

TEST(RulePairs, DrawnPairsAreOfTheRuleAndEachAsLikely) {
  const Table table =
      test::make_table({{"name"}}, {{"ana"}, {"ana"}, {"ana"}, {"ben"}, {"ben"}, {"carl"}});
  PairSpace space;
  space.source_begin = {0, 6};
  const BlockingRule rule{"name", {{KeyFunction::kValue, 0}}};
  const KeyedPairs counted = count_keyed_pairs(table, rule, space, {.count = 4000, .seed = 7});
  ASSERT_EQ(counted.drawn.size(), 4000U);
  std::map<std::pair<Row, Row>, int> times;
  for (const auto& pair : counted.drawn) ++times[pair];
  ASSERT_EQ(times.size(), 4U);  // ana three, ben one
  for (const auto& [pair, of] : times) {
    EXPECT_NEAR(of, 1000, 150) << pair.first << " " << pair.second;
    EXPECT_TRUE(pairs_one_by_one(table, rule, space).contains(pair));
  }
}

TEST(RulePairs, DrawnPairsMayBeLinked) {
  const test::PeopleJob people(250, 8, 3, LinkType::kLinkOnly);
  const BlockingRule& rule = people.job.rules.front();
  const KeyedPairs counted =
      count_keyed_pairs(people.table, rule, people.space, {.count = 100, .seed = 1});
  EXPECT_FALSE(counted.drawn.empty());
  for (const auto& [left, right] : counted.drawn) {
    EXPECT_TRUE(may_be_linked(people.table, people.space, left, right));
  }
}

TEST(RulePairs, EachRuleAddsWhatNoEarlierOneMakes) {
  for (const LinkType type :
       {LinkType::kLinkAndDedupe, LinkType::kLinkOnly, LinkType::kDedupeOnly}) {
    const test::PeopleJob people(250, 8, 3, type);
    const std::vector<std::uint64_t> added =
        count_added_pairs(people.table, people.blocking, people.space);
    ASSERT_EQ(added.size(), people.job.rules.size());
    std::set<std::pair<Row, Row>> made;
    for (std::size_t r = 0; r < added.size(); ++r) {
      const std::size_t before = made.size();
      made.merge(pairs_one_by_one(people.table, people.job.rules[r], people.space));
      EXPECT_EQ(added[r], made.size() - before) << people.job.rules[r].text;
    }
  }
}

}  // namespace
}  // namespace tessera
