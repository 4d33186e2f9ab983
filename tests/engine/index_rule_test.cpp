#include "engine/index_rule.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <map>
#include <set>
#include <tuple>

#include "engine/candidates.hpp"
#include "engine/index_rule_text.hpp"
#include "engine/train.hpp"
#include "index/nearest.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

using test::PeopleJob;
using Pairs = std::set<std::pair<Row, Row>>;

IndexRule rule_of(const char* text) {
  return std::get<IndexRule>(read_index_rule(text));
}

// Each block is one pair.
Pairs pairs_of(const RuleBlocks& blocks) {
  const Members members = list_members(blocks);
  Pairs pairs;
  for (BlockNumber block = 1; block <= blocks.blocks; ++block) {
    EXPECT_EQ(members.starts[block] - members.starts[block - 1], 2U);
    const Row left = members.rows[members.starts[block - 1]];
    const Row right = members.rows[members.starts[block - 1] + 1];
    EXPECT_LT(left, right);
    EXPECT_TRUE(pairs.emplace(left, right).second);
  }
  return pairs;
}

std::uint64_t candidates_of(const Blocking& blocking, Row row, Row rows) {
  std::uint64_t candidates = 0;
  for (const RuleBlocks& rule : blocking.rules) {
    for (const BlockNumber block : rule.of(row)) {
      for (Row other = 0; other < rows; ++other) {
        for (const BlockNumber of_other : rule.of(other)) {
          candidates += other != row && of_other == block ? 1 : 0;
        }
      }
    }
  }
  return candidates;
}

// The slow twin: look up the rows with few candidates, leave out what is compared already, keep the
// most alike.
Pairs pairs_by_definition(const PeopleJob& people, const IndexRule& rule) {
  std::vector<std::uint32_t> columns;
  for (const ComparisonSpec& spec : people.job.comparisons) columns.push_back(spec.attribute);
  const ValueIndex index(people.table, columns);
  NearestSearch search(index);
  std::map<std::pair<Row, Row>, std::uint32_t> likeness;
  for (Row row = 0; row < people.table.size(); ++row) {
    if (candidates_of(people.blocking, row, people.table.size()) >= rule.few) continue;
    std::vector<bool> open;
    for (std::size_t s = 0; s < people.table.sources.size(); ++s) {
      open.push_back(
          may_be_linked(people.space, people.table.row_source[row], static_cast<SourceId>(s)));
    }
    NearestOptions options;
    options.top = rule.top;
    for (const Near& near : search.near_row(row, open, options).rows) {
      const std::pair<Row, Row> pair = std::minmax(row, near.row);
      if (shares_block(people.blocking, pair.first, pair.second)) continue;
      likeness[pair] = std::max(likeness[pair], near.likeness);
    }
  }
  std::set<std::tuple<std::int64_t, Row, Row>> by_likeness;  // the most alike first
  for (const auto& [pair, bits] : likeness) {
    // Times the share that it is of what either of the two says.
    const std::int64_t all = std::int64_t{own_likeness(index, pair.first)} +
                             std::int64_t{own_likeness(index, pair.second)};
    const std::int64_t both = bits;
    by_likeness.emplace(-(2 * both * both / all), pair.first, pair.second);
  }
  Pairs pairs;
  for (const auto& [bits, left, right] : by_likeness) {
    if (rule.pairs == 0 || pairs.size() < rule.pairs) pairs.emplace(left, right);
  }
  return pairs;
}

TEST(IndexRule, MakesThePairsOfItsDefinition) {
  for (const LinkType type : {LinkType::kLinkAndDedupe, LinkType::kLinkOnly}) {
    const PeopleJob people(400, 21, 2, type);
    for (const char* text : {"index(top=3, few=40)", "index(top=2, few=1000000)",
                             "index(top=5, all, pairs=60)", "index(top=2, few=40, pairs=10000)"}) {
      const IndexRule rule = rule_of(text);
      const IndexedPairs found =
          find_indexed_pairs(people.table, people.job, rule, people.blocking, people.space);
      const Pairs pairs = pairs_of(found.blocks);
      EXPECT_EQ(pairs, pairs_by_definition(people, rule)) << text;
      EXPECT_GT(pairs.size(), 5U);
      EXPECT_LE(found.looked_up, people.table.size());
    }
  }
}

TEST(IndexRule, LooksUpEveryRecordWhereAsked) {
  const PeopleJob people(300, 22, 1, LinkType::kLinkAndDedupe);
  const IndexedPairs all = find_indexed_pairs(
      people.table, people.job, rule_of("index(top=5, all)"), people.blocking, people.space);
  EXPECT_EQ(all.looked_up, people.table.size());
  const IndexedPairs none = find_indexed_pairs(
      people.table, people.job, rule_of("index(top=5, few=1)"), people.blocking, people.space);
  EXPECT_LT(none.looked_up, people.table.size());
}

TEST(IndexRule, IsTheSameAtAnyThreadCount) {
  const PeopleJob people(1500, 23, 3, LinkType::kLinkAndDedupe);
  const auto pairs = [&](std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    return pairs_of(find_indexed_pairs(people.table, people.job, rule_of("index(top=4, all)"),
                                       people.blocking, people.space)
                        .blocks);
  };
  EXPECT_EQ(pairs(1), pairs(4));
}

TEST(IndexRule, PairsAreBlocksThatShareAsOthersDo) {
  const PeopleJob people(300, 24, 1, LinkType::kLinkAndDedupe);
  Blocking blocking;
  blocking.rules.push_back(find_indexed_pairs(people.table, people.job,
                                              rule_of("index(top=3, all)"), people.blocking,
                                              people.space)
                               .blocks);
  const Pairs pairs = pairs_of(blocking.rules[0]);
  for (Row left = 0; left < people.table.size(); ++left) {
    for (Row right = left + 1; right < people.table.size(); ++right) {
      ASSERT_EQ(shares_block(blocking, left, right), pairs.contains({left, right}));
    }
  }
}

}  // namespace
}  // namespace tessera
