#include "report/blocking_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

BlockingMeasure invented() {
  BlockingMeasure measure;
  measure.records = 1000;
  measure.records_in_no_block = 7;
  measure.pairs_possible = 499500;
  measure.pairs_compared = 2500;
  measure.max_block_records = 2000;
  measure.rules = {{"birth_date", 20, 300, {9, 8}, 2000, true, 2000, 0},
                   {"tokens(given_name)", 0, 40, {3000}, 4600000, false, 500, 4000000}};
  return measure;
}

TEST(BlockingText, TheWholePage) {
  EXPECT_EQ(
      blocking_text(invented()),
      "2,500 pairs compared, 0.501 % of 499,500 possible; 2.5 a record\n"
      "7 of 1,000 records in no block: compared with no other\n"
      "\n"
      "  rule                without key  blocks  largest         pairs  added  not compared\n"
      "  birth_date                   20     300        9         2,000  2,000             -\n"
      "  tokens(given_name)            0      40    3,000  <= 4,600,000    500     4,000,000\n"
      "\n"
      "  pairs: with the rule's key in common; added: of those compared, made by no earlier "
      "rule.\n"
      "  not compared: in blocks of more than 2,000 records, which are split by a further "
      "attribute.\n"
      "  <= : some records have very many words; their pairs may be counted twice.\n");
}

TEST(BlockingText, WithoutSplitsAndDoubtsTheirNotesAreLeftOut) {
  BlockingMeasure measure = invented();
  measure.rules.pop_back();
  EXPECT_THAT(blocking_text(measure), Not(HasSubstr("not compared:")));
  EXPECT_THAT(blocking_text(measure), Not(HasSubstr("<=")));
  EXPECT_THAT(blocking_text({}), HasSubstr("0 pairs compared"));
}

RecallMeasure invented_recall() {
  RecallMeasure recall;
  recall.rules = {{80, 40}, {60, 20}};
  recall.found = 100;
  recall.through_others = 2;
  recall.estimate = CaptureEstimate{100, 25, 0.7, 0.9, 2};
  return recall;
}

TEST(BlockingText, WithRecallSaysWhatTheRulesFind) {
  const std::string text = blocking_text(invented(), invented_recall());
  EXPECT_THAT(text, HasSubstr("100 matches expected among the pairs compared, an estimated 25 "
                              "are missed\nrecall of the rules 80.0 %; probably between 70.0 and "
                              "90.0 %\n"));
  EXPECT_THAT(text, HasSubstr("  64.0 %  40.0 %\n"));  // of 125, of 100
  EXPECT_THAT(text, HasSubstr("finds: of all matches"));
  RecallMeasure few = invented_recall();
  few.estimate.reset();
  EXPECT_THAT(blocking_text(invented(), few), HasSubstr("too few"));
}

TEST(BlockingText, JsonHasTheRecall) {
  const auto json = nlohmann::json::parse(blocking_json(invented(), invented_recall()));
  EXPECT_NEAR(json["recall"]["estimate"]["recall"].get<double>(), 0.8, 1e-12);
  EXPECT_EQ(json["rules"][1]["matches_alone"], 20.0);
  EXPECT_FALSE(nlohmann::json::parse(blocking_json(invented())).contains("recall"));
}

TEST(BlockingText, JsonHasEveryFigure) {
  const auto json = nlohmann::json::parse(blocking_json(invented()));
  EXPECT_EQ(json["records_in_no_block"], 7);
  EXPECT_EQ(json["rules"][1]["exact"], false);
  EXPECT_EQ(json["rules"][0]["largest"][1], 8);
  EXPECT_EQ(json["rules"][1]["not_compared"], 4000000);
  EXPECT_EQ(json["pairs_compared"], 2500);
}

}  // namespace
}  // namespace tessera
