#include "report/advice_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using testing::HasSubstr;

RuleAdvice sample_advice() {
  RuleAdvice advice;
  advice.rules = {{{"birth_date + prefix(family_name,3)", {}}, 1000, 400.4},
                  {{"phone", {}}, 200, 50}};
  advice.pairs = 1200;
  advice.budget = 5000;
  advice.considered = 321;
  advice.known = 500;
  advice.recall.found = 450.4;
  advice.recall.estimate = CaptureEstimate{450.4, 49.6, 0.85, 0.93, 2};
  return advice;
}

TEST(AdviceText, TellsCostGainAndWhatIsMissed) {
  const std::string text = advice_text(sample_advice());
  EXPECT_THAT(text,
              HasSubstr("make 1,200 of 5,000 pairs allowed and find 450 of 500 matches known"));
  EXPECT_THAT(text, HasSubstr("recall 90.1 %, probably between 85.0 and 93.0 %"));
  EXPECT_THAT(text,
              HasSubstr("  [\"birth_date\", \"prefix(family_name,3)\"],\n  [\"phone\"],\n]\n"));
}

TEST(AdviceText, SaysWhenNothingIsAffordable) {
  RuleAdvice advice;
  advice.budget = 3;
  EXPECT_THAT(advice_text(advice), HasSubstr("allow more with --budget"));
}

TEST(AdviceJson, HoldsTheSame) {
  const auto json = nlohmann::json::parse(advice_json(sample_advice()));
  EXPECT_EQ(json["rules"][1]["rule"], "phone");
  EXPECT_EQ(json["pairs"], 1200);
  EXPECT_EQ(json["estimate"]["low"], 0.85);
  EXPECT_TRUE(nlohmann::json::parse(advice_json({}))["estimate"].is_null());
}

}  // namespace
}  // namespace tessera
