#include "report/wrong_pairs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/report/finished_job.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const test::FinishedJob& finished() {
  static const test::FinishedJob kFinished;
  return kFinished;
}

TEST(WrongPairs, AreExplainedByTheirOwnWeight) {
  const LinkedJob linked(finished().out(), {}, {});
  const JobResult result = read_job_result(finished().out());
  ASSERT_TRUE(has_rows_of(linked, result));
  ASSERT_GT(result.pairs.size(), 3U);
  const ScoredPair& pair = result.pairs[1];
  WrongPairs wrong;
  wrong.false_links.push_back({pair.left, pair.right, pair.weight_bits, true});
  wrong.missed_by_far.push_back({0, result.size() - 1, -20.0, false});
  const std::vector<PairChart> charts = explain_wrong_pairs(linked, wrong);
  ASSERT_EQ(charts.size(), 2U);
  EXPECT_EQ(charts[0].id, "false-link-1");
  EXPECT_NEAR(charts[0].pair.weight_bits, pair.weight_bits, 1e-6);
  EXPECT_THAT(charts[0].says, HasSubstr("in one entity"));
  EXPECT_EQ(charts[1].id, "missed-by-far-1");
  EXPECT_THAT(charts[1].title, StartsWith("A link missed by far"));
  EXPECT_NEAR(charts[1].pair.weight_bits, linked.weight_bits(0, result.size() - 1), 1e-9);
  for (const Chart& chart : pair_charts(charts, false)) {
    for (const auto& row : chart.table.rows) {
      for (const std::string& cell : row) {
        EXPECT_THAT(cell, Not(HasSubstr(std::string(result.record_ids[pair.left]))));
      }
    }
  }
}

TEST(WrongPairs, AreNotShownOfOtherRecords) {
  const LinkedJob linked(finished().out(), {}, {});
  JobResult result = read_job_result(finished().out());
  result.row_source.pop_back();
  EXPECT_FALSE(has_rows_of(linked, result));
}

}  // namespace
}  // namespace tessera
