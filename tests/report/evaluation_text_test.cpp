#include "report/evaluation_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/evaluation_case.hpp"

namespace tessera {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

Evaluation some_evaluation() {
  const JobResult result =
      test::evaluation_result("all", "a1 a2 | b1", "a1-a2:9 a1-b1:5 a2-b1:1.5");
  Truth truth = test::evaluation_truth(result, "a1 a2 b1", false);
  truth.unknown_records = 3;
  return evaluate(result, truth, {.by_source = true});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(EvaluationText, TheTableFitsAScreenLine) {
  for (const std::string& line : lines_of(evaluation_table(some_evaluation()))) {
    EXPECT_LE(line.size(), 100U) << line;
  }
}

TEST(EvaluationText, TheTableTellsEveryMeasureAndItsLimits) {
  const std::string table = evaluation_table(some_evaluation());
  for (const char* what : {"best F1", "link threshold", "B-cubed", "pairs in one entity",
                           "pairs completeness at least", "reduction ratio", "a - b, clusters",
                           "review threshold", "3 record ids are not in crosswalk.csv"}) {
    EXPECT_THAT(table, HasSubstr(what));
  }
  EXPECT_THAT(table, Not(HasSubstr("nan")));
}

TEST(EvaluationText, JsonHoldsTheCounts) {
  const auto told = json::parse(evaluation_json(some_evaluation()));
  EXPECT_EQ(told["pairs"]["at_link_threshold"]["true_positives"], 2);
  EXPECT_EQ(told["pairs"]["at_link_threshold"]["actual"], 3);
  EXPECT_EQ(told["clusters"]["found"], 1);
  EXPECT_EQ(told["truth"]["unknown_records"], 3);
  EXPECT_EQ(told["blocking"]["pairs_completeness"], nullptr);
  EXPECT_EQ(told["pairs"]["sweep"].size(), 10U);  // 0 … 9 bits
  EXPECT_EQ(told["by_source"].size(), 3U);
}

TEST(EvaluationText, WhatHasNoValueIsNullAndNotZero) {
  const JobResult result = test::evaluation_result("all", "a1 | a2", "");
  const Evaluation evaluation =
      evaluate(result, test::evaluation_truth(result, "a1 | a2", false), {});
  const auto told = json::parse(evaluation_json(evaluation));
  EXPECT_EQ(told["pairs"]["at_link_threshold"]["precision"], nullptr);
  EXPECT_EQ(told["pairs"]["best"], nullptr);
  EXPECT_EQ(told["blocking"]["reduction_ratio"], nullptr);
}

TEST(EvaluationText, CsvAndNdjsonHoldTheSameRows) {
  const Evaluation evaluation = some_evaluation();
  const auto csv = lines_of(evaluation_csv(evaluation));
  const auto ndjson = lines_of(evaluation_ndjson(evaluation));
  ASSERT_EQ(csv.size(), ndjson.size() + 1);
  const auto commas = [](const std::string& line) {
    return std::count(line.begin(), line.end(), ',');
  };
  for (std::size_t i = 0; i < ndjson.size(); ++i) {
    EXPECT_EQ(commas(csv[i + 1]), commas(csv[0]));
    const auto row = json::parse(ndjson[i]);
    EXPECT_EQ(csv[i + 1].substr(0, csv[i + 1].find(',')), row["measure"]);
  }
  EXPECT_THAT(csv[0], HasSubstr("measure,scope,"));
}

}  // namespace
}  // namespace tessera
