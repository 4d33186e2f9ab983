#include "report/quality_charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "tests/report/invented_run.hpp"

namespace tessera {
namespace {

RunFacts with_quality() {
  RunFacts facts = test::invented_run();
  facts.result.quality.links = 1234;
  facts.result.quality.below_counted = true;
  facts.result.quality.precision = {0.99, 0.95, 0.998};
  facts.result.quality.recall = {0.9, 0.59, 0.98};
  facts.result.quality.groups = {{"sex", "f", 600, {0.98, 0.91, 0.995}, {0.95, 0.8, 1.0}}};
  return facts;
}

TEST(QualityCharts, TellExpectationAndIntervalOfAllAndOfGroups) {
  const auto charts = quality_charts(run_json(with_quality()));
  ASSERT_EQ(charts.size(), 2U);
  const auto& rows = charts[0].table.rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0], testing::ElementsAre("all", "", "1,234", "99.00 %", "95.00 %", "99.80 %",
                                            "90.00 %", "59.00 %", "98.00 %"));
  EXPECT_EQ(rows[1][1], "f");
}

TEST(QualityCharts, ThePlanSaysHowManyToJudge) {
  const auto charts = quality_charts(run_json(with_quality()));
  EXPECT_EQ(charts[1].id, "check");
  EXPECT_FALSE(charts[1].table.rows.empty());
}

TEST(QualityCharts, NoneWithoutLinksOrFromAnOlderRun) {
  EXPECT_TRUE(quality_charts(run_json(test::invented_run())).empty());
  EXPECT_TRUE(quality_charts("{}").empty());
  EXPECT_THROW(quality_charts("no json"), Error);
}

}  // namespace
}  // namespace tessera
