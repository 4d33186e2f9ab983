#include "scoring/splink_model.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "data/error.hpp"
#include "scoring/frequencies.hpp"
#include "tests/scoring/splink_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> texts(const SplinkComparison& comparison) {
  std::vector<std::string> all;
  for (const LevelSpec& level : comparison.levels) all.push_back(level.text);
  return all;
}

std::string level(const std::string& sql, double m, double u, const std::string& more = "") {
  std::string escaped;
  for (const char c : sql) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
  return R"({"sql_condition": ")" + escaped +
         R"(", "label_for_charts": "the label", "m_probability": )" + std::to_string(m) +
         R"(, "u_probability": )" + std::to_string(u) + more + "}";
}

SplinkModel with_levels(const std::string& levels) {
  return read_splink_model(
      R"({"comparisons": [{"output_column_name": "c", "comparison_levels": [
          {"sql_condition": "a_l IS NULL OR a_r IS NULL", "is_null_level": true}, )" +
          levels + "]}]}",
      "s");
}

const std::string kElse = level("ELSE", 0.1, 0.9);

TEST(SplinkModelOfPeople, CarriesOverEveryComparison) {
  const SplinkModel read = read_splink_model(test::splink_people_json(), "people.json");
  ASSERT_EQ(read.comparisons.size(), 5U);
  EXPECT_THAT(texts(read.comparisons[0]),
              ElementsAre("exact", "jaro_winkler >= 0.92", "jaro_winkler >= 0.8", "else"));
  EXPECT_THAT(texts(read.comparisons[2]),
              ElementsAre("exact", "levenshtein <= 1", "within 30 days", "within 365 days",
                          "within 3652 days", "else"));
  EXPECT_THAT(texts(read.comparisons[4]),
              ElementsAre("exact", "damerau_levenshtein <= 1", "damerau_levenshtein <= 2", "else"));
  EXPECT_EQ(read.comparisons[3].attribute, "town");
  EXPECT_TRUE(read.comparisons[3].term_frequency);
  EXPECT_FALSE(read.comparisons[4].term_frequency);
  EXPECT_EQ(read.scope, PairScope::kWithinSource);
  EXPECT_EQ(read.unique_id_column, "unique_id");
}

TEST(SplinkModelOfPeople, CarriesOverRulesAndTellsWhatIsLost) {
  const SplinkModel read = read_splink_model(test::splink_people_json(), "people.json");
  EXPECT_THAT(read.rules, ElementsAre(ElementsAre("surname", "dob"),
                                      ElementsAre("prefix(first_name,2)", "year(dob)"),
                                      ElementsAre("town", "first_name"), ElementsAre("phone")));
  EXPECT_THAT(read.not_carried_over,
              ElementsAre(AllOf(HasSubstr("blocking_rules_to_generate_predictions[3]"),
                                HasSubstr("makes more pairs"))));
}

TEST(SplinkModelOfPeople, GivesSplinksWeights) {
  const SplinkModel read = read_splink_model(test::splink_people_json(), "people.json");
  const auto rows = test::read_cases("splink5_people_weights.tsv");
  ASSERT_GE(rows.size(), 150U);
  for (const auto& row : rows) {
    Pattern pattern = 0;
    for (std::size_t c = 0; c < 5; ++c) {
      pattern = with_level(pattern, c, static_cast<unsigned>(std::stoul(row[c])));
    }
    double bits = read.model.weight_bits(pattern);
    constexpr std::size_t kAdjusted[] = {0, 1, 3};
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t c = kAdjusted[i];
      bits += tf_adjustment_bits(read.model.comparisons[c], level_of(pattern, c),
                                 std::stod(row[5 + i]));
    }
    EXPECT_NEAR(bits, std::stod(row[8]), 1e-9);
    EXPECT_NEAR(probability_from_bits(bits), std::stod(row[9]), 1e-9);
  }
}

TEST(SplinkModelOfPeople, IsAModelThatReadsBack) {
  const Model model = read_splink_model(test::splink_people_json(), "people.json").model;
  EXPECT_EQ(model_json(read_model_json(model_json(model), "m")), model_json(model));
}

