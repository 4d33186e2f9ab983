#include "exchange/eligibility_response.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

// As openIMIS's own sample, and one that says less.
constexpr const char* kRequest =
    R"({"resourceType":"CoverageEligibilityRequest","id":"e","status":"active",
        "purpose":["benefits","validation"],"patient":{"reference":"Patient/a"},
        "servicedDate":"2026-03-04","insurer":{"reference":"openIMIS"}})";

TEST(EligibilityResponse, SaysWhichCoverageIsInForceAndFromWhenToWhen) {
  Node request = json(kRequest);
  const auto answer = nlohmann::json::parse(write_eligibility_response(
      request, {.day = "2026-03-04",
                .created = "2026-11-25T09:30:00Z",
                .insurer = "openimis",
                .cover = {"c1", "P", "2026-01-01", "2026-12-31", "own"}}));
  EXPECT_EQ(answer["request"]["reference"], "CoverageEligibilityRequest/e");
  EXPECT_EQ(answer["patient"]["reference"], "Patient/a");
  EXPECT_EQ(answer["purpose"], (nlohmann::json{"benefits", "validation"}));
  EXPECT_EQ(answer["insurer"]["reference"], "openIMIS");
  EXPECT_EQ(answer["outcome"], "complete");
  const auto& insurance = answer["insurance"][0];
  EXPECT_EQ(insurance["coverage"]["reference"], "Coverage/c1");
  EXPECT_EQ(insurance["inforce"], true);
  EXPECT_EQ(insurance["benefitPeriod"]["end"], "2026-12-31");
}

TEST(EligibilityResponse, SaysWhyThereIsNone) {
  Node request = json(R"({"resourceType":"CoverageEligibilityRequest","id":"e",
                          "patient":{"reference":"Patient/a"}})");
  EligibilityAnswer none{.day = "2026-03-04", .created = "2026-11-25", .insurer = "openimis"};
  auto answer = nlohmann::json::parse(write_eligibility_response(request, none));
  EXPECT_EQ(answer["disposition"], "Insured, and not covered on the day.");
  EXPECT_FALSE(answer.contains("insurance"));
  EXPECT_EQ(answer["insurer"]["display"], "openimis");
  EXPECT_EQ(answer["purpose"][0], "validation");
  none.is_insured = false;
  answer = nlohmann::json::parse(write_eligibility_response(request, none));
  EXPECT_EQ(answer["disposition"], "Not insured here.");
}

TEST(EligibilityResponse, AsksNoOneInTheDark) {
  Node nobody = json(R"({"resourceType":"CoverageEligibilityRequest","id":"e"})");
  EXPECT_EQ(write_eligibility_response(nobody, {.day = "2026-03-04", .created = "", .insurer = ""}),
            "");
}

TEST(DayAsked, IsTheRequestsElseTheUsualOne) {
  Node asked = json(kRequest);
  EXPECT_EQ(day_asked(asked, "2026-11-25"), "2026-03-04");
  Node period = json(R"({"servicedPeriod":{"start":"2026-05-06T00:00:00Z"}})");
  EXPECT_EQ(day_asked(period, "2026-11-25"), "2026-05-06");
  Node vague = json(R"({"servicedDate":"2026"})");
  EXPECT_EQ(day_asked(vague, "2026-11-25"), "2026-11-25");
}

}  // namespace
}  // namespace tessera::test
