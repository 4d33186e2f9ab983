#include "exchange/fhir_originals.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kBundle = R"({"resourceType":"Bundle","type":"batch","entry":[
  {"fullUrl":"urn:uuid:p0","resource":{"resourceType":"Patient", "name":[{"family":"É"}]}},
  {"request":{"method":"DELETE"}},
  {"resource":{"resourceType":"Bundle","type":"history","entry":{"resource":
     {"resourceType":"Patient","id":"p1","multipleBirthInteger":1,
      "extension":[{"url":"urn:x:d","valueDecimal":1.50}],"gender":""}}}}]})";

TEST(FhirOriginals, EveryResourceIsGivenWithItsOwnText) {
  const TemporaryFolder folder;
  const std::filesystem::path files[] = {
      folder.write("b.json", kBundle),
      folder.write("l.ndjson",
                   "{\"resourceType\":\"Group\",\"id\":\"g\"}\nnot json\n{\"resourceType\":"
                   "\"Patient\",\"id\":\"p2\"}\n"),
      folder.write("x.xml", "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"p3\"/></Patient>")};
  std::vector<std::string> found;
  for_each_resource(files, [&](Node& resource, std::string_view text) {
    found.push_back(text_at(resource, "id"));
    if (found.back() == "p3") {
      EXPECT_TRUE(text.empty());
    } else {
      EXPECT_EQ(Json::parse(text)["resourceType"], text_at(resource, "resourceType"));
    }
  });
  EXPECT_EQ(found, (std::vector<std::string>{"p0", "p1", "g", "p2", "p3"}));
}

TEST(FhirOriginals, ThePatientsWantedAreKeptAsTheyWere) {
  const TemporaryFolder folder;
  const std::filesystem::path files[] = {folder.write("b.json", kBundle)};
  const auto found = original_patients(files, {"p1", "nobody"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at("p1"), R"({"resourceType":"Patient","id":"p1","multipleBirthInteger":1,)"
                            R"("extension":[{"url":"urn:x:d","valueDecimal":1.50}]})");
}

TEST(FhirOriginals, OfSeveralOfOneIdTheLastUpdatedStands) {
  const TemporaryFolder folder;
  const auto patient = [](const char* day, const char* gender) {
    return std::string(R"({"resourceType":"Patient","id":"p","meta":{"lastUpdated":")") + day +
           R"("},"gender":")" + gender + "\"}\n";
  };
  const std::filesystem::path files[] = {
      folder.write("l.ndjson", patient("2026-01-02", "male") + patient("2026-01-01", "female"))};
  EXPECT_EQ(Json::parse(original_patients(files, {"p"}).at("p"))["gender"], "male");
}

TEST(FhirOriginals, AnIdentifierIsAddedWhereverTheOthersStand) {
  const Json added = Json::parse(R"({"value":"9"})");
  for (const char* patient :
       {R"({"resourceType":"Patient","identifier":[{"value":"1"}],"active":true})",
        R"({"resourceType":"Patient","identifier":[],"active":true})",
        R"({"resourceType":"Patient","identifier":{"value":"1"}})", R"({"resourceType":"Patient"})",
        "{}"}) {
    const Json json = Json::parse(add_identifier_json(patient, R"({"value":"9"})"));
    EXPECT_EQ(json["identifier"].back(), added) << patient;
    const Json before = Json::parse(patient);
    if (before.contains("active")) {
      EXPECT_EQ(json["active"], before["active"]);
    }
  }
}

TEST(FhirOriginals, MembersAreSetAndTakenOutAndTheOthersStay) {
  EXPECT_EQ(
      set_members_json(R"({"a":1.50,"b":[2],"c":"x"})", {{"b", "false"}, {"c", ""}, {"d", "{}"}}),
      R"({"a":1.50,"b":false,"d":{}})");
  EXPECT_EQ(set_members_json("{}", {{"a", "1"}}), R"({"a":1})");
}

}  // namespace
}  // namespace tessera::test
