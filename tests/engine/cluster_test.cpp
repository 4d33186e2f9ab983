#include "engine/cluster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <random>

#include "data/dictionary.hpp"
#include "engine/evidence.hpp"
#include "tests/reference/naive_clusters.hpp"
#include "tests/support/cluster_case.hpp"

namespace tessera {
namespace {

using test::ClusterCase;
using ::testing::ElementsAre;

TEST(Cluster, NoLinksMakeSingletons) {
  const Clusters clusters = ClusterCase(3).cluster();
  EXPECT_THAT(clusters.label, ElementsAre(0, 1, 2));
  EXPECT_EQ(clusters.clusters, 3U);
  EXPECT_EQ(clusters.components, 3U);
  EXPECT_EQ(clusters.largest, 1U);
}

TEST(Cluster, NoRowsMakeNoClusters) {
  const Clusters clusters = ClusterCase(0).cluster();
  EXPECT_EQ(clusters.clusters, 0U);
  EXPECT_EQ(clusters.largest, 0U);
}

TEST(Cluster, OnlyLinksAtOrOverTheThresholdJoin) {
  ClusterCase problem(4);
  problem.pair(0, 1, 4.0).pair(2, 3, 3.999);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0, 2, 3));
}

TEST(Cluster, TheLabelIsTheLeastRow) {
  ClusterCase problem(4);
  problem.pair(1, 3, 10).pair(1, 2, 10).pair(2, 3, 10);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 1, 1, 1));
}

// Rows 0 and 1 are Anna, 3 and 4 are Berta, 2 is a thin record without a given name, a little
// nearer to Anna.
TEST(Cluster, AWeakBridgeDoesNotJoinTwoPersons) {
  ClusterCase problem(5, -9.0);
  problem.pair(0, 1, 18).pair(3, 4, 17);
  problem.pair(0, 2, 7).pair(1, 2, 7).pair(2, 3, 6).pair(2, 4, 6);
  const Clusters clusters = problem.cluster();
  EXPECT_THAT(clusters.label, ElementsAre(0, 0, 0, 3, 3));
  EXPECT_EQ(clusters.components, 1U);
  EXPECT_EQ(clusters.components_split, 1U);
  EXPECT_EQ(clusters.links_cut, 2U);
  EXPECT_EQ(clusters.largest, 3U);
}

// Two records each of twins: all agree but the given names, so that two pairs across come out as
// links.
TEST(Cluster, TwinsStayTwo) {
  ClusterCase problem(4, -6.0);
  problem.pair(0, 1, 25).pair(2, 3, 25).pair(0, 2, 5).pair(1, 3, 5);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0, 2, 2));
}

// A maiden name, then a move: the ends of the chain are a little unlike, the middle ties them.
TEST(Cluster, AChainOfSmallChangesHolds) {
  ClusterCase problem(3, -2.0);
  problem.pair(0, 1, 15).pair(1, 2, 14);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0, 0));
}

TEST(Cluster, PairsUnderTheThresholdCountAsEvidenceButDoNotLink) {
  ClusterCase problem(3, -20.0);
  problem.pair(0, 1, 12).pair(1, 2, 6).pair(0, 2, 3);  // 0–2 is known from review: mean (6 + 3) / 2
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0, 0));
  problem.pair(0, 2, -20);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0, 2));
}

TEST(Cluster, ADuplicateFreeSourceGivesOneRecordEach) {
  ClusterCase problem(3, 5.0);  // rows 0 and 1 of the one source, 2 of the other
  problem.row_source = {SourceId{0}, SourceId{0}, SourceId{1}};
  problem.duplicate_free = {true, false};
  problem.pair(0, 1, 9).pair(0, 2, 12).pair(1, 2, 14);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 1, 1));
}

TEST(Cluster, ADuplicateFreeSourceSplitsAPair) {
  ClusterCase problem(2);
  problem.duplicate_free = {true};
  problem.pair(0, 1, 30);
  const Clusters clusters = problem.cluster();
  EXPECT_THAT(clusters.label, ElementsAre(0, 1));
  EXPECT_EQ(clusters.links_cut, 1U);
}

TEST(Cluster, CannotLinksHoldThroughOthers) {
  ClusterCase problem(4, 5.0);  // all are alike, yet 0 and 3 were told apart
  for (Row a = 0; a < 4; ++a) {
    for (Row b = a + 1; b < 4; ++b) problem.pair(a, b, 10);
  }
  problem.pair(1, 3, 12).pair(2, 3, 11);  // 2 may go to 0 or to 1 and 3, who are a little nearer
  problem.cannot_links = {{3, 0}, {0, 3}};
  const Clusters clusters = problem.cluster();
  EXPECT_THAT(clusters.label, ElementsAre(0, 1, 1, 1));
}

