#include "exchange/cover_periods.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(CoverPeriods, AreThePersonsOwnAndThoseOfTheHead) {
  const Import import = imported(
      R"([{"resourceType":"Patient","id":"h","name":[{"family":"F"}],"extension":[
            {"url":"http://x/patient-is-head","valueBoolean":true}]},
          {"resourceType":"Patient","id":"a","name":[{"family":"F"}]},
          {"resourceType":"Patient","id":"z","name":[{"family":"Z"}]},
          {"resourceType":"Group","id":"f","member":[
            {"entity":{"reference":"Patient/h"}},{"entity":{"reference":"Patient/a"}}]},
          {"resourceType":"Coverage","id":"c1","status":"active",
           "beneficiary":{"reference":"Patient/h"},
           "period":{"start":"2026-01-01","end":"2026-12-31"}},
          {"resourceType":"Coverage","id":"c2","status":"active",
           "beneficiary":{"reference":"Patient/a"},"period":{"start":"2026-02-01"}},
          {"resourceType":"Coverage","id":"c3","status":"cancelled",
           "beneficiary":{"reference":"Patient/a"},"period":{"start":"2026-02-01"}}])",
      read_fhir);
  const CoverPeriods covers(import);
  const std::vector<CoverPeriod> of_member = covers.of("a");
  ASSERT_EQ(of_member.size(), 2U) << "what was cancelled covers no day";
  EXPECT_EQ(of_member[0].coverage, "c2");
  EXPECT_EQ(of_member[0].through, "own");
  EXPECT_EQ(of_member[1].coverage, "c1");
  EXPECT_EQ(of_member[1].through, "head");
  ASSERT_EQ(covers.of("h").size(), 1U) << "not once more through itself";
  EXPECT_EQ(covers.of("h")[0].through, "own");
  EXPECT_EQ(covers.of_family("f").size(), 1U);
  EXPECT_TRUE(covers.of("z").empty());
  EXPECT_EQ(covers.family_of("z"), nullptr);
  EXPECT_EQ(*covers.family_of("a"), "f");
  EXPECT_TRUE(of_member[1].holds_on("2026-01-01"));
  EXPECT_TRUE(of_member[1].holds_on("2026-12-31"));
  EXPECT_FALSE(of_member[1].holds_on("2027-01-01"));
  EXPECT_FALSE(of_member[0].holds_on("2026-01-31"));
  EXPECT_TRUE(of_member[0].holds_on("2036-01-31"));
}

}  // namespace
}  // namespace tessera::test
