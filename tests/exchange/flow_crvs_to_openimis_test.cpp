// Births, deaths and marriages on their way into openIMIS, in every order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "exchange/fhir_reader.hpp"
#include "exchange/flows.hpp"
#include "exchange/opencrvs_events.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

// A 2.x event whose declaration was registered, or only made.
Json event(const std::string& id, const std::string& type, Json declaration,
           const std::string& number = "") {
  Json action = {{"id", "a1"},
                 {"type", "DECLARE"},
                 {"status", "Accepted"},
                 {"createdAt", "2025-06-01T09:00:00.000Z"},
                 {"declaration", std::move(declaration)}};
  Json log = {{"id", id},
              {"type", type},
              {"trackingId", "T" + id},
              {"createdAt", "2025-06-01T08:00:00.000Z"},
              {"actions", Json::array({action})}};
  if (!number.empty()) {
    log["actions"].push_back({{"id", "a2"},
                              {"type", "REGISTER"},
                              {"status", "Accepted"},
                              {"createdAt", "2025-06-02T09:00:00.000Z"},
                              {"registrationNumber", number},
                              {"declaration", Json::object()}});
  }
  return log;
}

Json name(const char* given, const char* family) {
  return {{"firstname", given}, {"surname", family}};
}

Json birth(const std::string& number = "B-1") {
  return event("b", "birth",
               {{"child.name", name("Kofi", "Boateng")},
                {"child.dob", "2025-05-30"},
                {"child.gender", "male"},
                {"mother.name", name("Abena", "Boateng")},
                {"mother.dob", "1999-12-01"},
                {"mother.nid", "800"},
                {"mother.idType", "NID"}},
               number);
}

Json death(const std::string& id, const char* given, const char* family, const std::string& day) {
  return event(id, "death", {{"deceased.name", name(given, family)}, {"eventDetails.date", day}},
               "D-" + id);
}

Json marriage() {
  return event("m", "marriage",
               {{"bride.name", name("Abena", "Boateng")},
                {"groom.name", name("Yaw", "Boateng")},
                {"eventDetails.date", "2025-07-31"}},
               "M-1");
}

/// openIMIS as its receiver end would stand: who is in which family, who died, whose coverage ends.
class Insurer {
 public:
  struct Member {
    std::string family, number, died;
  };

  Insurer() {
    members_["wife"] = {"fam", "800", ""};
    members_["man"] = {"fam", "801", ""};
    members_["other"] = {"fam2", "802", ""};
  }

  std::string message() const {
    Json list = Json::array();
    std::map<std::string, Json> groups;
    for (const auto& [id, member] : members_) {
      Json patient = {{"resourceType", "Patient"}, {"id", id}, {"name", {{{"family", "F"}}}}};
      const bool born = id.starts_with("new-");
      patient["identifier"] =
          Json::array({Json{{"type", {{"text", born ? "birth_registration" : "national_id"}}},
                            {"value", member.number}}});
      if (!member.died.empty()) patient["deceasedDateTime"] = member.died;
      list.push_back(patient);
      Json& group = groups[member.family];
      group["resourceType"] = "Group";
      group["id"] = member.family;
      group["member"].push_back({{"entity", {{"reference", "Patient/" + id}}}});
      list.push_back({{"resourceType", "Coverage"},
                      {"id", "cover-" + member.family},
                      {"beneficiary", {{"reference", "Patient/" + id}}},
                      {"period", {{"start", "2025-01-01"}, {"end", "2025-12-31"}}}});
    }
    for (const auto& [id, group] : groups) list.push_back(group);
    return list.dump();
  }

  // What the messages say is done; a condition that holds already does nothing.
  void take(const FlowResult& result) {
    for (const std::string& line : lines_of_text(result.files.at("changes.ndjson"))) {
      const Json entry = Json::parse(line)["entry"][0];
      const Json& resource = entry["resource"];
      if (resource["resourceType"] == "RelatedPerson") {
        couples_.insert(resource["patient"]["reference"].get<std::string>() + " " +
                        resource["identifier"].back()["value"].get<std::string>());
      } else if (entry["request"]["method"] == "POST") {
        const std::string number = resource["identifier"][0]["value"];
        const std::string group = resource["extension"][0]["valueReference"]["reference"];
        members_.try_emplace("new-" + number, Member{group.substr(6), number, ""});
      } else {
        members_.at(resource["id"]).died = resource["deceasedDateTime"];
      }
    }
    for (const std::string& line : lines_of_text(result.files.at("changes.csv"))) {
      if (line.find("end coverage") == std::string::npos) continue;
      ended_.insert(line.substr(line.find("end coverage")));
    }
  }

  /// What counts in the end: who is alive in which family, who is a couple, whose coverage ends.
  std::string state() const {
    std::string text;
    for (const auto& [id, member] : members_) {
      if (member.died.empty()) text += id + " in " + member.family + "\n";
    }
    for (const std::string& couple : couples_) text += couple + "\n";
    for (const std::string& ended : ended_) {
      if (ended.find("new-") == std::string::npos) text += ended + "\n";
    }
    return text;
  }

 private:
  std::map<std::string, Member> members_;
  std::set<std::string> couples_;
  std::set<std::string> ended_;
};

class CivilFlow : public testing::Test {
 protected:
  struct World {
    FlowWorld registry;
    Insurer insurer;
    std::vector<Json> said;
    std::set<std::string, std::less<>> again;
    std::int64_t next = 0;
    std::set<std::pair<std::string, std::string>> done;

    // A message comes: the register's messages so far are given, and what is sent is done.
    FlowResult hear(const Json& message) {
      said.push_back(message);
      return exchange();
    }

