#include "engine/explain_cluster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "engine/evidence.hpp"
#include "tests/engine/explained_people.hpp"

namespace tessera {
namespace {

// The strongest weakest link of any way between two rows: Floyd and Warshall with max and min.
std::vector<std::vector<double>> widest_ways(const std::vector<WeightedPair>& links, Row rows,
                                             double link_bits, const std::vector<Row>* within) {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  std::vector<std::vector<double>> width(rows, std::vector<double>(rows, kNone));
  for (const WeightedPair& link : links) {
    if (link.weight_bits < link_bits) continue;
    if (within != nullptr && (*within)[link.left] != (*within)[link.right]) continue;
    width[link.left][link.right] = width[link.right][link.left] = link.weight_bits;
  }
  for (Row via = 0; via < rows; ++via) {
    for (Row a = 0; a < rows; ++a) {
      for (Row b = 0; b < rows; ++b) {
        width[a][b] = std::max(width[a][b], std::min(width[a][via], width[via][b]));
      }
    }
  }
  return width;
}

class ExplainCluster : public testing::Test {
 protected:
  ExplainCluster() : all_(120, 5) {}

  ExplainedCluster explain(Row left, Row right) {
    return explain_cluster(all_.input(), left, right);
  }

  void set_links(std::vector<WeightedPair> links, std::vector<Row> label) {
    all_.links = std::move(links);
    for (Row row = 0; row < all_.label.size(); ++row) all_.label[row] = row;
    std::ranges::copy(label, all_.label.begin());
  }

  std::string id(Row row) { return std::string(all_.people.table.record_ids[row]); }

