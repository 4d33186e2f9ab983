#include "report/evaluation_charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/invented_run.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;

TEST(EvaluationCharts, TellPrecisionAndRecallByThreshold) {
  const auto charts = evaluation_charts(test::invented_evaluation());
  ASSERT_EQ(charts.size(), 3U);
  EXPECT_EQ(charts[1].id, "thresholds");
  EXPECT_THAT(charts[1].table.rows[2], ElementsAre("2", "1.0000", "0.6000", "0.7500", "60"));
  const auto spec = nlohmann::json::parse(charts[1].spec);
  EXPECT_EQ(spec["datasets"]["sweep"].size(), 9U);
}

TEST(EvaluationCharts, LeaveOutWhatIsNoNumber) {
  Evaluation evaluation = test::invented_evaluation();
  evaluation.sweep = {{5.0, {0, 0, 100}}};  // nothing found: no precision
  evaluation.by_source.clear();
  const auto charts = evaluation_charts(evaluation);
  ASSERT_EQ(charts.size(), 2U);
  EXPECT_EQ(charts[1].table.rows[0][1], "–");
  const auto spec = nlohmann::json::parse(charts[1].spec);
  for (const auto& row : spec["datasets"]["sweep"]) EXPECT_NE(row["which"], "precision");
}

}  // namespace
}  // namespace tessera
