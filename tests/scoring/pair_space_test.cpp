#include "scoring/pair_space.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace tessera {
namespace {

using Pairs = std::vector<std::pair<Row, Row>>;

PairSpace space_of(PairScope scope, std::vector<Row> begins, std::vector<bool> closed = {}) {
  PairSpace space;
  space.scope = scope;
  space.source_begin = std::move(begins);
  space.closed = std::move(closed);
  return space;
}

SourceId source_of(const PairSpace& space, Row row) {
  std::uint16_t s = 0;
  while (space.source_begin[s + std::size_t{1}] <= row) ++s;
  return SourceId{s};
}

/// The definition: every two rows, asked one by one.
Pairs all_pairs(const PairSpace& space) {
  Pairs pairs;
  for (Row left = 0; left < space.rows(); ++left) {
    for (Row right = left + 1; right < space.rows(); ++right) {
      const bool same = source_of(space, left) == source_of(space, right);
      if (same && space.scope == PairScope::kAcrossSources) continue;
      if (!same && space.scope == PairScope::kWithinSource) continue;
      if (same && !space.closed.empty() &&
          space.closed[static_cast<std::size_t>(source_of(space, left))])
        continue;
      pairs.emplace_back(left, right);
    }
  }
  return pairs;
}

std::vector<PairSpace> small_spaces() {
  std::vector<PairSpace> spaces;
  for (const PairScope scope :
       {PairScope::kAnyPair, PairScope::kAcrossSources, PairScope::kWithinSource}) {
    for (const std::vector<Row>& begins :
         {std::vector<Row>{0}, {0, 0}, {0, 1}, {0, 7}, {0, 3, 8}, {0, 0, 4, 4, 9, 10}}) {
      spaces.push_back(space_of(scope, begins));
      std::vector<bool> closed(begins.size() - 1, false);
      if (!closed.empty()) closed.back() = true;
      spaces.push_back(space_of(scope, begins, closed));
    }
  }
  return spaces;
}

TEST(PossiblePairs, AreThoseOfTheDefinition) {
  for (const PairSpace& space : small_spaces()) {
    EXPECT_EQ(possible_pairs(space), all_pairs(space).size());
  }
}

TEST(PossiblePairs, OfFourThousandMillionRowsFit) {
  const PairSpace space = space_of(PairScope::kAnyPair, {0, 0xFFFF'FFFF});
  EXPECT_EQ(possible_pairs(space), 0xFFFF'FFFFULL * 0xFFFF'FFFEULL / 2);
}

TEST(SourcePairNumber, CountsThemThroughWhicheverIsFirst) {
  std::size_t next = 0;
  for (std::uint16_t high = 0; high < 6; ++high) {
    for (std::uint16_t low = 0; low <= high; ++low) {
      EXPECT_EQ(source_pair_number(SourceId{low}, SourceId{high}), next);
      EXPECT_EQ(source_pair_number(SourceId{high}, SourceId{low}), next);
      ++next;
    }
    EXPECT_EQ(count_source_pairs(high + 1U), next);
  }
}

TEST(PossiblePairs, OfPairsOfSourcesAreThoseOfTheDefinition) {
  for (const PairSpace& space : small_spaces()) {
    const std::size_t sources = space.source_begin.size() - 1;
    std::vector<std::uint64_t> expected(count_source_pairs(sources), 0);
    for (const auto& [left, right] : all_pairs(space)) {
      ++expected[source_pair_number(source_of(space, left), source_of(space, right))];
    }
    for (std::uint16_t a = 0; a < sources; ++a) {
      for (std::uint16_t b = 0; b < sources; ++b) {
        EXPECT_EQ(possible_pairs(space, SourceId{a}, SourceId{b}),
                  expected[source_pair_number(SourceId{a}, SourceId{b})]);
      }
    }
  }
}

TEST(SamplePairs, TakesAllWhenAskedForAll) {
  for (const PairSpace& space : small_spaces()) {
    EXPECT_EQ(sample_pairs(space, 1000, 1), all_pairs(space));
  }
}

TEST(SamplePairs, GivesDistinctPairsOfTheSpaceInOrder) {
  for (const PairSpace& space : small_spaces()) {
    const Pairs all = all_pairs(space);
    for (std::uint64_t k = 0; k <= all.size(); ++k) {
      const Pairs sample = sample_pairs(space, k, 5);
      EXPECT_EQ(sample.size(), k);
      EXPECT_TRUE(std::is_sorted(sample.begin(), sample.end()));
      EXPECT_EQ(std::set(sample.begin(), sample.end()).size(), k);
      EXPECT_TRUE(std::includes(all.begin(), all.end(), sample.begin(), sample.end()));
    }
  }
}

TEST(SamplePairs, DependOnTheSeedAlone) {
  const PairSpace space = space_of(PairScope::kAnyPair, {0, 5000});
  EXPECT_EQ(sample_pairs(space, 100, 3), sample_pairs(space, 100, 3));
  EXPECT_NE(sample_pairs(space, 100, 3), sample_pairs(space, 100, 4));
}

TEST(SamplePairs, PreferNoPair) {
  // 28 pairs, 5 or 20 of them drawn 20,000 times: each should come up k/28 of the time. The
  // standard error of a count is at most √(20000·0.25) = 71; five of them over 56 counts fail by
  // chance once in 30,000 runs, and seeds are fixed.
  const PairSpace space = space_of(PairScope::kAnyPair, {0, 3, 8});
  for (const std::uint64_t k : {5U, 20U}) {
    std::map<std::pair<Row, Row>, int> seen;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
      for (const auto& pair : sample_pairs(space, k, seed)) ++seen[pair];
    }
    ASSERT_EQ(seen.size(), 28U);
    for (const auto& [pair, count] : seen) {
      EXPECT_NEAR(count, 20'000.0 * static_cast<double>(k) / 28.0, 355.0);
    }
  }
}

TEST(SamplePairs, SetsOfPairsAreEquallyLikelyToo) {
  // Two of three pairs: three possible sets, one third each.
  const PairSpace space = space_of(PairScope::kAnyPair, {0, 4});
  std::map<Pairs, int> seen;
  for (std::uint64_t seed = 0; seed < 15'000; ++seed) ++seen[sample_pairs(space, 2, seed)];
  ASSERT_EQ(seen.size(), 15U);                                            // of six pairs, two
  for (const auto& [pairs, count] : seen) EXPECT_NEAR(count, 1000, 153);  // five standard errors
}

TEST(SamplePairs, ReachTheFarEndOfAHugeSpace) {
  const PairSpace space = space_of(PairScope::kAnyPair, {0, 2'000'000'000, 4'000'000'000});
  const Pairs sample = sample_pairs(space, 10'000, 2);
  double left = 0.0;
  double right = 0.0;
  std::size_t across = 0;
  for (const auto& pair : sample) {
    ASSERT_LT(pair.first, pair.second);
    ASSERT_LT(pair.second, space.rows());
    left += pair.first / 1e4;
    right += pair.second / 1e4;
    across += pair.first < 2'000'000'000 && pair.second >= 2'000'000'000 ? 1 : 0;
  }
  // Means of the least and the greatest of two uniform numbers: 1/3 and 2/3; standard error
  // √(1/18)/100 = 0.0024.
  EXPECT_NEAR(left / 4e9, 1.0 / 3.0, 0.012);
  EXPECT_NEAR(right / 4e9, 2.0 / 3.0, 0.012);
  EXPECT_NEAR(static_cast<double>(across) / 1e4, 0.5, 0.025);
}

TEST(PairSpaceOfTable, FollowsTheSourcesOfTheRows) {
  Table table;
  table.sources.resize(3);
  table.sources[2].duplicate_free = true;
  table.row_source = {SourceId{0}, SourceId{0}, SourceId{2}, SourceId{2}, SourceId{2}};
  const PairSpace space = pair_space(table, PairScope::kWithinSource, true);
  EXPECT_EQ(space.source_begin, (std::vector<Row>{0, 2, 2, 5}));
  EXPECT_EQ(possible_pairs(space), 1U);
  EXPECT_EQ(possible_pairs(pair_space(table, PairScope::kWithinSource, false)), 4U);
}

}  // namespace
}  // namespace tessera