  test::ExplainedPeople all_;
};

TEST_F(ExplainCluster, ALinkedPairIsItsOwnChain) {
  set_links({{0, 1, 8}, {0, 2, 9}, {1, 2, 10}}, {0, 0, 0});
  const ExplainedCluster of = explain(1, 0);
  EXPECT_EQ(of.outcome, Outcome::kSameEntity);
  EXPECT_EQ(of.left_records, 3U);
  ASSERT_EQ(of.chain.size(), 1U);  // not the stronger way over 2
  EXPECT_EQ(of.chain[0].left.id, id(1));
  EXPECT_EQ(of.chain[0].weight_bits, 8.0);
}

TEST_F(ExplainCluster, ThroughOthersTheChainIsTheStrongest) {
  set_links({{0, 1, 5}, {0, 2, 9}, {1, 3, 20}, {2, 3, 8}}, {0, 0, 0, 0});
  const ExplainedCluster of = explain(3, 0);
  ASSERT_EQ(of.chain.size(), 2U);
  EXPECT_EQ(of.chain[0].left.id, id(3));
  EXPECT_EQ(of.chain[0].right.id, id(2));
  EXPECT_EQ(of.chain[1].right.id, id(0));
}

TEST_F(ExplainCluster, WithoutAChainTheyAreApart) {
  set_links({{0, 1, 2.0}}, {0, 1});  // a doubtful pair is no link
  const ExplainedCluster of = explain(0, 1);
  EXPECT_EQ(of.outcome, Outcome::kApart);
  EXPECT_TRUE(of.chain.empty());
  EXPECT_EQ(of.right_records, 1U);
}

TEST_F(ExplainCluster, ARecordOfNoEntityIsUndecided) {
  set_links({}, {kNoLabel, 1});
  EXPECT_EQ(explain(0, 1).outcome, Outcome::kUndecided);
  EXPECT_EQ(explain(0, 1).left_records, 0U);
  EXPECT_EQ(explain(0, 1).right_records, 1U);
}

TEST_F(ExplainCluster, ADuplicateFreeSourceIsNamedWithItsTwoRecords) {
  all_.people.table.sources[0].duplicate_free = true;
  set_links({{0, 1, 5}, {1, 119, 8}, {2, 119, 9}}, {0, 1, 1});
  all_.label[119] = 1;
  const ExplainedCluster of = explain(0, 119);
  ASSERT_EQ(of.outcome, Outcome::kCut);
  ASSERT_EQ(of.cuts.size(), 1U);
  EXPECT_EQ(of.cuts[0].reason, CutReason::kDuplicateFree);
  EXPECT_EQ(of.cuts[0].source, all_.people.table.sources[0].name);
  ASSERT_TRUE(of.cuts[0].conflict.has_value());
  EXPECT_EQ(of.cuts[0].conflict->first.id, id(0));
  EXPECT_EQ(of.cuts[0].conflict->second.id, id(1));
  EXPECT_EQ(of.cuts[0].right_records, 3U);
}

TEST_F(ExplainCluster, ADecisionIsNamedWithItsTwoRecords) {
  set_links({{0, 1, 5}, {1, 2, 8}}, {0, 1, 1});
  all_.cannot_links = {{2, 0}};
  const ExplainedCluster of = explain(0, 1);
  ASSERT_EQ(of.cuts.size(), 1U);
  EXPECT_EQ(of.cuts[0].reason, CutReason::kCannotLink);
  EXPECT_EQ(of.cuts[0].conflict->first.id, id(0));
  EXPECT_EQ(of.cuts[0].conflict->second.id, id(2));
}

TEST_F(ExplainCluster, EvidenceIsTheMeanOverAllPairsAndTheBestLink) {
  set_links({{0, 1, 5}, {1, 2, 8}}, {0, 1, 1});
  const double link_bits = all_.people.job.link_threshold.bits();
  const double mean = (evidence_bits(all_.weigher.weight_bits(0, 1), link_bits) +
                       evidence_bits(all_.weigher.weight_bits(0, 2), link_bits)) /
                      2;
  const ExplainedCluster of = explain(0, 2);
  ASSERT_EQ(of.cuts.size(), 1U);
  EXPECT_EQ(of.chain.size(), 2U);
  EXPECT_NEAR(of.cuts[0].mean_bits, mean, 1e-12);
  EXPECT_EQ(of.cuts[0].best_bits, 5.0);
  EXPECT_EQ(of.cuts[0].reason,
            (mean + 5) / 2 < link_bits ? CutReason::kEvidence : CutReason::kUnknown);
}

// Real clusters: every pair's outcome is its labels', every chain the widest, and every cut has a
// reason that the rule of refine.hpp knows.
TEST_F(ExplainCluster, AgreesWithTheClusteringOnEveryPair) {
  const Row rows = all_.people.table.size();
  const double link_bits = all_.people.job.link_threshold.bits();
  const auto ways = widest_ways(all_.links, rows, link_bits, nullptr);
  const auto within = widest_ways(all_.links, rows, link_bits, &all_.label);
  std::map<Outcome, int> seen;
  for (Row a = 0; a < rows; ++a) {
    for (Row b = a + 1; b < rows; ++b) {
      const ExplainedCluster of = explain(a, b);
      ++seen[of.outcome];
      const bool same = all_.label[a] == all_.label[b];
      EXPECT_EQ(of.outcome == Outcome::kSameEntity, same);
      EXPECT_EQ(of.outcome == Outcome::kApart, !same && ways[a][b] < link_bits);
      if (of.chain.size() > 1) {
        double weakest = of.chain[0].weight_bits;
        for (const ExplainedLink& link : of.chain) weakest = std::min(weakest, link.weight_bits);
        EXPECT_EQ(weakest, same ? within[a][b] : ways[a][b]);
      }
      for (const ExplainedCut& cut : of.cuts) {
        EXPECT_EQ(cut.reason, CutReason::kEvidence);
        EXPECT_LT((cut.mean_bits + cut.best_bits) / 2, link_bits);
      }
    }
  }
  EXPECT_GT(seen[Outcome::kSameEntity], 10);
  EXPECT_GT(seen[Outcome::kApart], 10);
}

}  // namespace
}  // namespace tessera
