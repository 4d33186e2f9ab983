#include "engine/count_patterns.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

bool share_a_block(const RuleBlocks& rule, Row a, Row b) {
  for (const BlockNumber x : rule.of(a)) {
    for (const BlockNumber y : rule.of(b)) {
      if (x == y) return true;
    }
  }
  return false;
}

std::map<Pattern, std::uint64_t> as_map(const PatternCounts& counts) {
  std::map<Pattern, std::uint64_t> map;
  for (const PatternCount& count : counts) map[count.pattern] += count.pairs;
  return map;
}

TEST(CountPatterns, CountsWhatTheDefinitionCounts) {
  const test::PeopleJob people(300, 6, 2, LinkType::kLinkOnly);
  const std::vector<RulePatterns> counted = count_patterns(people.walked(), people.comparer, {});
  const std::vector<SourcePairCounts> counted_owned = owned_patterns(counted, people.space);
  std::vector<std::map<Pattern, std::uint64_t>> owned(count_source_pairs(2));
  std::map<Pattern, std::uint64_t> owned_by_any;
  for (std::size_t r = 0; r < counted.size(); ++r) {
    std::map<Pattern, std::uint64_t> all;
    for (Row a = 0; a < people.table.size(); ++a) {
      for (Row b = a + 1; b < people.table.size(); ++b) {
        if (people.table.row_source[a] == people.table.row_source[b]) continue;
        if (!share_a_block(people.blocking.rules[r], a, b)) continue;
        ++all[people.comparer.pattern(a, b)];
        bool earlier = false;
        for (std::size_t q = 0; q < r; ++q) {
          earlier = earlier || share_a_block(people.blocking.rules[q], a, b);
        }
        if (earlier) continue;
        const std::size_t sources =
            source_pair_number(people.table.row_source[a], people.table.row_source[b]);
        ++owned[sources][people.comparer.pattern(a, b)];
        ++owned_by_any[people.comparer.pattern(a, b)];
      }
    }
    EXPECT_EQ(as_map(counted[r].all), all) << r;
  }
  ASSERT_EQ(counted_owned.size(), owned.size());
  for (std::size_t p = 0; p < owned.size(); ++p) {
    EXPECT_EQ(as_map(counted_owned[p].patterns), owned[p]) << p;
  }
  EXPECT_EQ(as_map(all_patterns(counted_owned)), owned_by_any);
}

TEST(OwnedPatterns, KnowThePossiblePairsOfEachPairOfSources) {
  const test::PeopleJob people(300, 6, 3, LinkType::kLinkAndDedupe);
  const auto owned =
      owned_patterns(count_patterns(people.walked(), people.comparer, {}), people.space);
  ASSERT_EQ(owned.size(), count_source_pairs(3));
  const std::vector<std::uint64_t> expected = {4950, 10'000, 4950, 10'000, 10'000, 4950};
  for (std::size_t p = 0; p < owned.size(); ++p) {
    EXPECT_EQ(owned[p].possible_pairs, expected[p]) << p;  // 100 · 99 / 2 within, 100 · 100 across
    EXPECT_FALSE(owned[p].patterns.empty()) << p;
  }
}

TEST(CountPatterns, ASampleIsScaledUp) {
  const test::PeopleJob people(2000, 8, 1, LinkType::kLinkAndDedupe);
  const auto whole = count_patterns(people.walked(), people.comparer, {});
  const auto sample =
      count_patterns(people.walked(), people.comparer, {.max_pairs_per_rule = 20000});
  ASSERT_GT(sample[0].one_in, 1U);
  double total = 0;
  double sampled = 0;
  for (const PatternCount& count : whole[0].all) total += static_cast<double>(count.pairs);
  for (const PatternCount& count : sample[0].all) {
    sampled += static_cast<double>(count.pairs);
    EXPECT_EQ(count.pairs % sample[0].one_in, 0U);
  }
  EXPECT_NEAR(sampled / total, 1.0, 0.05);  // about 20,000 pairs drawn: one standard error is 0.7 %
}

// Of each run of one_in pairs one is drawn, so that the pairs drawn are the rule's, one run over.
// Rows have one key under the first rule: none of its pairs is in an earlier block of it.
TEST(CountPatterns, OneOfEachRunOfPairsIsDrawn) {
  const test::PeopleJob people(2000, 8, 1, LinkType::kLinkAndDedupe);
  for (const std::uint64_t most : {1'000ULL, 30'000ULL}) {
    const auto sample =
        count_patterns(people.walked(), people.comparer, {.max_pairs_per_rule = most});
    const RulePatterns& rule = sample[0];
    std::uint64_t counted = 0;
    for (const PatternCount& count : rule.all) counted += count.pairs;
    EXPECT_EQ(rule.one_in, std::max<std::uint64_t>(1, (rule.pairs + most - 1) / most));
    EXPECT_LE(counted, rule.pairs + rule.one_in);
    EXPECT_GE(counted + rule.one_in, rule.pairs);
  }
}

TEST(CountPatterns, ADrawDependsOnTheSeedAlone) {
  const test::PeopleJob people(1000, 8, 1, LinkType::kLinkAndDedupe);
  const auto drawn = [&](std::uint64_t seed) {
    const auto counted = count_patterns(people.walked(), people.comparer,
                                        {.max_pairs_per_rule = 2'000, .seed = seed});
    return as_map(all_patterns(owned_patterns(counted, people.space)));
  };
  EXPECT_EQ(drawn(1), drawn(1));
  EXPECT_NE(drawn(1), drawn(2));
}

TEST(SampleLevels, LeavesNullsOut) {
  constexpr double kDrawn = 10'000;
  const test::PeopleJob people(500, 2, 1, LinkType::kLinkAndDedupe);
  const auto sampled = sample_levels(people.walked(), people.comparer, 10'000, 3);
  ASSERT_EQ(sampled.size(), people.comparer.comparisons());
  for (std::size_t c = 0; c < sampled.size(); ++c) {
    double total = 0;
    for (const std::uint64_t pairs : sampled[c]) total += static_cast<double>(pairs);
    const double rows = people.table.size();
    const double filled = rows - people.comparer.column(c).counts[kMissing];
    const double expected = kDrawn * filled * (filled - 1) / (rows * (rows - 1));
    EXPECT_NEAR(total, expected, 200) << c;  // four standard errors of 10,000 draws
  }
}

}  // namespace
}  // namespace tessera
