#include "report/model_charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/report/invented_run.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;

std::vector<std::string> ids(const std::vector<Chart>& charts) {
  std::vector<std::string> ids;
  for (const Chart& chart : charts) ids.push_back(chart.id);
  return ids;
}

TEST(ModelCharts, ShowAllThatTrainingKept) {
  EXPECT_THAT(ids(model_charts(test::invented_model(), 4.2, 0.0)),
              ElementsAre("compared", "model", "levels", "training", "agreement"));
}

TEST(ModelCharts, AModelFromElsewhereHasItsLevelsAlone) {
  Model model = test::invented_model();
  model.sessions.clear();
  model.weights.clear();
  EXPECT_THAT(ids(model_charts(model, 4.2, 0.0)), ElementsAre("model", "levels"));
}

TEST(ModelCharts, ALevelIsWorthLog2OfMOverU) {
  const auto charts = model_charts(test::invented_model(), 4.2, 0.0);
  EXPECT_THAT(charts[2].table.rows[0], ElementsAre("name", "exact", "+3.00"));
  EXPECT_THAT(charts[2].table.rows[1], ElementsAre("name", "else", "-2.17"));
}

TEST(ModelCharts, SessionsTellStepsAndGain) {
  const auto charts = model_charts(test::invented_model(), 4.2, 0.0);
  // 100 nats over 1000 pairs are 0.144 bits a pair.
  EXPECT_THAT(charts[3].table.rows[0],
              ElementsAre("birth_date", "1,000", "2", "yes", "0.300", "0.400", "0.144"));
  EXPECT_EQ(charts[3].table.rows[1][3], "no");
}

TEST(ModelCharts, AgreementSpansTheSessions) {
  const auto charts = model_charts(test::invented_model(), 4.2, 0.0);
  EXPECT_THAT(charts[4].table.rows[0], ElementsAre("name · exact", "2", "0.700", "0.900", "0.800"));
}

}  // namespace
}  // namespace tessera
