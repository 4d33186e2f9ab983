#include "blocking/block_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "blocking/blocks.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

using Names = std::vector<std::map<Row, std::set<std::uint64_t>>>;  // per rule and row

Names names_of(const Table& table, const std::vector<BlockingRule>& rules,
               const std::vector<SplitNode>& splits) {
  Names all(rules.size());
  for_each_rule_names(table, rules, splits,
                      [&](std::size_t rule, const std::vector<RowKey>& names) {
                        for (const RowKey& name : names) all[rule][name.row].insert(name.key);
                      });
  return all;
}

// One with several keys a row, one of two columns.
std::vector<BlockingRule> people_rules() {
  return {
      {"soundex(family_name)", {{KeyFunction::kSoundex, 1, 0}}},
      {"tokens(village) + year(birth_date)",
       {{KeyFunction::kTokens, 4, 0}, {KeyFunction::kYear, 2, 0}}},
      {"birth_date", {{KeyFunction::kValue, 2, 0}}},
      {"prefix(given_name,2) + sex", {{KeyFunction::kPrefix, 0, 2}, {KeyFunction::kValue, 3, 0}}}};
}

bool share_a_name(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](std::uint64_t name) { return b.contains(name); });
}

bool share_a_block(const RuleBlocks& rule, Row a, Row b) {
  for (const BlockNumber x : rule.of(a)) {
    for (const BlockNumber y : rule.of(b)) {
      if (x == y) return true;
    }
  }
  return false;
}

// Blocks of at most 20, so that many are split, by several columns.
TEST(BlockNames, TwoRowsShareANameWhereTheyShareABlock) {
  const Table table = test::random_people(400, 3, 2);
  const std::vector<BlockingRule> rules = people_rules();
  const BlockingOptions learning{.max_block_records = 20, .numbers = KeyNumbers::kByText};
  const std::vector<SplitNode> splits = block_rows(table, rules, learning).splits;
  ASSERT_GT(splits.size(), 10U);
  const Blocking blocking = block_rows(
      table, rules, {.max_block_records = 20, .numbers = KeyNumbers::kByText, .splits = &splits});
  Names names = names_of(table, rules, splits);
  std::uint64_t together = 0;
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    for (Row a = 0; a < table.size(); ++a) {
      for (Row b = a + 1; b < table.size(); ++b) {
        const bool share = share_a_block(blocking.rules[rule], a, b);
        together += share ? 1 : 0;
        ASSERT_EQ(share_a_name(names[rule][a], names[rule][b]), share)
            << "rule " << rule << " rows " << a << " and " << b;
      }
    }
  }
  EXPECT_GT(together, 500U);
}

// A record's names are the same in a table with other records.
TEST(BlockNames, DoNotDependOnTheOtherRows) {
  const Table table = test::random_people(300, 5);
  const std::vector<BlockingRule> rules = people_rules();
  const std::vector<SplitNode> splits =
      block_rows(table, rules, {.max_block_records = 20, .numbers = KeyNumbers::kByText}).splits;
  Names names = names_of(table, rules, splits);
  std::vector<std::vector<std::string>> texts;
  for (Row row = 0; row < table.size(); row += 7) {
    std::vector<std::string>& of = texts.emplace_back();
    for (const Column& column : table.columns) of.emplace_back(column.values[column.codes[row]]);
  }
  Names alone = names_of(test::make_table(test::people_columns(), texts), rules, splits);
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    for (Row i = 0; i < texts.size(); ++i) EXPECT_EQ(alone[rule][i], names[rule][7 * i]);
  }
}

TEST(BlockNames, ARowThatLacksTheSplittingValueIsInNoPart) {
  const Table table = test::make_table({{"key"}, {"sex"}}, {{"a", "f"}, {"a", ""}});
  const std::uint64_t root = split_root(1, 7);
  const std::vector<SplitNode> by_sex = {{root, 1}};
  EXPECT_EQ(split_leaf(table, 0, root, by_sex), split_child(root, "f"));
  EXPECT_EQ(split_leaf(table, 1, root, by_sex), 0U);
  const std::vector<SplitNode> not_compared = {{root, kNotSplit}};
  EXPECT_EQ(split_leaf(table, 0, root, not_compared), 0U);
  EXPECT_EQ(split_leaf(table, 0, root, {}), root);
}

}  // namespace
}  // namespace tessera