TEST(Cluster, EqualChoicesGoToTheLeastRows) {
  ClusterCase problem(3, -20.0);
  problem.pair(0, 2, 8).pair(1, 2, 8);
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 1, 0));
}

// ---- against the naive search

ClusterCase random_case(std::mt19937& random) {
  const auto draw = [&](int least, int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most - least + 1)) + least;
  };
  const Row rows = static_cast<Row>(draw(2, 9));
  ClusterCase problem(rows);
  problem.duplicate_free = {draw(0, 1) == 1, false, draw(0, 3) == 3};
  for (Row row = 0; row < rows; ++row) {
    problem.row_source[row] = static_cast<SourceId>(draw(0, 2));
    for (Row left = 0; left < row; ++left) {
      problem.pair(left, row, draw(0, 3) == 0 ? draw(-50, 50) / 2.0 : draw(-24, 60) / 4.0);
      if (draw(0, 20) == 0) problem.cannot_links.emplace_back(row, left);
    }
  }
  return problem;
}

TEST(Cluster, AgreesWithTheNaiveSearchOnRandomGraphs) {
  std::mt19937 random(7);
  int split = 0;
  for (int i = 0; i < 4000; ++i) {
    const ClusterCase problem = random_case(random);
    const double link_bits = static_cast<double>(i % 5) * 1.5 - 1.0;
    const Clusters clusters = problem.cluster({.link_bits = link_bits});
    const std::vector<Link> links = problem.links();
    ASSERT_EQ(clusters.label,
              test::naive_clusters(links, problem.constraints(), link_bits,
                                   [&](Row a, Row b) { return problem.weight(a, b); }))
        << "graph " << i;
    split += clusters.components_split != 0 ? 1 : 0;
  }
  EXPECT_GT(split, 400);  // the graphs are not trivial
}

TEST(Cluster, NeverBreaksAConstraint) {
  std::mt19937 random(11);
  for (int i = 0; i < 1000; ++i) {
    const ClusterCase problem = random_case(random);
    const std::vector<Row> label = problem.cluster({.link_bits = 2.0, .max_refined = 3}).label;
    for (const auto& [a, b] : problem.cannot_links) ASSERT_NE(label[a], label[b]);
    for (Row b = 0; b < label.size(); ++b) {
      for (Row a = 0; a < b; ++a) {
        const SourceId source = problem.row_source[a];
        if (source == problem.row_source[b] &&
            problem.duplicate_free[static_cast<std::size_t>(source)]) {
          ASSERT_NE(label[a], label[b]);
        }
      }
    }
  }
}

// ---- must-links

/// Some must-links and cannot-links that do not contradict each other.
void add_decisions(ClusterCase& problem, std::mt19937& random) {
  const auto rows = static_cast<Row>(problem.row_source.size());
  std::vector<Row> group(rows);  // rows of one group must share a cluster
  std::iota(group.begin(), group.end(), Row{0});
  for (Row right = 1; right < rows; ++right) {
    if (random() % 4 != 0) continue;
    const Row left = static_cast<Row>(random() % right);
    problem.must_links.emplace_back(right, left);
    const Row gone = group[right];
    for (Row& of : group) of = of == gone ? group[left] : of;
  }
  std::erase_if(problem.cannot_links,
                [&](const auto& pair) { return group[pair.first] == group[pair.second]; });
}

TEST(Cluster, MustLinksAgreeWithTheNaiveSearch) {
  std::mt19937 random(23);
  for (int i = 0; i < 4000; ++i) {
    ClusterCase problem = random_case(random);
    add_decisions(problem, random);
    const std::vector<Link> links = problem.links();
    ASSERT_EQ(problem.cluster({.link_bits = 3.0}).label,
              test::naive_clusters(links, problem.constraints(), 3.0,
                                   [&](Row a, Row b) { return problem.weight(a, b); }))
        << "graph " << i;
  }
}

TEST(Cluster, NeverBreaksADecision) {
  std::mt19937 random(29);
  for (int i = 0; i < 4000; ++i) {
    ClusterCase problem = random_case(random);
    add_decisions(problem, random);
    const std::size_t most = 2 + random() % 5;  // small: components are cut into parts first
    const std::vector<Row> label = problem.cluster({.link_bits = 2.0, .max_refined = most}).label;
    for (const auto& [a, b] : problem.cannot_links) ASSERT_NE(label[a], label[b]) << i;
    for (const auto& [a, b] : problem.must_links) ASSERT_EQ(label[a], label[b]) << i;
    for (Row row = 0; row < label.size(); ++row) ASSERT_LE(label[row], row);
  }
}

