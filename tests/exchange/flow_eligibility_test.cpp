#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "exchange/fhir_reader.hpp"
#include "exchange/flows.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

std::string patient(const std::string& id) {
  return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"F"}]})";
}

std::string coverage(const std::string& id, const std::string& of, const std::string& start,
                     const std::string& end, const std::string& status = "active") {
  return R"({"resourceType":"Coverage","id":")" + id + R"(","status":")" + status +
         R"(","beneficiary":{"reference":"Patient/)" + of + R"("},"period":{"start":")" + start +
         R"(","end":")" + end + "\"}}";
}

class EligibilityFlow : public testing::Test {
 protected:
  // Clients a and b are the insured head and member of one family.
  FlowResult on(const std::string& day, const std::string& coverages) {
    world.say("client", "[" + patient("a") + "," + patient("b") + "," + patient("c") + "]",
              read_fhir);
    world.say("openimis",
              "[" + patient("head") + "," + patient("child") + "," +
                  R"({"resourceType":"Group","id":"fam","member":[
                       {"entity":{"reference":"Patient/head"}},
                       {"entity":{"reference":"Patient/child"}}]},)" +
                  coverages + "]",
              read_fhir_with_head);
    world.same("client:a", "openimis:head");
    world.same("client:b", "openimis:child");
    world.apply();
    FlowInput input = world.input("client", "openimis");
    input.on = day;
    return eligibility(input);
  }
  static void read_fhir_with_head(Node& document, Import& import) {
    read_fhir(document, import);
    import.add(CanonicalTable::kMembership, {"fam", "head", "head", "", ""});
  }
  FlowWorld world;
};

TEST_F(EligibilityFlow, AMemberIsCoveredThroughTheHeadOnTheLastDayToo) {
  const FlowResult result = on("2025-12-31", coverage("p", "head", "2025-01-01", "2025-12-31"));
  const std::string& text = result.files.at("eligibility.csv");
  EXPECT_THAT(text, HasSubstr("client,a,head,fam,2025-12-31,true,p,,2025-01-01,2025-12-31,own\n"));
  EXPECT_THAT(text,
              HasSubstr("client,b,child,fam,2025-12-31,true,p,,2025-01-01,2025-12-31,head\n"));
  EXPECT_EQ(counted(result, "not insured"), 1U);
}

TEST_F(EligibilityFlow, AfterThePeriodNobodyIsCovered) {
  const FlowResult after = on("2026-01-01", coverage("p", "head", "2025-01-01", "2025-12-31"));
  EXPECT_EQ(counted(after, "insured, and not covered on the day"), 2U);
  EXPECT_EQ(counted(after, "covered on the day"), 0U);
}

TEST_F(EligibilityFlow, OnesOwnCoverageGoesBeforeTheHeadsAndAStoppedOneIsNone) {
  const FlowResult result =
      on("2025-06-01", coverage("p", "head", "2025-01-01", "2025-12-31") + "," +
                           coverage("own", "child", "2025-01-01", "2025-07-01") + "," +
                           coverage("stopped", "child", "2025-01-01", "2027-07-01", "cancelled"));
  EXPECT_THAT(result.files.at("eligibility.csv"),
              HasSubstr("true,own,,2025-01-01,2025-07-01,own\n"));
}

TEST_F(EligibilityFlow, ADoubtfulClientIsAnExceptionAndADayIsNeeded) {
  EXPECT_THROW(on("", coverage("p", "head", "2025-01-01", "2025-12-31")), Error);
  world.doubt("client:c", "openimis:child");
  FlowInput input = world.input("client", "openimis");
  input.on = "2025-06-01";
  EXPECT_THAT(exceptions_csv(eligibility(input)), HasSubstr("client,c,person"));
}

TEST_F(EligibilityFlow, AnswersEachRequestAndNobodyInDoubt) {
  on("2025-06-01", coverage("p", "head", "2025-01-01", "2025-12-31"));
  world.doubt("client:c", "openimis:child");
  const auto request = [](const std::string& id, const std::string& of, const char* day = "") {
    return R"({"resourceType":"CoverageEligibilityRequest","id":")" + id +
           R"(","patient":{"reference":"Patient/)" + of + "\"}" + day + "}\n";
  };
  const TemporaryFolder folder;
  FlowInput input = world.input("client", "openimis");
  std::vector<FlowSource> sources(input.sources.begin(), input.sources.end());
  for (FlowSource& source : sources) {
    if (source.name != "client") continue;
    source.format = "fhir";
    source.files = {
        folder.write("requests.ndjson", request("1", "b") + request("1", "b") +
                                            request("2", "a", R"(,"servicedDate":"2026-02-02")") +
                                            request("3", "c") + request("4", "nobody"))};
  }
  input.sources = sources;
  input.on = "2025-06-01";
  const FlowResult result = eligibility(input);
  const std::vector<std::string> answers = lines_of_text(result.files.at("eligibility.ndjson"));
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_THAT(answers[0], HasSubstr(R"("coverage":{"reference":"Coverage/p"},"inforce":true)"));
  EXPECT_THAT(answers[1], HasSubstr("not covered on the day"));
  EXPECT_EQ(counted(result, "requests held back"), 2U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,3,CoverageEligibilityRequest,a possible"));
  EXPECT_THAT(exceptions_csv(result), HasSubstr("client,4,CoverageEligibilityRequest,its patient"));
}

}  // namespace
}  // namespace tessera::test
