#include "registry/overlap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <random>
#include <tuple>

namespace tessera {
namespace {

using ::testing::ElementsAre;

TEST(Overlap, TheGreatestShareKeepsTheIdentity) {
  const std::vector<Overlap> overlaps = {{0, 0, 2}, {0, 1, 3}};  // a split
  EXPECT_THAT(assign_identities(overlaps, 2), ElementsAre(kNoIdentity, 0U));
}

TEST(Overlap, TheLargerPartSurvivesAMerge) {
  const std::vector<Overlap> overlaps = {{0, 0, 1}, {1, 0, 4}};
  EXPECT_THAT(assign_identities(overlaps, 1), ElementsAre(1U));
}

TEST(Overlap, OfEqualPartsTheOlderSurvives) {
  const std::vector<Overlap> overlaps = {{3, 0, 2}, {5, 0, 2}};
  EXPECT_THAT(assign_identities(overlaps, 1), ElementsAre(3U));
}

TEST(Overlap, OfEqualSplitsTheEarlierClusterKeeps) {
  const std::vector<Overlap> overlaps = {{0, 1, 2}, {0, 2, 2}};
  EXPECT_THAT(assign_identities(overlaps, 3), ElementsAre(kNoIdentity, 0U, kNoIdentity));
}

// Taken greedily 0 would keep cluster 0 (3 records) and 1 nothing: 3 stay. Giving 0 its second best
// keeps 2 + 2 = 4.
TEST(Overlap, TheSumDecidesAndNotTheGreatestPair) {
  const std::vector<Overlap> overlaps = {{0, 0, 3}, {0, 1, 2}, {1, 0, 2}};
  EXPECT_THAT(assign_identities(overlaps, 2), ElementsAre(1U, 0U));
}

TEST(Overlap, NothingOverlapsNothing) {
  EXPECT_THAT(assign_identities({}, 2), ElementsAre(kNoIdentity, kNoIdentity));
}

// ---- against every assignment there is

using Worth = std::tuple<std::uint64_t, std::int64_t, std::int64_t>;

struct Problem {
  std::vector<Overlap> overlaps;
  std::uint32_t identities = 0;
  std::uint32_t clusters = 0;
};

/// One connected group, so that ranks are over all of it: an identity that overlaps everything.
Problem random_problem(std::mt19937& random) {
  Problem problem;
  problem.identities = 1 + static_cast<std::uint32_t>(random() % 4);
  problem.clusters = 1 + static_cast<std::uint32_t>(random() % 4);
  const std::uint32_t hub = static_cast<std::uint32_t>(random() % problem.identities);
  for (std::uint32_t i = 0; i < problem.identities; ++i) {
    bool any = false;
    for (std::uint32_t c = 0; c < problem.clusters; ++c) {
      const bool last = c + 1 == problem.clusters;
      if (i != hub && random() % 2 == 0 && !(last && !any)) continue;
      any = true;
      problem.overlaps.push_back({i, c, 1 + random() % 4});
    }
  }
  return problem;
}

Worth worth_of(const Problem& problem, const std::vector<std::uint32_t>& assigned) {
  Worth worth{0, 0, 0};
  for (std::uint32_t c = 0; c < problem.clusters; ++c) {
    if (assigned[c] == kNoIdentity) continue;
    for (const Overlap& overlap : problem.overlaps) {
      if (overlap.cluster == c && overlap.identity == assigned[c]) {
        std::get<0>(worth) += overlap.records;
      }
    }
    std::get<1>(worth) += problem.identities - assigned[c];
    std::get<2>(worth) += problem.clusters - c;
  }
  return worth;
}

// Every way to give each cluster one of its identities or none, none twice.
void try_all(const Problem& problem, std::vector<std::uint32_t>& assigned, std::uint32_t cluster,
             Worth& best) {
  if (cluster == problem.clusters) {
    best = std::max(best, worth_of(problem, assigned));
    return;
  }
  assigned[cluster] = kNoIdentity;
  try_all(problem, assigned, cluster + 1, best);
  for (const Overlap& overlap : problem.overlaps) {
    const auto end = assigned.begin() + cluster;
    if (overlap.cluster != cluster || std::find(assigned.begin(), end, overlap.identity) != end) {
      continue;
    }
    assigned[cluster] = overlap.identity;
    try_all(problem, assigned, cluster + 1, best);
  }
  assigned[cluster] = kNoIdentity;
}

TEST(Overlap, IsTheBestOfAllAssignments) {
  std::mt19937 random(5);
  for (int round = 0; round < 5000; ++round) {
    const Problem problem = random_problem(random);
    const std::vector<std::uint32_t> assigned =
        assign_identities(problem.overlaps, problem.clusters);
    std::map<std::uint32_t, int> times;
    for (std::uint32_t c = 0; c < problem.clusters; ++c) {
      if (assigned[c] == kNoIdentity) continue;
      ASSERT_EQ(++times[assigned[c]], 1) << "an identity twice";
      const bool overlaps = std::any_of(
          problem.overlaps.begin(), problem.overlaps.end(),
          [&](const Overlap& o) { return o.cluster == c && o.identity == assigned[c]; });
      ASSERT_TRUE(overlaps);
    }
    Worth best{0, 0, 0};
    std::vector<std::uint32_t> tried(problem.clusters, kNoIdentity);
    try_all(problem, tried, 0, best);
    ASSERT_EQ(worth_of(problem, assigned), best) << "round " << round;
  }
}

TEST(Overlap, GroupsDoNotTouchEachOther) {
  std::mt19937 random(6);
  for (int round = 0; round < 300; ++round) {
    const Problem a = random_problem(random);
    const Problem b = random_problem(random);
    std::vector<Overlap> both = a.overlaps;
    for (Overlap overlap : b.overlaps) {
      overlap.identity += a.identities;
      overlap.cluster += a.clusters;
      both.push_back(overlap);
    }
    std::vector<std::uint32_t> expected = assign_identities(a.overlaps, a.clusters);
    for (const std::uint32_t identity : assign_identities(b.overlaps, b.clusters)) {
      expected.push_back(identity == kNoIdentity ? identity : identity + a.identities);
    }
    EXPECT_EQ(assign_identities(both, a.clusters + b.clusters), expected);
  }
}

}  // namespace
}  // namespace tessera
