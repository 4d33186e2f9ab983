#include "engine/score_pairs.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <map>
#include <set>

#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

using test::PeopleJob;

bool share_a_block(const RuleBlocks& rule, Row a, Row b) {
  for (const BlockNumber x : rule.of(a)) {
    for (const BlockNumber y : rule.of(b)) {
      if (x == y) return true;
    }
  }
  return false;
}

// The slow twin: every pair of the table, its first rule, its full weight.
std::map<std::pair<Row, Row>, Link> links_by_definition(const PeopleJob& people,
                                                        const PairWeigher& weigher,
                                                        double keep_bits, std::uint64_t& compared) {
  std::map<std::pair<Row, Row>, Link> links;
  for (Row a = 0; a < people.table.size(); ++a) {
    for (Row b = a + 1; b < people.table.size(); ++b) {
      if (people.space.scope == PairScope::kAcrossSources &&
          people.table.row_source[a] == people.table.row_source[b]) {
        continue;
      }
      for (std::size_t r = 0; r < people.blocking.rules.size(); ++r) {
        if (!share_a_block(people.blocking.rules[r], a, b)) continue;
        ++compared;
        const Pattern pattern = people.comparer.pattern(a, b);
        const double weight = weigher.weight_bits(pattern, a, b);
        if (weight >= keep_bits) {
          links[{a, b}] = {a, b, pattern, weight, static_cast<std::uint16_t>(r)};
        }
        break;
      }
    }
  }
  return links;
}

void expect_same(const ScoredPairs& scored, const std::map<std::pair<Row, Row>, Link>& expected) {
  ASSERT_EQ(scored.links.size(), expected.size());
  auto at = expected.begin();
  for (const Link& link : scored.links) {
    EXPECT_EQ(link.left, at->second.left);
    EXPECT_EQ(link.right, at->second.right);
    EXPECT_EQ(link.pattern, at->second.pattern);
    EXPECT_EQ(link.weight_bits, at->second.weight_bits);  // to the last bit
    EXPECT_EQ(link.rule, at->second.rule);
    ++at;
  }
}

TEST(ScorePairs, EveryPairOnceUnderItsFirstRuleWithItsFullWeight) {
  for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL}) {
    for (const LinkType type : {LinkType::kLinkAndDedupe, LinkType::kLinkOnly}) {
      const PeopleJob people(400, seed, 3, type);
      const Model model = train_model(people.walked(), people.job, people.comparer);
      const PairWeigher weigher(model, people.table, people.comparer);
      for (const double keep_bits : {-1000.0, -5.0, 0.0, 8.0}) {
        std::uint64_t compared = 0;
        const auto expected = links_by_definition(people, weigher, keep_bits, compared);
        const ScoredPairs scored = score_pairs(people.walked(), weigher, {.keep_bits = keep_bits});
        EXPECT_EQ(scored.pairs_compared, compared);
        expect_same(scored, expected);
      }
    }
  }
}

TEST(ScorePairs, PruningDropsNoLink) {
  const PeopleJob people(1500, 9, 2, LinkType::kLinkAndDedupe);
  const Model model = train_model(people.walked(), people.job, people.comparer);
  const PairWeigher weigher(model, people.table, people.comparer);
  const ScoreOptions pruned{.keep_bits = 2.0};
  const ScoreOptions full{.keep_bits = 2.0, .prune = false};
  const ScoredPairs with = score_pairs(people.walked(), weigher, pruned);
  const ScoredPairs without = score_pairs(people.walked(), weigher, full);
  ASSERT_EQ(with.links.size(), without.links.size());
  EXPECT_GT(with.links.size(), 100U);
  for (std::size_t i = 0; i < with.links.size(); ++i) {
    EXPECT_EQ(with.links[i].left, without.links[i].left);
    EXPECT_EQ(with.links[i].right, without.links[i].right);
    EXPECT_EQ(with.links[i].weight_bits, without.links[i].weight_bits);
  }
}

// A date is settled before letters bound the rest: levels that letters could bound as well must not
// count against it twice.
TEST(ScorePairs, PruningDropsNoPairWhateverTheLevels) {
  const std::vector<std::vector<std::string>> levels_of_dates = {
      {"exact", "levenshtein <= 1", "within 1 months", "within 10 years", "else"},
      {"exact", "damerau_levenshtein <= 2", "else"},
      {"exact", "jaro_winkler >= 0.9", "within 1 years", "else"}};
  const std::vector<std::vector<std::string>> levels_of_names = {
      {"exact", "jaro_winkler >= 0.92", "jaro_winkler >= 0.8", "else"},
      {"exact", "levenshtein <= 2", "else"}};
  const PeopleJob people(600, 5, 2, LinkType::kLinkAndDedupe);
  for (const std::vector<std::string>& of_dates : levels_of_dates) {
    for (const std::vector<std::string>& of_names : levels_of_names) {
      JobSpec job = people.job;
      const auto set_levels = [&](std::size_t c, const std::vector<std::string>& texts) {
        job.comparisons[c].levels.clear();
        for (const std::string& text : texts) {
          job.comparisons[c].levels.push_back(parse_level(text).value());
        }
      };
      set_levels(1, of_names);
      set_levels(2, of_dates);
      const RecordComparer comparer(people.table, job.comparisons, people.nicknames);
      const WalkedTable walked(people.table, people.blocking, people.space,
                               compared_columns(comparer));
      const PairWeigher weigher(train_model(walked, job, comparer), people.table, comparer);
      for (const double keep_bits : {-12.0, -4.0, 0.0, 4.0}) {
        const ScoredPairs with = score_pairs(walked, weigher, {.keep_bits = keep_bits});
        const ScoredPairs without =
            score_pairs(walked, weigher, {.keep_bits = keep_bits, .prune = false});
        EXPECT_EQ(with.links.size(), without.links.size()) << of_dates[1] << " " << keep_bits;
        EXPECT_GT(with.links.size(), 100U);
      }
    }
  }
}

TEST(ScorePairs, IsTheSameAtAnyThreadCount) {
  const PeopleJob people(1500, 4, 2, LinkType::kLinkAndDedupe);
  const Model model = train_model(people.walked(), people.job, people.comparer);
  const PairWeigher weigher(model, people.table, people.comparer);
  const ScoredPairs many = score_pairs(people.walked(), weigher, {});
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const Model again = train_model(people.walked(), people.job, people.comparer);
  EXPECT_EQ(model_json(model), model_json(again));
  const ScoredPairs single = score_pairs(people.walked(), weigher, {});
  ASSERT_EQ(many.links.size(), single.links.size());
  for (std::size_t i = 0; i < many.links.size(); ++i) {
    EXPECT_EQ(many.links[i].weight_bits, single.links[i].weight_bits);
  }
}

}  // namespace
}  // namespace tessera
