#include "report/explanation_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/invented_explanation.hpp"

namespace tessera {
namespace {

using Json = nlohmann::json;

Json json_of(bool show_values) {
  const std::vector<std::string> notes = {"a note"};
  return Json::parse(explanation_json(test::invented_explanation(), show_values, notes));
}

TEST(ExplanationJson, HasEveryPart) {
  const Json json = json_of(false);
  EXPECT_EQ(json["left"]["source"], "client");
  EXPECT_EQ(json["right"]["record_id"], "R7");
  EXPECT_EQ(json["verdict"], "no_link");
  EXPECT_EQ(json["weight_bits"], -3.0);
  EXPECT_EQ(json["prior_bits"], -10.0);
  EXPECT_EQ(json["alternatives"][1]["name"], "household");
  EXPECT_EQ(json["comparisons"][0]["bits"][1], 3.0);
  EXPECT_EQ(json["comparisons"][0]["m_trained"], false);
  EXPECT_TRUE(json["comparisons"][1]["m"].is_null());
  EXPECT_TRUE(json["comparisons"][1]["frequency"].is_null());
  EXPECT_TRUE(json["blocking"]["found_by"].is_null());
  EXPECT_EQ(json["blocking"]["rules"][1]["keys"][1]["state"], "differ");
  EXPECT_EQ(json["blocking"]["would_find"][0]["records"], 12);
  EXPECT_EQ(json["cluster"]["outcome"], "cut");
  EXPECT_EQ(json["cluster"]["cuts"][0]["reason"], "duplicate_free");
  EXPECT_EQ(json["cluster"]["cuts"][0]["conflict"][1]["record_id"], "C9");
  EXPECT_EQ(json["cluster"]["chain"].size(), 2U);
  EXPECT_EQ(json["flips"][0]["changes"][0]["to"], "exact");
  EXPECT_EQ(json["notes"][0], "a note");
}

TEST(ExplanationJson, PartsAddUpForItsReader) {
  const Json json = json_of(false);
  double sum = json["prior_bits"].get<double>() + json["relations_bits"].get<double>();
  for (const Json& comparison : json["comparisons"]) {
    sum += comparison["level_bits"].get<double>() + comparison["tf_bits"].get<double>();
  }
  EXPECT_NEAR(sum, json["weight_bits"].get<double>(), 1e-9);
}

TEST(ExplanationJson, HoldsValuesOnlyWhenAsked) {
  EXPECT_EQ(json_of(false).dump().find("Amina"), std::string::npos);
  EXPECT_FALSE(json_of(false)["comparisons"][0]["left"].contains("as_compared"));
  EXPECT_EQ(json_of(true)["comparisons"][0]["left"]["as_written"], "Amina");
  EXPECT_EQ(json_of(true)["comparisons"][1]["left"]["present"], false);
}

TEST(ExplanationJson, BytesThatAreNoTextAreReplaced) {
  Explanation of = test::invented_explanation();
  of.left.id = "\xff";
  EXPECT_TRUE(Json::accept(explanation_json(of, true, {})));
}

}  // namespace
}  // namespace tessera