    FlowResult exchange() {
      std::string all;
      for (const Json& one : said) all += (all.empty() ? "[" : ",") + one.dump();
      registry.say("openimis", insurer.message(), read_fhir);
      if (!all.empty()) registry.say("crvs", all + "]", read_event_logs);
      for (const auto& pair :
           std::vector<std::pair<std::string, std::string>>{{"crvs:b-mother", "openimis:wife"},
                                                            {"crvs:m-bride", "openimis:wife"},
                                                            {"crvs:m-groom", "openimis:man"},
                                                            {"crvs:d2-deceased", "openimis:man"},
                                                            {"crvs:b-child", "crvs:d1-deceased"},
                                                            {"crvs:b-child", "openimis:new-B-1"}}) {
        if (done.contains(pair) || !registry.has(pair.first) || !registry.has(pair.second))
          continue;
        registry.same(pair.first, pair.second);
        done.insert(pair);
      }
      registry.apply();
      FlowInput input = registry.input("crvs", "openimis", next);
      input.again = again;
      FlowResult result = crvs_to_openimis(input);
      next = input.feed.last_event();
      again.clear();
      for (const FlowException& one : result.exceptions)
        again.insert(one.source + ":" + one.record);
      insurer.take(result);
      return result;
    }
  };
};

TEST_F(CivilFlow, ANewbornGoesIntoTheMothersFamilyUnderItsRegistrationNumber) {
  World world;
  const FlowResult result = world.hear(birth());
  ASSERT_EQ(lines_of_text(result.files.at("changes.ndjson")).size(), 1U);
  const Json entry = Json::parse(result.files.at("changes.ndjson"))["entry"][0];
  EXPECT_EQ(entry["request"]["ifNoneExist"],
            "identifier=http://opencrvs.org/specs/id/birth-registration-number|B-1");
  EXPECT_EQ(entry["resource"]["name"][0]["given"][0], "Kofi");
  EXPECT_EQ(entry["resource"]["extension"][0]["valueReference"]["reference"], "Group/fam");
  EXPECT_EQ(counted(result, "… the mother found by an identifier"), 1U);
  EXPECT_THAT(result.files.at("changes.csv"),
              HasSubstr("b,birth,B-1,2025-05-30,enrol,b-child,fam,,wife"));
}

TEST_F(CivilFlow, AMessageTwiceChangesNothing) {
  World world;
  world.hear(birth());
  const std::string before = world.insurer.state();
  const FlowResult twice = world.hear(birth());
  EXPECT_TRUE(twice.files.at("changes.ndjson").empty());
  EXPECT_EQ(world.insurer.state(), before);
  world.next = 0;  // even where all is sent once more
  world.exchange();
  EXPECT_EQ(world.insurer.state(), before);
}

TEST_F(CivilFlow, EveryOrderEndsTheSame) {
  const std::vector<Json> messages = {birth(), death("d1", "Kofi", "Boateng", "2025-06-20"),
                                      death("d2", "Yaw", "Boateng", "2025-08-01"), marriage()};
  std::vector<std::size_t> order(messages.size());
  std::iota(order.begin(), order.end(), 0);
  std::string expected;
  do {
    World world;
    for (const std::size_t i : order) world.hear(messages[i]);
    world.exchange();
    if (expected.empty()) expected = world.insurer.state();
    EXPECT_EQ(world.insurer.state(), expected) << testing::PrintToString(order);
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_THAT(expected, HasSubstr("wife in fam\n"));
  EXPECT_THAT(expected, Not(HasSubstr("man in fam")));
  EXPECT_THAT(expected, Not(HasSubstr("new-B-1")));
  EXPECT_THAT(expected, HasSubstr("Patient/wife Patient/man"));
  EXPECT_THAT(expected, HasSubstr("end coverage,man,fam,cover-fam"));
}

TEST_F(CivilFlow, WhatIsNotRegisteredWaitsAndIsDueOnceItIs) {
  World world;
  FlowResult result = world.hear(birth(""));
  EXPECT_TRUE(result.files.at("changes.ndjson").empty());
  EXPECT_THAT(exceptions_csv(result), HasSubstr("crvs,b-child,birth,the event is not registered"));
  world.said.clear();
  result = world.hear(birth());
  EXPECT_EQ(counted(result, "newborns put into their mother's family"), 1U);
}

TEST_F(CivilFlow, AMotherInDoubtIsAnException) {
  World world;
  Json message = birth();
  message["actions"][0]["declaration"].erase("mother.nid");
  world.said.push_back(message);
  world.registry.say("crvs", "[" + message.dump() + "]", read_event_logs);
  world.registry.say("openimis", world.insurer.message(), read_fhir);
  world.registry.apply();
  world.registry.doubt("crvs:b-mother", "openimis:other");
  const FlowResult result = crvs_to_openimis(world.registry.input("crvs", "openimis"));
  EXPECT_TRUE(result.files.at("changes.ndjson").empty());
  EXPECT_THAT(exceptions_csv(result), HasSubstr("who the mother is"));
}

TEST_F(CivilFlow, ADeathEndsOnlyTheCoverageThatLastsLonger) {
  World world;
  const FlowResult late = world.hear(death("d2", "Yaw", "Boateng", "2026-03-01"));
  EXPECT_EQ(counted(late, "coverages ended"), 0U);
  EXPECT_EQ(counted(late, "dead whose membership ends"), 1U);
}

TEST_F(CivilFlow, StrangersChangeNothing) {
  World world;
  const FlowResult result = world.hear(death("d9", "Nana", "Osei", "2025-08-01"));
  EXPECT_TRUE(result.files.at("changes.ndjson").empty());
  EXPECT_EQ(counted(result, "dead and not insured"), 1U);
}

}  // namespace
}  // namespace tessera::test
