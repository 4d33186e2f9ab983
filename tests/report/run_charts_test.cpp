#include "report/run_charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "engine/run_facts.hpp"
#include "tests/report/invented_run.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;

const Chart& named(const std::vector<Chart>& charts, const std::string& id) {
  const auto found = std::ranges::find(charts, id, &Chart::id);
  if (found == charts.end()) throw std::runtime_error("no chart " + id);
  return *found;
}

TEST(RunCharts, CompletenessIsAShareOfEachSource) {
  const auto charts = run_charts(run_json(test::invented_run()));
  const Chart& chart = named(charts, "completeness");
  EXPECT_THAT(chart.table.header, ElementsAre("attribute", "clinic", "school"));
  EXPECT_THAT(chart.table.rows[0], ElementsAre("phone", "50.0 %", "100.0 %"));
}

TEST(RunCharts, UnlinkableRecordsAreAShareOfThoseLookedAt) {
  const auto charts = run_charts(run_json(test::invented_run()));
  const Chart& chart = named(charts, "unlinkable");
  EXPECT_THAT(chart.table.rows[0], ElementsAre("clinic", "20.0 %", "2", "10"));
  EXPECT_THAT(chart.table.rows[1], ElementsAre("school", "0.0 %", "0", "0"));
}

TEST(RunCharts, BlockingTellsWhatWasNotCompared) {
  const auto charts = run_charts(run_json(test::invented_run()));
  const Chart& chart = named(charts, "blocking");
  ASSERT_EQ(chart.table.rows.size(), 2U);
  EXPECT_EQ(chart.table.rows[1][0], "not compared (oversized block): village");
  EXPECT_EQ(chart.table.rows[1][1], "12");
}

TEST(RunCharts, WeakestLinksLeaveOutWhatNoLinksHold) {
  const auto charts = run_charts(run_json(test::invented_run()));
  const Chart& chart = named(charts, "weakest");
  ASSERT_EQ(chart.table.rows.size(), 1U);
  EXPECT_THAT(chart.table.rows[0], ElementsAre("2", "5.5 bits", "9.5 bits"));
}

TEST(RunCharts, EverySpecIsJsonWithItsData) {
  for (const Chart& chart : run_charts(run_json(test::invented_run()))) {
    const auto spec = nlohmann::json::parse(chart.spec);
    ASSERT_TRUE(spec.contains("datasets")) << chart.id;
    for (const auto& rows : spec["datasets"]) EXPECT_FALSE(rows.empty()) << chart.id;
  }
}

TEST(RunCharts, AnOlderRunHasWhatItMeasured) {
  auto run = nlohmann::ordered_json::parse(run_json(test::invented_run()));
  run.erase("result");
  const auto charts = run_charts(run.dump());
  ASSERT_EQ(charts.size(), 1U);
  EXPECT_EQ(charts[0].id, "blocking");
}

TEST(RunCharts, AnotherFileIsRefused) {
  for (const char* text : {"", "[]", "{}", "not json"}) EXPECT_THROW(run_charts(text), Error);
}

TEST(RunCharts, FiguresAreTheRunsCounts) {
  RunFacts facts = test::invented_run();
  const auto figures = run_figures(run_json(facts));
  EXPECT_THAT(figures, testing::Contains(testing::Pair("links", "1,234")));
  EXPECT_THAT(figures, testing::Contains(testing::Pair("records", "14")));
  EXPECT_THAT(figures, testing::Contains(testing::Pair("pairs not compared", "12")));
}

}  // namespace
}  // namespace tessera