// 0 and 1 are one person before and after a change of name, each with a record beside it.
TEST(Cluster, AMustLinkTakesItsNeighboursAlong) {
  ClusterCase problem(4, -20.0);
  problem.pair(0, 2, 15).pair(1, 3, 15);
  problem.must_links = {{0, 1}};
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0, 0, 0));
}

TEST(Cluster, AMustLinkOutweighsADuplicateFreeSource) {
  ClusterCase problem(2);
  problem.duplicate_free = {true};
  problem.must_links = {{1, 0}};
  EXPECT_THAT(problem.cluster().label, ElementsAre(0, 0));
}

// ---- large components

/// Persons of `copies` records each, weights drawn by hash: pairs of one person around +15, others
/// around −15; every person is bridged to the next by one false link, so that all is one component.
struct BridgedPersons {
  Row persons;
  Row copies;

  double weight(Row a, Row b) const {
    const auto [low, high] = std::minmax(a, b);
    const double noise = static_cast<double>(mix64((std::uint64_t{low} << 32) | high) % 1000) / 100;
    if (low / copies == high / copies) return 10.0 + noise;
    const bool bridge = high == low + copies && low % copies == 0;
    return bridge ? 8.0 : -20.0 + noise;
  }

  std::vector<Link> links() const {
    std::vector<Link> all;
    for (Row a = 0; a < persons * copies; ++a) {
      for (Row b = a + 1; b < persons * copies && b <= a + copies; ++b) {
        if (weight(a, b) >= 0) all.push_back({a, b, 0, weight(a, b), 0});
      }
    }
    return all;
  }

  Clusters cluster(ClusterOptions options) const {
    const std::vector<SourceId> source(persons * copies);
    return cluster_links(links(), {source, {false}, {}}, options,
                         [this](Row a, Row b) { return weight(a, b); });
  }

  std::vector<Row> truth() const {
    std::vector<Row> label(persons * copies);
    for (Row row = 0; row < label.size(); ++row) label[row] = row / copies * copies;
    return label;
  }
};

TEST(Cluster, ABigComponentFallsIntoItsPersons) {
  const BridgedPersons problem{2000, 5};
  const Clusters clusters = problem.cluster({.link_bits = 4.0});
  EXPECT_EQ(clusters.components, 1U);
  EXPECT_EQ(clusters.label, problem.truth());
  EXPECT_EQ(clusters.links_cut, 1999U);
}

TEST(Cluster, PartsAreJoinedAgain) {
  const BridgedPersons problem{
      3, 100};  // parts of 7 records at most: every person is in pieces at first
  const Clusters clusters = problem.cluster({.link_bits = 4.0, .max_refined = 7});
  EXPECT_EQ(clusters.label, problem.truth());
}

TEST(Cluster, AsksForPairsOfOneComponentOnly) {
  const BridgedPersons problem{500, 2};
  std::atomic<std::uint64_t> asked{0};
  const std::vector<SourceId> source(1000);
  const PairWeight weight = [&](Row a, Row b) {
    ++asked;
    return problem.weight(a, b);
  };
  cluster_links(problem.links(), {source, {false}, {}}, {.link_bits = 4.0}, weight);
  EXPECT_LT(asked.load(), 5000U);  // a chain: each join weighs a few pairs, not all 499 500
}

TEST(Cluster, TheThreadCountDoesNotMatter) {
  const BridgedPersons problem{600, 4};
  const auto run = [&](std::size_t threads) {
    const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                            threads);
    return problem.cluster({.link_bits = 4.0, .max_refined = 20}).label;
  };
  const std::vector<Row> alone = run(1);
  EXPECT_EQ(run(2), alone);
  EXPECT_EQ(run(8), alone);
}

TEST(Cluster, TheOrderOfRecordsDoesNotMatter) {
  std::mt19937 random(3);
  for (int i = 0; i < 300; ++i) {
    ClusterCase problem(8);
    for (Row b = 0; b < 8; ++b) {  // weights without ties
      for (Row a = 0; a < b; ++a) {
        problem.pair(a, b, static_cast<double>(random() % 100000) / 2500 - 20);
      }
    }
    std::vector<Row> place(8);
    std::iota(place.begin(), place.end(), Row{0});
    std::shuffle(place.begin(), place.end(), random);
    ClusterCase moved(8);
    for (const auto& [rows, bits] : problem.weights) {
      moved.pair(place[rows.first], place[rows.second], bits);
    }
    const std::vector<Row> label = problem.cluster().label;
    const std::vector<Row> moved_label = moved.cluster().label;
    for (Row b = 0; b < 8; ++b) {
      for (Row a = 0; a < b; ++a) {
        ASSERT_EQ(label[a] == label[b], moved_label[place[a]] == moved_label[place[b]]);
      }
    }
  }
}

}  // namespace
}  // namespace tessera