TEST(ReadSplinkModel, JoinsALevelWithoutCounterpartToTheNext) {
  const SplinkModel read = with_levels(
      level("a_l = a_r", 0.6, 0.01) + "," + level("regexp(a_l) = regexp(a_r)", 0.2, 0.02) + "," +
      level("levenshtein(a_l, a_r) <= 1", 0.1, 0.07) + "," + kElse);
  const auto& levels = read.model.comparisons[0].levels;
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_DOUBLE_EQ(levels[1].m, 0.3);
  EXPECT_DOUBLE_EQ(levels[1].u, 0.09);
  EXPECT_DOUBLE_EQ(levels[0].m, 0.6);
  EXPECT_THAT(read.not_carried_over,
              ElementsAre(AllOf(HasSubstr("comparisons[0].comparison_levels[2] (the label)"),
                                HasSubstr("regexp(a_l) = regexp(a_r)"),
                                HasSubstr("count for level levenshtein <= 1"))));
}

TEST(ReadSplinkModel, JoinsALevelThatSaysTheSameToTheEarlier) {
  const SplinkModel read = with_levels(level("a_l = a_r", 0.6, 0.01) + "," +
                                       level("lower(a_l) = lower(a_r)", 0.3, 0.02) + "," + kElse);
  ASSERT_EQ(read.model.comparisons[0].levels.size(), 2U);
  EXPECT_DOUBLE_EQ(read.model.comparisons[0].levels[0].m, 0.9);
  EXPECT_THAT(read.not_carried_over, ElementsAre(HasSubstr("same as the earlier level exact")));
}

TEST(ReadSplinkModel, LeavesOutAComparisonWithoutCounterpart) {
  const std::string json = R"({"comparisons": [
      {"output_column_name": "tags", "comparison_levels": [)" +
                           level("array_length(list_intersect(t_l, t_r)) >= 1", 0.9, 0.1) + "," +
                           kElse + R"(]}, {"output_column_name": "a", "comparison_levels": [)" +
                           level("a_l = a_r", 0.9, 0.1) + "," + kElse + "]}]}";
  const SplinkModel read = read_splink_model(json, "s");
  ASSERT_EQ(read.comparisons.size(), 1U);
  EXPECT_EQ(read.comparisons[0].name, "a");
  EXPECT_THAT(read.not_carried_over,
              ElementsAre(AllOf(HasSubstr("comparisons[0] (tags)"), HasSubstr("left out")),
                          AllOf(HasSubstr("comparisons[1] (a)"), HasSubstr("no null level"))));
}

TEST(ReadSplinkModel, KeepsASwapWithItsPartner) {
  const SplinkModel read = with_levels(level("a_l = a_r", 0.8, 0.05) + "," +
                                       level("b_l = a_r AND b_r = a_l", 0.1, 0.05) + "," + kElse);
  EXPECT_THAT(texts(read.comparisons[0]), ElementsAre("exact", "swapped", "else"));
  EXPECT_EQ(read.comparisons[0].swapped_with, "b");
  EXPECT_THAT(read.not_carried_over, IsEmpty());
}

TEST(ReadSplinkModel, ALevelOfAnotherColumnIsNotCarriedOver) {
  const SplinkModel read = with_levels(level("a_l = a_r", 0.8, 0.05) + "," +
                                       level("b_l = b_r", 0.1, 0.05) + "," + kElse);
  EXPECT_THAT(texts(read.comparisons[0]), ElementsAre("exact", "else"));
  EXPECT_DOUBLE_EQ(read.model.comparisons[0].levels[1].m, 0.2);
  EXPECT_THAT(read.not_carried_over, ElementsAre(HasSubstr("it compares b, the comparison a")));
}

TEST(ReadSplinkModel, TellsNullLevelsThatAskForMore) {
  const SplinkModel read = read_splink_model(
      R"({"comparisons": [{"comparison_levels": [
          {"sql_condition": "(a_l IS NULL OR a_r IS NULL) AND b_l IS NULL",
           "is_null_level": true}, )" +
          level("a_l = a_r", 0.8, 0.05) + "," + kElse + "]}]}",
      "s");
  EXPECT_EQ(read.comparisons[0].name, "a");
  EXPECT_THAT(read.not_carried_over,
              ElementsAre(HasSubstr("a side of a is missing, and in no other")));
}

