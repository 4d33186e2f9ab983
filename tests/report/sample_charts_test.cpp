#include "report/sample_charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/invented_explanation.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string all_text(const Chart& chart) {
  std::string text = chart.title + chart.says + chart.spec;
  for (const std::string& cell : chart.table.header) text += "|" + cell;
  for (const auto& row : chart.table.rows) {
    for (const std::string& cell : row) text += "|" + cell;
  }
  return text;
}

TEST(SampleCharts, PartsAddUpToTheWeight) {
  const Explanation pair = test::invented_explanation();
  const auto charts = sample_charts({&pair, 1}, false);
  const auto spec = nlohmann::json::parse(charts.at(0).spec);
  const auto& parts = spec["datasets"]["parts"];
  ASSERT_GT(parts.size(), 2U);
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    EXPECT_DOUBLE_EQ(parts[i]["from"].get<double>(), parts[i - 1]["to"].get<double>());
  }
  EXPECT_NEAR(parts[parts.size() - 2]["to"].get<double>(), pair.weight_bits, 1e-9);
  EXPECT_DOUBLE_EQ(parts.back()["to"].get<double>(), pair.weight_bits);
}

TEST(SampleCharts, NamesAndValuesAreLeftOutUnlessAskedFor) {
  const Explanation pair = test::invented_explanation();
  const std::string masked = all_text(sample_charts({&pair, 1}, false).at(0));
  EXPECT_THAT(masked, Not(HasSubstr(pair.left.id)));
  EXPECT_THAT(masked, Not(HasSubstr(pair.right.id)));
  for (const ExplainedComparison& comparison : pair.comparisons) {
    if (comparison.left.present && comparison.left.as_written.size() > 3) {
      EXPECT_THAT(masked, Not(HasSubstr(comparison.left.as_written)));
    }
  }
  const std::string shown = all_text(sample_charts({&pair, 1}, true).at(0));
  EXPECT_THAT(shown, HasSubstr(pair.left.text()));
  EXPECT_THAT(shown, HasSubstr(pair.comparisons.at(0).left.as_written));
}

TEST(PairCharts, TakeTheirNameAndWords) {
  const PairChart of{"false-link-1", "A false link (1)", "Two persons.",
                     test::invented_explanation()};
  const Chart chart = pair_charts({&of, 1}, false).at(0);
  EXPECT_EQ(chart.id, "false-link-1");
  EXPECT_THAT(chart.title, testing::StartsWith("A false link (1), "));
  EXPECT_THAT(chart.says, testing::StartsWith("Two persons. A record of "));
}

}  // namespace
}  // namespace tessera
