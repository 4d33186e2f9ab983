#include "exchange/opencrvs_events.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

const char* const kActions[] = {
    R"({"id": "1", "type": "CREATE", "status": "Accepted", "createdAt": "2025-01-01T01"})",
    R"({"id": "2", "type": "DECLARE", "status": "Accepted", "createdAt": "2025-01-01T02",
        "declaration": {"child.name": {"firstname": "Ayo", "surname": "Bello"},
        "child.dob": "2024-12-30"}})",
    R"({"id": "3", "type": "REGISTER", "status": "Requested", "createdAt": "2025-01-01T03",
        "declaration": {"child.nid": "900"}})",
    R"({"id": "4", "type": "REGISTER", "status": "Accepted", "createdAt": "2025-01-01T04",
        "originalActionId": "3", "registrationNumber": "R1"})",
    R"({"id": "5", "type": "REQUEST_CORRECTION", "status": "Accepted", "createdAt": "2025-01-01T05",
        "declaration": {"child.name": {"firstname": "Ayo Tunde"}}})",
    R"({"id": "6", "type": "APPROVE_CORRECTION", "status": "Accepted", "createdAt": "2025-01-01T06",
        "requestId": "5"})"};

std::string log_of(const std::vector<std::string>& actions) {
  std::string text = R"({"id": "e", "type": "birth", "trackingId": "T", "actions": [)";
  for (std::size_t i = 0; i < actions.size(); ++i) text += (i > 0 ? "," : "") + actions[i];
  return text + "]}";
}

std::string state_of(const std::vector<std::string>& actions, std::string_view path) {
  Node log = json(log_of(actions));
  Node state = fold_actions(log);
  return text_at(state, path);
}

TEST(OpencrvsEvents, TheStateIsTheFoldOfAcceptedActions) {
  const std::vector<std::string> all(std::begin(kActions), std::end(kActions));
  EXPECT_EQ(state_of(all, "child.name.firstname"), "Ayo Tunde");
  EXPECT_EQ(state_of(all, "child.name.surname"), "Bello");
  EXPECT_EQ(state_of(all, "child.nid"), "900");  // by the request that was accepted
}

TEST(OpencrvsEvents, WhatIsNotAcceptedDoesNotCount) {
  std::vector<std::string> some(std::begin(kActions), std::begin(kActions) + 3);
  EXPECT_EQ(state_of(some, "child.nid"), "");
  some = {kActions[1], kActions[4]};
  EXPECT_EQ(state_of(some, "child.name.firstname"), "Ayo");  // asked for, not approved
  some = {kActions[1],
          R"({"id": "9", "type": "DECLARE", "status": "Rejected", "createdAt": "2025-01-02",
              "declaration": {"child.dob": "1999-01-01"}})"};
  EXPECT_EQ(state_of(some, "child.dob"), "2024-12-30");
}

TEST(OpencrvsEvents, MessagesOutOfOrderAndTwiceEndTheSame) {
  std::vector<std::string> all(std::begin(kActions), std::end(kActions));
  std::sort(all.begin(), all.end());
  std::string first;
  do {
    const Import import = imported(log_of(all), read_event_log);
    const std::string text = import_text(import);
    if (first.empty()) first = text;
    ASSERT_EQ(text, first);
  } while (std::next_permutation(all.begin(), all.end()));
  std::vector<std::string> twice = all;
  twice.insert(twice.end(), all.begin(), all.end());
  const Import again = imported(log_of(twice), read_event_log);
  EXPECT_EQ(table_lines(again, CanonicalTable::kPerson),
            table_lines(imported(log_of(all), read_event_log), CanonicalTable::kPerson));
}

TEST(OpencrvsEvents, AnAgeIsAYearOfBirth) {
  const Import import = imported(
      R"({"id": "e", "type": "birth", "actions": [{"id": "1", "type": "DECLARE", "createdAt": "1",
          "declaration": {"child.dob": "2011-11-11", "child.name": {"firstname": "J"},
          "mother.age": {"age": 11, "asOfDateRef": "child.dob"},
          "mother.name": {"firstname": "M"}}}]})",
      read_event_log);
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "e-mother", "birth_date"), "2000");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "e-child", "mother_birth_date"), "2000");
}

TEST(OpencrvsEvents, AHostileLogIsRefused) {
  std::string many =
      R"({"id": "e", "type": "birth", "actions": [{"type": "DECLARE", "declaration": {)";
  for (int i = 0; i <= 10000; ++i) many += "\"k" + std::to_string(i) + "\": 1,";
  const Import import = imported(many + "\"last\": 1}}]}", read_event_log);
  ASSERT_EQ(import.rejects().size(), 1U);
  EXPECT_NE(import.rejects()[0].reason.find("more than 10,000 different fields"),
            std::string::npos);
}

TEST(OpencrvsEvents, AnEventWithoutPeopleOrIdIsToldOf) {
  EXPECT_EQ(
      imported(R"({"id": "e", "actions": [{"type": "CREATE"}]})", read_event_log).left_out().size(),
      1U);
  EXPECT_EQ(imported(R"({"actions": []})", read_event_log).rejects().size(), 1U);
}

}  // namespace
}  // namespace tessera::test