TEST(ReadSplinkModel, AddsAMissingElse) {
  const SplinkModel read = with_levels(level("a_l = a_r", 0.75, 0.25));
  const auto& levels = read.model.comparisons[0].levels;
  ASSERT_EQ(levels.size(), 2U);
  EXPECT_DOUBLE_EQ(levels[1].m, 0.25);
  EXPECT_DOUBLE_EQ(levels[1].u, 0.75);
  EXPECT_THAT(read.not_carried_over, ElementsAre(HasSubstr("no ELSE level")));
}

TEST(ReadSplinkModel, TellsFrequencyAdjustmentsThatAreLost) {
  const std::string exact = level("a_l = a_r", 0.8, 0.05);
  const std::string fuzzy = "levenshtein(a_l, a_r) <= 1";
  const auto lost = [](const std::string& levels) {
    const SplinkModel read = with_levels(levels);
    EXPECT_FALSE(read.comparisons[0].term_frequency);
    return read.not_carried_over;
  };
  EXPECT_THAT(lost(level("a_l = a_r", 0.8, 0.1, R"(, "tf_adjustment_column": "b")") + "," + kElse),
              ElementsAre(HasSubstr("it goes by b, the comparison by a")));
  EXPECT_THAT(lost(level(fuzzy, 0.8, 0.1, R"(, "tf_adjustment_column": "a")") + "," + kElse),
              ElementsAre(HasSubstr("no exact level")));
  EXPECT_THAT(
      lost(exact + "," +
           level(fuzzy, 0.1, 0.05,
                 R"(, "tf_adjustment_column": "a", "disable_tf_exact_match_detection": true)") +
           "," + kElse),
      ElementsAre(HasSubstr("the level's own u")));
}

TEST(ReadSplinkModel, KeepsAnAdjustmentByTheLevelsOwnU) {
  const SplinkModel read = with_levels(
      level("levenshtein(a_l, a_r) <= 1", 0.8, 0.25,
            R"(, "tf_adjustment_column": "a", "disable_tf_exact_match_detection": true)") +
      "," + kElse);
  EXPECT_THAT(read.not_carried_over, IsEmpty());
  EXPECT_DOUBLE_EQ(tf_adjustment_bits(read.model.comparisons[0], 1, 0.0625), 2.0);
}

TEST(ReadSplinkModel, ReadsTheLinkType) {
  const auto scope = [](const std::string& link_type) {
    return read_splink_model(R"({"link_type": ")" + link_type +
                                 R"(", "comparisons": [{"comparison_levels": [)" +
                                 level("a_l = a_r", 0.8, 0.05) + "]}]}",
                             "s")
        .scope;
  };
  EXPECT_EQ(scope("dedupe_only"), PairScope::kWithinSource);
  EXPECT_EQ(scope("link_only"), PairScope::kAcrossSources);
  EXPECT_EQ(scope("link_and_dedupe"), PairScope::kAnyPair);
}

TEST(ReadSplinkModel, RefusesAModelOfWhichNothingIsLeft) {
  EXPECT_THROW(with_levels(kElse), Error);
}

TEST(ReadSplinkModel, LeavesOutWhatIsBeyondSixteenComparisons) {
  std::string comparisons;
  for (int i = 0; i < 18; ++i) {
    comparisons += (i == 0 ? "" : ",") + std::string(R"({"output_column_name": "c)") +
                   std::to_string(i) + R"(", "comparison_levels": [)" +
                   level("a_l = a_r", 0.8, 0.05) + "," + kElse + "]}";
  }
  const SplinkModel read = read_splink_model(R"({"comparisons": [)" + comparisons + "]}", "s");
  EXPECT_EQ(read.comparisons.size(), kMaxComparisons);
  EXPECT_THAT(read.not_carried_over,
              Contains(HasSubstr("comparisons[17] (c17): left out: at most 16")));
}

}  // namespace
}  // namespace tessera
