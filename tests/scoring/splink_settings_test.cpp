#include "scoring/splink_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "scoring/splink_model.hpp"
#include "tests/scoring/splink_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string message_of(const std::string& text) {
  try {
    read_splink_model(text, "splink.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(SplinkSettings, NameThePlaceOfEveryFault) {
  const Json whole = Json::parse(test::splink_people_json());
  for (const auto& row : test::read_cases("splink_settings_faults.tsv")) {
    Json json = whole;
    const Json::json_pointer pointer(row.at(0));
    if (row.at(1) == "remove") {
      json.at(pointer.parent_pointer()).erase(pointer.back());
    } else {
      json[pointer] = Json::parse(row.at(1));
    }
    EXPECT_THAT(message_of(json.dump()), HasSubstr(row.at(2))) << row[0] << " = " << row[1];
  }
}

TEST(SplinkSettings, RefuseWhatIsNotJson) {
  EXPECT_THAT(message_of("{"), HasSubstr("not JSON at byte"));
  EXPECT_THAT(message_of("[]"), HasSubstr("no Splink model"));
}

SplinkSettings with_levels(const std::string& levels) {
  return read_splink_settings(
      R"({"comparisons": [{"output_column_name": "a", "comparison_levels": [)" + levels + "]}]}",
      "s");
}

TEST(SplinkSettings, AbsentProbabilitiesAreSplinksDefaults) {
  // Splink 5.0.0, _default_m_values(4) and _default_u_values(4), strongest last:
  // m 0.05/3 thrice and 0.95; weights -5, -1, 3 and 10
  const auto settings = with_levels(
      R"({"sql_condition": "a_l = a_r"}, {"sql_condition": "b"}, {"sql_condition": "c"},
         {"sql_condition": "ELSE"})");
  const auto& levels = settings.comparisons[0].levels;
  const double weights[] = {10, 3, -1, -5};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(levels[i].m, i == 0 ? 0.95 : 0.05 / 3, 1e-15);
    EXPECT_NEAR(std::log2(levels[i].m / levels[i].u), weights[i], 1e-12);
    EXPECT_FALSE(levels[i].m_trained);
  }
}

TEST(SplinkSettings, TwoLevelsHaveDefaultsOfTheirOwn) {
  const auto settings = with_levels(R"({"sql_condition": "a"}, {"sql_condition": "ELSE"})");
  EXPECT_NEAR(settings.comparisons[0].levels[1].u, 0.05 * 32, 1e-12);
}

TEST(SplinkSettings, ACertaintyIsTakenAsNearly) {
  const auto settings =
      with_levels(R"({"sql_condition": "a", "m_probability": 1.0, "u_probability": 0.0})");
  const auto& level = settings.comparisons[0].levels[0];
  EXPECT_LT(level.m, 1.0);
  EXPECT_LT(std::log2(1.0 / level.m), 1e-15);
  EXPECT_EQ(level.u, 1e-9);
  EXPECT_THAT(settings.notes, ElementsAre(HasSubstr("u_probability is 0")));
}

TEST(SplinkSettings, ALevelNotObservedIsOneInAMillion) {
  const auto settings = with_levels(
      R"({"sql_condition": "a", "m_probability": "level not observed in training dataset",
          "u_probability": 0.5})");
  EXPECT_EQ(settings.comparisons[0].levels[0].m, 1e-6);
}

TEST(SplinkSettings, TellUnknownKeysAndNoOthers) {
  Json json = Json::parse(test::splink_people_json());
  EXPECT_THAT(read_splink_settings(json.dump(), "s").notes, IsEmpty());
  json["quantum"] = true;
  EXPECT_THAT(read_splink_settings(json.dump(), "s").notes, ElementsAre(HasSubstr("quantum: ")));
}

TEST(SplinkSettings, TakeDefaultsForWhatIsAbsent) {
  const auto settings = with_levels(R"({"sql_condition": "ELSE"})");
  EXPECT_EQ(settings.prior, 0.0001);
  EXPECT_EQ(settings.link_type, "link_and_dedupe");
  EXPECT_EQ(settings.unique_id_column, "unique_id");
  EXPECT_EQ(settings.source_column, "");
}

TEST(SplinkSettings, RulesMayBeTextsOrObjects) {
  const auto settings = read_splink_settings(
      R"({"comparisons": [], "blocking_rules_to_generate_predictions": ["l.a = r.a",
          {"blocking_rule": "l.b = r.b", "arrays_to_explode": ["b"]}]})",
      "s");
  ASSERT_EQ(settings.rules.size(), 2U);
  EXPECT_EQ(settings.rules[0].sql, "l.a = r.a");
  EXPECT_FALSE(settings.rules[0].takes_arrays_apart);
  EXPECT_TRUE(settings.rules[1].takes_arrays_apart);
}

}  // namespace
}  // namespace tessera
