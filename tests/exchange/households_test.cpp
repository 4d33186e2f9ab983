#include "exchange/households.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;

Household household(std::string id, std::string head, std::vector<std::string> members) {
  Household made{std::move(id), std::move(head), {}};
  for (std::string& member : members) made.members.push_back({std::move(member), {}});
  return made;
}

// `family(head): members` of each.
std::vector<std::string> told(const std::vector<Household>& households) {
  std::vector<std::string> lines;
  for (const Household& one : households) {
    std::string line = one.id + "(" + one.head + "):";
    for (const Household::Member& member : one.members) line += " " + member.record;
    lines.push_back(line);
  }
  return lines;
}

std::string patient(const std::string& id, const std::string& born, const std::string& more = "") {
  return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"F"}],"birthDate":")" +
         born + "\"" + more + "}";
}

std::string related(const std::string& of, const std::string& who, const std::string& relation) {
  return R"({"resourceType":"RelatedPerson","patient":{"reference":"Patient/)" + of +
         R"("},"identifier":[{"system":"urn:t:id","value":")" + who +
         R"("}],"relationship":[{"coding":[{"code":")" + relation + R"("}]}]})";
}

std::string known_as(const std::string& id) {
  return R"(,"identifier":[{"system":"urn:t:id","value":")" + id + R"("}])";
}

TEST(Households, TheShorthandOfThisTestTellsThemApart) {
  EXPECT_THAT(told({household("f", "a", {"a", "b"})}), ElementsAre("f(a): a b"));
}

TEST(Households, FamiliesOfTheSourceAreKeptAndTheirHeads) {
  const Import import = imported("[" + patient("a", "1990-01-01") + "," +
                                     patient("b", "1960-01-01") + "," + patient("c", "1970-01-01") +
                                     R"(,{"resourceType":"Group","id":"g","name":"G","member":[
             {"entity":{"reference":"Patient/a"}},{"entity":{"reference":"Patient/b"}},
             {"entity":{"reference":"Patient/unknown"}}]}])",
                                 read_fhir);
  // No head is named: the oldest of the family is it. Unknown members are nobody.
  EXPECT_THAT(told(households_of(import)), ElementsAre("g(b): a b", "of-c(c): c"));
}

TEST(Households, AHeadOfOpenimisIsTheHead) {
  const std::string place =
      R"(,"extension":[{"url":"http://x/patient-group-reference",
           "valueReference":{"reference":"Group/g"}},
          {"url":"http://x/patient-is-head","valueBoolean":)";
  const Import import = imported("[" + patient("a", "1990-01-01", place + "true}]") + "," +
                                     patient("b", "1960-01-01", place + "false}]") + "]",
                                 read_fhir);
  EXPECT_THAT(told(households_of(import)), ElementsAre("g(a): a b"));
}

TEST(Households, ChildrenBelongToTheMotherAndSpousesTogether) {
  const Import import = imported(
      "[" + patient("child", "2020-01-01") + "," + patient("mother", "1990-01-01", known_as("m")) +
          "," + patient("husband", "1985-01-01", known_as("h")) + "," +
          patient("grandmother", "1960-01-01", known_as("g")) + "," + related("child", "m", "MTH") +
          "," + related("child", "h", "FTH") + "," + related("mother", "h", "SPS") + "," +
          related("mother", "g", "MTH") + "]",
      read_fhir);
  // The mother is married and a mother: she does not belong to the grandmother.
  EXPECT_THAT(told(households_of(import)),
              ElementsAre("of-grandmother(grandmother): grandmother",
                          "of-husband(husband): child husband mother"));
}

TEST(Households, RelationsThatGoRoundEndSomewhere) {
  const Import import =
      imported("[" + patient("a", "2020-01-01", known_as("a")) + "," +
                   patient("b", "1990-01-01", known_as("b")) + "," + related("a", "b", "SPS") +
                   "," + related("b", "a", "SPS") + "," + related("a", "a", "MTH") + "]",
               read_fhir);
  EXPECT_THAT(told(households_of(import)), ElementsAre("of-a(a): a b"));
}

}  // namespace
}  // namespace tessera::test
