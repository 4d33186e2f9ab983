#include "report/evaluation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>
#include <sstream>

#include "tests/reference/naive_evaluation.hpp"
#include "tests/support/evaluation_case.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string score_text(const PairScore& score) {
  return std::to_string(score.true_positives) + "/" + std::to_string(score.found) + "/" +
         std::to_string(score.actual);
}

void check_case(const std::vector<std::string>& row, bool of_pairs) {
  ASSERT_EQ(row.size(), 9U);
  const std::string& source = row[8];
  const JobResult result = test::evaluation_result(row[0], row[2], row[3]);
  const Truth truth = test::evaluation_truth(result, row[1], of_pairs);
  const Evaluation evaluation = evaluate(result, truth, {});
  EXPECT_EQ(score_text(evaluation.at_link_threshold.score), row[4]) << source;
  EXPECT_EQ(score_text(evaluation.clusters), row[5]) << source;
  double precision = 0;
  double recall = 0;
  std::istringstream(row[6]) >> precision >> recall;
  EXPECT_NEAR(evaluation.b_cubed.precision, precision, 1e-6) << source;
  EXPECT_NEAR(evaluation.b_cubed.recall, recall, 1e-6) << source;
  if (row[7] == "-") {
    EXPECT_FALSE(evaluation.best.has_value()) << source;
    return;
  }
  double threshold = 0;
  double f1 = 0;
  std::istringstream(row[7]) >> threshold >> f1;
  ASSERT_TRUE(evaluation.best.has_value()) << source;
  EXPECT_EQ(evaluation.best->threshold_bits, threshold) << source;
  EXPECT_NEAR(evaluation.best->score.f1().value(), f1, 1e-12) << source;
}

TEST(Evaluation, WorkedSumsOfEntities) {
  for (const auto& row : test::read_cases("evaluation.tsv")) check_case(row, false);
}

TEST(Evaluation, WorkedSumsOfPairs) {
  for (const auto& row : test::read_cases("evaluation_pairs.tsv")) check_case(row, true);
}

std::string pairs_text(const JobResult& result, const std::vector<WrongPair>& pairs) {
  std::string text;
  for (const WrongPair& pair : pairs) {
    text += (text.empty() ? "" : " ") + std::string(result.record_ids[pair.left]) + "-" +
            std::string(result.record_ids[pair.right]);
  }
  return text;
}

// Links from 4 bits, kept from 0. a1 a2 a3 are one person, b1 and c1 another, d1 a third.
TEST(Evaluation, WrongPairsAreTheHeaviestFalseAndTheNearestAndFarthestMissed) {
  const JobResult result = test::evaluation_result("all", "a1 b1 | a2 | a3 | c1 d1",
                                                   "a1-b1:9 a1-a2:3 a2-a3:1 b1-c1:2 c1-d1:5");
  const Truth truth = test::evaluation_truth(result, "a1 a2 a3 | b1 c1 | d1", false);
  const auto weigh = [&](Row left, Row right) {
    EXPECT_EQ(pairs_text(result, {{left, right}}), "a1-a3");  // the only true pair not kept
    return -6.0;
  };
  EvaluationOptions options;
  options.weigh = weigh;
  EXPECT_TRUE(evaluate(result, truth, options).wrong.false_links.empty());  // not asked for
  options.wrong_pairs = 2;
  const WrongPairs wrong = evaluate(result, truth, options).wrong;
  EXPECT_EQ(pairs_text(result, wrong.false_links), "a1-b1 c1-d1");
  EXPECT_TRUE(wrong.false_links.at(0).in_one_entity);
  EXPECT_EQ(pairs_text(result, wrong.missed_nearly), "a1-a2 b1-c1");
  EXPECT_EQ(pairs_text(result, wrong.missed_by_far), "a1-a3 a2-a3");
  EXPECT_EQ(wrong.missed_by_far.at(0).weight_bits, -6.0);
  options.weigh = nullptr;
  EXPECT_EQ(pairs_text(result, evaluate(result, truth, options).wrong.missed_by_far), "a2-a3");
}

// ---- against the definitions

struct RandomCase {
  JobResult result;
  Truth truth;
};

RandomCase random_case(std::mt19937& random, bool of_pairs) {
  const auto draw = [&](unsigned below) { return static_cast<std::uint32_t>(random() % below); };
  RandomCase made;
  JobResult& result = made.result;
  const Row rows = 2 + draw(20);
  result.sources = {"a", "b", "c"};
  result.link_type = static_cast<LinkType>(draw(3));
  result.link_threshold_bits = 4.0;
  std::vector<std::uint16_t> sources(rows);
  for (std::uint16_t& source : sources) source = static_cast<std::uint16_t>(draw(3));
  std::sort(sources.begin(), sources.end());
  for (Row row = 0; row < rows; ++row) {
    result.row_source.push_back(SourceId{sources[row]});
    result.record_ids.append("r" + std::to_string(row));
    result.entity.push_back(draw(rows));
    made.truth.entity.push_back(!of_pairs && draw(8) == 0 ? kUnjudged : draw(rows / 2 + 1));
  }
  made.truth.of_pairs = of_pairs;
  for (Row right = 0; right < rows; ++right) {
    for (Row left = 0; left < right; ++left) {
      if (draw(4) == 0) {
        result.pairs.push_back({left, right, static_cast<double>(draw(20)) / 2.0});
      }
      if (of_pairs && draw(6) == 0) made.truth.pairs.emplace_back(left, right);
    }
  }
  const auto by_rows = [](const ScoredPair& a, const ScoredPair& b) {
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  };
  std::sort(result.pairs.begin(), result.pairs.end(), by_rows);
  std::sort(made.truth.pairs.begin(), made.truth.pairs.end());
  return made;
}

