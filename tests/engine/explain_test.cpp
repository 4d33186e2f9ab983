#include "engine/explain.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/explained_people.hpp"

namespace tessera {
namespace {

const test::ExplainedPeople& people() {
  static const test::ExplainedPeople kPeople(300);
  return kPeople;
}

// Every number from the prior on, added up as a reader would.
void expect_adds_up(const Explanation& of, double weight_bits) {
  double sum = std::log2(of.prior / (1 - of.prior));
  for (const ExplainedComparison& comparison : of.comparisons) {
    EXPECT_NEAR(comparison.level_bits + comparison.tf_bits, comparison.bits[0], 1e-12);
    if (comparison.m > 0) {
      EXPECT_NEAR(comparison.level_bits, std::log2(comparison.m / comparison.u), 1e-12);
    }
    sum += comparison.level_bits + comparison.tf_bits;
  }
  EXPECT_NEAR(sum + of.relations_bits, weight_bits, 1e-9);
  double against = 0.0;
  double shares = 0.0;
  for (std::size_t k = 0; k < of.alternatives.size(); ++k) {
    double bits = of.alternatives[k].prior_bits;
    for (const ExplainedComparison& comparison : of.comparisons) bits += comparison.bits[k];
    EXPECT_NEAR(bits, of.alternatives[k].weight_bits, 1e-9);
    against += std::exp2(-bits);
    shares += of.alternatives[k].share;
  }
  EXPECT_NEAR(-std::log2(against), weight_bits, 1e-9);
  EXPECT_NEAR(shares, 1.0, 1e-12);
  EXPECT_NEAR(of.weight_bits, weight_bits, 1e-12);
  EXPECT_NEAR(of.probability, 1 / (1 + std::exp2(-weight_bits)), 1e-12);
}

TEST(ExplainPair, TheModelHasRelations) {
  EXPECT_FALSE(people().model.relations.empty());  // or the tests below say little
  EXPECT_GT(people().links.size(), 50U);
}

TEST(ExplainPair, PartsAddUpToEveryLinksWeight) {
  for (const Link& link : people().scored.links) {
    const Explanation of = people().explain(link.left, link.right);
    expect_adds_up(of, link.weight_bits);
    EXPECT_EQ(of.decided_weight_bits, link.weight_bits);
    EXPECT_EQ(of.blocking.found_by, people().people.job.rules[link.rule].text);
    for (std::size_t c = 0; c < of.comparisons.size(); ++c) {
      const unsigned level = level_of(link.pattern, c);
      EXPECT_EQ(of.comparisons[c].level,
                level == 0 ? "null" : people().people.job.comparisons[c].levels[level - 1].text);
      EXPECT_EQ(level == 0, !of.comparisons[c].left.present || !of.comparisons[c].right.present);
    }
  }
}

TEST(ExplainPair, PartsAddUpForPairsThatWereNeverCompared) {
  for (Row right = 1; right < people().people.table.size(); right += 7) {
    const Explanation of = people().explain(0, right);
    expect_adds_up(of, people().weigher.weight_bits(0, right));
  }
}

TEST(ExplainPair, TurnsWithItsRecords) {
  const Link& link = people().scored.links[3];
  const Explanation one = people().explain(link.left, link.right);
  const Explanation other = people().explain(link.right, link.left);
  EXPECT_EQ(one.weight_bits, other.weight_bits);
  EXPECT_EQ(one.left, other.right);
  EXPECT_EQ(one.comparisons[0].left.as_compared, other.comparisons[0].right.as_compared);
  EXPECT_EQ(one.decided_weight_bits, other.decided_weight_bits);
}

TEST(ExplainPair, VerdictsFollowTheThresholds) {
  EXPECT_EQ(verdict_of(4.0, 4.0, 0.0), Verdict::kLink);
  EXPECT_EQ(verdict_of(3.9, 4.0, 0.0), Verdict::kReview);
  EXPECT_EQ(verdict_of(0.0, 4.0, 0.0), Verdict::kReview);
  EXPECT_EQ(verdict_of(-0.1, 4.0, 0.0), Verdict::kNoLink);
}

TEST(ExplainPair, SaysWhyAPairIsNeverLinked) {
  const test::ExplainedPeople& all = people();
  const auto reason = [&](LinkType type, bool duplicate_free, Row left, Row right) {
    JobSpec job = all.people.job;
    job.link_type = type;
    Table table = all.people.table;
    table.sources[0].duplicate_free = duplicate_free;
    const PairSpace space = job_space(table, job);
    return explain_pair({job, table, all.model, all.weigher, space, all.label, all.links, {}}, left,
                        right)
        .may_not_be_linked;
  };
  const Row last = all.people.table.size() - 1;
  EXPECT_EQ(reason(LinkType::kLinkAndDedupe, false, 0, 1), "");
  EXPECT_EQ(reason(LinkType::kLinkAndDedupe, true, 0, last), "");
  EXPECT_NE(reason(LinkType::kLinkAndDedupe, true, 0, 1).find("duplicate_free"), std::string::npos);
  EXPECT_NE(reason(LinkType::kLinkOnly, false, 0, 1).find("link_only"), std::string::npos);
  EXPECT_NE(reason(LinkType::kDedupeOnly, false, 0, last).find("dedupe_only"), std::string::npos);
}

}  // namespace
}  // namespace tessera
