#include "exchange/related_person.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera::test {
namespace {

TEST(RelatedPerson, SaysWhoseSpouseSheIsAndWhoSheIs) {
  const auto json = nlohmann::json::parse(
      write_related_person({.patient = "Patient/a",
                            .related = "Patient/b",
                            .relationship = "SPS",
                            .identifiers = {{"urn:x:y", "7", "marriage_registration", {}, {}, {}}},
                            .start = "2025-07-31"}));
  EXPECT_EQ(json["patient"]["reference"], "Patient/a");
  EXPECT_EQ(json["relationship"][0]["coding"][0]["code"], "SPS");
  EXPECT_EQ(json["identifier"][0]["value"], "7");
  EXPECT_EQ(json["identifier"][1]["value"], "Patient/b");
  EXPECT_EQ(json["period"]["start"], "2025-07-31");
}

TEST(RelatedPerson, ADateThatIsNoneIsLeftOut) {
  const auto json = nlohmann::json::parse(write_related_person(
      {.patient = "Patient/a", .related = "Patient/b", .relationship = "SPS", .start = "in July"}));
  EXPECT_FALSE(json.contains("period"));
}

}  // namespace
}  // namespace tessera::test