TEST(Evaluation, AgreesWithTheDefinitions) {
  std::mt19937 random(23);
  for (int i = 0; i < 1500; ++i) {
    const auto [result, truth] = random_case(random, i % 2 == 1);
    const Evaluation evaluation = evaluate(result, truth, {});
    const auto naive = test::naive_evaluation(result, truth, evaluation.scope, 4.0);
    ASSERT_EQ(score_text(evaluation.at_link_threshold.score), score_text(naive.at_threshold));
    ASSERT_EQ(score_text(evaluation.clusters), score_text(naive.clusters));
    ASSERT_NEAR(evaluation.b_cubed.precision, naive.b_cubed.precision, 1e-12);
    ASSERT_NEAR(evaluation.b_cubed.recall, naive.b_cubed.recall, 1e-12);
    for (const ThresholdScore& point : evaluation.sweep) {
      const auto there =
          test::naive_evaluation(result, truth, evaluation.scope, point.threshold_bits);
      ASSERT_EQ(score_text(point.score), score_text(there.at_threshold));
    }
  }
}

TEST(Evaluation, TheBestThresholdIsTheBestOfAll) {
  std::mt19937 random(29);
  for (int i = 0; i < 300; ++i) {
    const auto [result, truth] = random_case(random, false);
    const Evaluation evaluation = evaluate(result, truth, {});
    if (!evaluation.best) continue;
    for (double bits = 0.0; bits <= 10.0; bits += 0.5) {
      const auto there = test::naive_evaluation(result, truth, evaluation.scope, bits);
      ASSERT_LE(there.at_threshold.f1().value_or(0.0), evaluation.best->score.f1().value());
    }
  }
}

TEST(Evaluation, SourcePairsAddUpToTheWhole) {
  std::mt19937 random(31);
  for (int i = 0; i < 300; ++i) {
    const auto [result, truth] = random_case(random, i % 2 == 1);
    const Evaluation evaluation = evaluate(result, truth, {.by_source = true});
    PairScore pairs;
    PairScore clusters;
    for (const SourcePairScore& score : evaluation.by_source) {
      pairs.true_positives += score.pairs.true_positives;
      pairs.found += score.pairs.found;
      pairs.actual += score.pairs.actual;
      clusters.true_positives += score.clusters.true_positives;
      clusters.found += score.clusters.found;
      clusters.actual += score.clusters.actual;
    }
    ASSERT_EQ(score_text(pairs), score_text(evaluation.at_link_threshold.score));
    ASSERT_EQ(score_text(clusters), score_text(evaluation.clusters));
  }
}

// ---- blocking

TEST(Evaluation, PairsCompletenessAsksForEveryTruePairOnce) {
  const JobResult result = test::evaluation_result("all", "a1 | a2 | a3 | b1", "a1-a2:9");
  const Truth truth = test::evaluation_truth(result, "a1 a2 a3 | b1", false);
  std::multiset<std::pair<Row, Row>> asked;
  EvaluationOptions options;
  options.shares_block = [&](Row left, Row right) {
    asked.emplace(left, right);
    return right - left == 1;
  };
  const Evaluation evaluation = evaluate(result, truth, options);
  EXPECT_EQ(asked, (std::multiset<std::pair<Row, Row>>{{0, 1}, {0, 2}, {1, 2}}));
  EXPECT_EQ(evaluation.blocking.in_blocks, 2U);
  EXPECT_NEAR(evaluation.blocking.pairs_completeness().value(), 2.0 / 3.0, 1e-12);
}

TEST(Evaluation, WithoutBlocksOnlyABoundIsTold) {
  const JobResult result = test::evaluation_result("all", "a1 | a2 | a3", "a1-a2:1");
  const Truth truth = test::evaluation_truth(result, "a1 a2 a3", false);
  const Evaluation evaluation = evaluate(result, truth, {});
  EXPECT_FALSE(evaluation.blocking.pairs_completeness().has_value());
  EXPECT_EQ(evaluation.blocking.at_least, 1U);
  EXPECT_EQ(evaluation.blocking.true_pairs, 3U);
}

TEST(Evaluation, ReductionIsTheShareNotCompared) {
  JobResult result = test::evaluation_result("all", "a1 | a2", "");
  result.pairs_compared = 25;
  result.pairs_possible = 100;
  const Truth truth = test::evaluation_truth(result, "a1 | a2", false);
  EXPECT_EQ(evaluate(result, truth, {}).blocking.reduction_ratio(), 0.75);
}

TEST(Evaluation, CountsWhatIsNotJudged) {
  const JobResult result = test::evaluation_result("all", "a1 a2 | a3", "a1-a2:9 a1-a3:5");
  const Truth truth = test::evaluation_truth(result, "a1 a2", false);
  const Evaluation evaluation = evaluate(result, truth, {});
  EXPECT_EQ(evaluation.records, 3U);
  EXPECT_EQ(evaluation.records_judged, 2U);
  EXPECT_EQ(evaluation.pairs_not_judged, 1U);
}

}  // namespace
}  // namespace tessera
