#include "report/chart_spec.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

TEST(ChartSpec, RowsStandInlineUnderTheirName) {
  ChartRows rows{"pairs", {"rule", "pairs"}};
  rows.rows = {{"a + \"b\"", 12.0}, {"c", 0.5}};
  const auto spec =
      nlohmann::json::parse(chart_spec(R"({"mark": "bar", "data": {"name": "pairs"}})", {rows}));
  EXPECT_EQ(spec["mark"], "bar");
  EXPECT_EQ(spec["datasets"]["pairs"][0]["rule"], "a + \"b\"");
  EXPECT_EQ(spec["datasets"]["pairs"][0]["pairs"], 12.0);
  EXPECT_EQ(spec["datasets"]["pairs"][1]["pairs"], 0.5);
}

TEST(ChartSpec, BytesThatAreNoTextDoNotStopIt) {
  ChartRows rows{"d", {"name"}};
  rows.rows = {{std::string("\xff\xfe")}};
  EXPECT_TRUE(nlohmann::json::accept(chart_spec("{}", {rows})));
}

TEST(ChartSpec, NoRowsGiveAnEmptyList) {
  const auto spec = nlohmann::json::parse(chart_spec("{}", {{"d", {"name"}}}));
  EXPECT_TRUE(spec["datasets"]["d"].is_array());
  EXPECT_TRUE(spec["datasets"]["d"].empty());
}

}  // namespace
}  // namespace tessera
