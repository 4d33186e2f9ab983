#include "blocking/blocks.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <optional>
#include <set>

#include "blocking/key_values.hpp"
#include "blocking/oversized.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

BlockingRule rule(std::initializer_list<KeyPart> parts) {
  BlockingRule out;
  out.parts = parts;
  out.text = "rule";
  return out;
}

bool share_a_block(const RuleBlocks& rule, Row a, Row b) {
  for (const BlockNumber x : rule.of(a)) {
    for (const BlockNumber y : rule.of(b)) {
      if (x == y) return true;
    }
  }
  return false;
}

// A row's keys under a part, of one column or two.
std::set<std::string> keys_of(const Table& table, const KeyPart& part, Row row) {
  std::set<std::string> keys;
  for (const auto from : {std::optional(part.attribute), part.with}) {
    if (!from) continue;
    const Column& column = table.columns[*from];
    if (column.codes[row] == kMissing) continue;
    for (std::string& key : key_texts(part, column.in_latin(column.codes[row]))) {
      keys.insert(std::move(key));
    }
  }
  if (part.function != KeyFunction::kSortedSounds || keys.empty()) return keys;
  std::string all;
  for (const std::string& key : keys) all += key + " ";
  return {all};
}

// From the definition: for every part some key in common.
bool share_a_key(const Table& table, const BlockingRule& rule, Row a, Row b) {
  return std::ranges::all_of(rule.parts, [&](const KeyPart& part) {
    const std::set<std::string> of_b = keys_of(table, part, b);
    return std::ranges::any_of(keys_of(table, part, a),
                               [&](const std::string& key) { return of_b.contains(key); });
  });
}

TEST(BlockRows, RowsShareABlockIfAndOnlyIfTheyShareAKey) {
  const Table table = test::random_people(200, 11);
  const std::vector<BlockingRule> rules = {
      rule({{KeyFunction::kSoundex, 1, 0}, {KeyFunction::kYear, 2, 0}}),
      rule({{KeyFunction::kTokens, 4, 0}, {KeyFunction::kPrefix, 0, 1}}),
      rule({{KeyFunction::kValue, 3, 0}}),
      rule({{KeyFunction::kSounds, 0, 0, 1}, {KeyFunction::kYear, 2, 0}}),
      rule({{KeyFunction::kSortedSounds, 0, 0, 1}})};
  const Blocking blocking = block_rows(table, rules, {});
  for (std::size_t r = 0; r < rules.size(); ++r) {
    for (Row a = 0; a < table.size(); ++a) {
      for (Row b = a + 1; b < table.size(); ++b) {
        ASSERT_EQ(share_a_block(blocking.rules[r], a, b), share_a_key(table, rules[r], a, b));
      }
    }
  }
}

std::uint64_t pairs_in_blocks(const RuleBlocks& rule) {
  const Members members = list_members(rule);
  std::uint64_t pairs = 0;
  for (std::size_t b = 1; b < members.starts.size(); ++b) {
    pairs += pairs_of(members.starts[b] - members.starts[b - 1]);
  }
  return pairs;
}

TEST(BlockRows, ARowWithoutAPartIsInNoBlock) {
  const Table table =
      test::make_table({{"a"}, {"b"}}, {{"x", ""}, {"x", ""}, {"x", "y"}, {"x", "y"}});
  const Blocking blocking = block_rows(
      table, std::vector{rule({{KeyFunction::kValue, 0, 0}, {KeyFunction::kValue, 1, 0}})}, {});
  EXPECT_TRUE(blocking.rules[0].of(0).empty());
  EXPECT_EQ(blocking.rules[0].of(2).size(), 1U);
  EXPECT_EQ(blocking.rules[0].rows_without_key, 2U);
  EXPECT_EQ(blocking.rows_in_no_block, 2U);
}

TEST(BlockRows, AnOversizedBlockIsSplitAndTold) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 60; ++i) rows.push_back({"x", "v" + std::to_string(i % 6)});
  const Table table = test::make_table({{"a"}, {"village"}}, rows);
  const Blocking blocking = block_rows(table, std::vector{rule({{KeyFunction::kValue, 0, 0}})},
                                       {.max_block_records = 20});
  ASSERT_EQ(blocking.not_compared.size(), 1U);
  EXPECT_EQ(blocking.not_compared[0].pairs, pairs_of(60) - 6 * pairs_of(10));
  EXPECT_EQ(blocking.rules[0].largest_block, 60U);
  EXPECT_EQ(blocking.rules[0].blocks, 6U);
}

TEST(BlockRows, RulesWithTooManyPairsAreSplitFurtherAndTold) {
  const Table table = test::random_people(3000, 3);
  const std::vector<BlockingRule> rules = {
      rule({{KeyFunction::kPrefix, 1, 1}}),
      rule({{KeyFunction::kSoundex, 1, 0}, {KeyFunction::kYear, 2, 0}})};
  const Blocking free = block_rows(table, rules, {});
  const std::uint64_t sharp = pairs_in_blocks(free.rules[1]);
  const std::uint64_t budget = pairs_in_blocks(free.rules[0]) / 4 + sharp;
  const Blocking cut = block_rows(table, rules, {.max_pairs = budget});
  EXPECT_LE(pairs_in_blocks(cut.rules[0]) + sharp, budget);
  EXPECT_GT(pairs_in_blocks(cut.rules[0]), 0U);
  EXPECT_EQ(cut.rules[1].single, free.rules[1].single);
  ASSERT_EQ(cut.not_compared.size(), 1U);
  EXPECT_EQ(cut.not_compared[0].pairs + pairs_in_blocks(cut.rules[0]),
            pairs_in_blocks(free.rules[0]));
}

TEST(BlockRows, IsTheSameAtAnyThreadCount) {
  const Table table = test::random_people(3000, 3);
  const std::vector<BlockingRule> rules = {rule({{KeyFunction::kSoundex, 1, 0}}),
                                           rule({{KeyFunction::kTokens, 4, 0}})};
  const Blocking many = block_rows(table, rules, {});
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const Blocking single = block_rows(table, rules, {});
  EXPECT_EQ(many.rules[0].single, single.rules[0].single);
  EXPECT_EQ(many.rules[1].several, single.rules[1].several);
}

TEST(ListMembers, IsTheInverseOfOf) {
  const Table table = test::random_people(500, 17);
  const Blocking blocking =
      block_rows(table, std::vector{rule({{KeyFunction::kTokens, 4, 0}})}, {});
  const Members members = list_members(blocking.rules[0]);
  std::size_t listed = 0;
  for (BlockNumber b = 1; b < members.starts.size(); ++b) {
    EXPECT_GE(members.starts[b] - members.starts[b - 1], 2U);
    for (std::uint64_t k = members.starts[b - 1]; k < members.starts[b]; ++k, ++listed) {
      const auto of = blocking.rules[0].of(members.rows[k]);
      EXPECT_NE(std::find(of.begin(), of.end(), b), of.end());
    }
  }
  EXPECT_EQ(listed, blocking.rules[0].several.size() + blocking.rules[0].single.size());
}

}  // namespace
}  // namespace tessera
