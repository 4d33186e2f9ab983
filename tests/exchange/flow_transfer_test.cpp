#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "data/error.hpp"
#include "exchange/cover_periods.hpp"
#include "exchange/decimal_sum.hpp"
#include "exchange/fhir_reader.hpp"
#include "exchange/flows.hpp"
#include "exchange/formats.hpp"
#include "tests/exchange/flow_world.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/exchange/transfer_world.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kDay = "2026-07-01";

/// A sender (openimis) and a receiver (client) with a registry between them.
class Insurers {
 public:
  FlowResult transfer(const std::vector<TransferOrder>& orders) {
    file_.emplace();
    world.say("openimis", list_of(sender), read_fhir);
    world.say("client", list_of(receiver), read_fhir);
    for (const auto& [a, b] : links) world.same("openimis:" + a, "client:" + b);
    links.clear();
    world.apply();
    for (const auto& [a, b] : doubts) world.doubt("openimis:" + a, "client:" + b);
    FlowInput input = world.input("openimis", "client");
    sources_.assign(input.sources.begin(), input.sources.end());
    for (FlowSource& source : sources_) {
      const FhirServer& server = source.name == "client" ? receiver : sender;
      source.format = "fhir";
      source.files = {
          file_->write(source.name + ".ndjson", server.text() + patient("stranger").dump() + "\n")};
      source.tables = import_files("fhir", source.files);
    }
    input.sources = sources_;
    input.people = orders;
    input.on = kDay;
    return tessera::transfer(input);
  }

  void take(const FlowResult& result) {
    receiver.take(result.files.at("receiver.ndjson"));
    sender.take(result.files.at("sender.ndjson"));
  }

  void undo(const FlowResult& result) {
    sender.take(result.files.at("undo_sender.ndjson"));
    receiver.take(result.files.at("undo_receiver.ndjson"));
  }

  std::string state() const { return sender.text() + "--\n" + receiver.text(); }

  FhirServer sender;
  FhirServer receiver;
  std::vector<std::pair<std::string, std::string>> links;
  std::vector<std::pair<std::string, std::string>> doubts;
  FlowWorld world;

 private:
  static std::string list_of(const FhirServer& server) {
    Json list = Json::array({patient("stranger")});
    for (const auto& [name, resource] : server.resources()) list.push_back(resource);
    return list.dump();
  }

  std::optional<TemporaryFolder> file_;
  std::vector<FlowSource> sources_;
};

// h heads f with a and b; h is covered, and so are the others through h; a also has its own.
void settle_family(Insurers& world) {
  world.sender.put(patient("h", true));
  world.sender.put(patient("a"));
  world.sender.put(patient("b"));
  world.sender.put(family("f", {"h", "a", "b"}));
  world.sender.put(coverage("ch", "h", "2026-01-01", "2026-12-31"));
  world.sender.put(coverage("ca", "a", "2026-01-01", "2027-03-31"));
  world.sender.put(claim("1", "a", 10.5));
  world.sender.put(claim("2", "a", 0.25));
  world.sender.put(claim("3", "b", 7));
}

TEST(TransferFlow, AFamilyMovesWithItsHeadAndItsClaims) {
  Insurers world;
  settle_family(world);
  const FlowResult result = world.transfer({{"h"}, {"a"}, {"b"}});
  EXPECT_EQ(exceptions_csv(result), "source,record_id,what,reason\n");
  EXPECT_EQ(counted(result, "families that move whole"), 1U);
  EXPECT_EQ(counted(result, "coverages begun"), 3U);
  EXPECT_THAT(result.files.at("transfer.csv"),
              HasSubstr(",sender,end coverage,ch,2026-12-31,2026-06-30"));
  EXPECT_THAT(result.files.at("totals.csv"), HasSubstr(",a,,Claim,2,10.75,USD\n"));
  world.take(result);
  EXPECT_EQ(world.sender.resources().at("Coverage/ch")["period"]["end"], "2026-06-30");
  EXPECT_EQ(world.sender.resources().at("Coverage/ca")["period"]["end"], "2026-06-30");
  const Json& group = world.receiver.resources().at("Group/new-4");
  EXPECT_EQ(group["member"].size(), 3U);
  EXPECT_EQ(group["name"], "Nf");
}

TEST(TransferFlow, OnePersonLeavesAndTheFamilyGoesOn) {
  Insurers world;
  settle_family(world);
  const FlowResult result = world.transfer({{"b"}});
  ASSERT_EQ(counted(result, "persons who move"), 1U) << exceptions_csv(result);
  EXPECT_THAT(result.files.at("transfer.csv"), Not(HasSubstr("end coverage")));
  EXPECT_THAT(result.files.at("transfer.csv"), HasSubstr(",sender,leave family,f,f,"));
  world.take(result);
  EXPECT_EQ(world.sender.resources().at("Group/f")["member"].size(), 2U);
  EXPECT_EQ(world.sender.resources().at("Group/f")["quantity"], 2);
  EXPECT_EQ(world.sender.resources().at("Coverage/ch")["period"]["end"], "2026-12-31");
}

TEST(TransferFlow, AHeadWhoLeavesNeedsAnotherAndMayNotTakeTheCoverOfThoseWhoStay) {
  Insurers world;
  settle_family(world);
  FlowResult result = world.transfer({{"h"}});
  EXPECT_THAT(exceptions_csv(result),
              HasSubstr("openimis,h,person,\"the family's head would leave"));
  result = world.transfer({{"h", "a"}});
  EXPECT_THAT(exceptions_csv(result), HasSubstr("those who stay are covered"));
  EXPECT_TRUE(result.files.at("sender.ndjson").empty());
  world.sender.put(coverage("cb", "b", "2026-01-01", "2026-12-31"));
  result = world.transfer({{"h", "a"}});
  ASSERT_EQ(counted(result, "persons who move"), 1U) << exceptions_csv(result);
  world.take(result);
  EXPECT_EQ(world.sender.resources().at("Patient/a")["extension"][0]["valueBoolean"], true);
  EXPECT_FALSE(world.sender.resources().at("Patient/h").contains("extension"));
}

TEST(TransferFlow, WhatIsInDoubtForOneHoldsAllBack) {
  Insurers world;
  settle_family(world);
  world.receiver.put(patient("x"));
  world.doubts = {{"b", "x"}};
  FlowResult result = world.transfer({{"h"}, {"a"}, {"b"}, {"nobody"}});
  EXPECT_EQ(counted(result, "persons who move"), 0U);
  EXPECT_EQ(counted(result, "held back"), 4U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("openimis,b,person,a possible match"));
  EXPECT_THAT(exceptions_csv(result),
              HasSubstr("openimis,h,person,\"another person who would move"));
  EXPECT_THAT(exceptions_csv(result), HasSubstr("openimis,nobody,person,is not among"));
}

TEST(TransferFlow, WhomTheReceiverCoversAlreadyIsNotCoveredTwice) {
  Insurers world;
  settle_family(world);
  world.receiver.put(patient("x"));
  world.receiver.put(coverage("cx", "x", "2026-12-01", ""));
  world.links = {{"b", "x"}};
  EXPECT_THAT(exceptions_csv(world.transfer({{"b"}})), HasSubstr("the receiver covers it"));
  world.receiver.put(coverage("cx", "x", "2025-01-01", "2026-06-30"));
  const FlowResult result = world.transfer({{"b"}});
  EXPECT_EQ(counted(result, "persons who move"), 1U) << exceptions_csv(result);
  EXPECT_EQ(counted(result, "persons new to the receiver"), 0U);
  EXPECT_THAT(result.files.at("receiver.ndjson"),
              HasSubstr(R"("patient":{"reference":"Patient/x"})"));
}

TEST(TransferFlow, AClaimThatNamesTwoPatientsHoldsItsPersonBack) {
  Insurers world;
  settle_family(world);
  Json two = claim("9", "b", 1);
  two["patient"]["identifier"] = {{"value", "a"}};
  world.sender.put(two);
  const FlowResult result = world.transfer({{"b"}});
  EXPECT_EQ(counted(result, "persons who move"), 0U);
  EXPECT_THAT(exceptions_csv(result), HasSubstr("openimis,9,Claim,a claim names it and another"));
}

TEST(TransferFlow, WhoeverIsNotCoveredHasNothingToTransfer) {
  Insurers world;
  world.sender.put(patient("z"));
  world.sender.put(coverage("cz", "z", "2025-01-01", "2026-06-30"));
  EXPECT_THAT(exceptions_csv(world.transfer({{"z"}})), HasSubstr("does not cover it on that day"));
}

TEST(TransferFlow, AsksForWhatItNeeds) {
  FlowWorld world;
  FlowInput input = world.input("openimis", "client");
  EXPECT_THROW(transfer(input), Error);
  input.people = {{"a"}};
  EXPECT_THROW(transfer(input), Error);
}

/// Random worlds: families of one to four, covers of any shape, claims, some persons known there.
struct RandomWorld {
  explicit RandomWorld(std::uint32_t seed) : draw(seed) {
    for (int f = 0; f < 5; ++f) {
      std::vector<std::string> members;
      const int size = 1 + static_cast<int>(draw() % 4);
      for (int i = 0; i < size; ++i) {
        const std::string id = std::to_string(f) + "-" + std::to_string(i);
        members.push_back(id);
        persons.push_back(id);
        world.sender.put(patient(id, i == 0));
        const int covers = static_cast<int>(draw() % 3) + (i == 0 ? 1 : 0);
        for (int c = 0; c < covers; ++c) {
          world.sender.put(coverage("c" + id + "-" + std::to_string(c), id, day(2025), end(),
                                    draw() % 2 == 0 ? "P" : "Q"));
        }
        for (std::uint64_t c = draw() % 4; c > 0; --c) {
          world.sender.put(claim("k" + id + "-" + std::to_string(c), id,
                                 static_cast<double>(draw() % 100000) / 4));
        }
        if (draw() % 3 == 0) {
          world.receiver.put(patient("r" + id));
          world.links.emplace_back(id, "r" + id);
          if (draw() % 3 == 0) world.receiver.put(family("g" + id, {"r" + id}));
        }
        const bool moves = draw() % 2 == 0 || (i > 0 && !orders.empty() && draw() % 2 == 0);
        if (moves) orders.push_back({id, ""});
      }
      world.sender.put(family("f" + std::to_string(f), members));
    }
  }

  std::string day(int year) {
    const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(year + static_cast<int>(draw() % 2)) + "-" + two(1 + draw() % 12) + "-" +
           two(1 + draw() % 28);
  }
  std::string end() { return draw() % 5 == 0 ? "" : day(2026); }

  std::mt19937 draw;
  Insurers world;
  std::vector<std::string> persons;
  std::vector<TransferOrder> orders;
};

// The record of a person of the sender's at the receiver; empty: none.
std::string there(const FhirServer& receiver, const std::string& person) {
  for (const auto& [name, resource] : receiver.resources()) {
    if (!name.starts_with("Patient/")) continue;
    if (name == "Patient/r" + person) return name.substr(8);
    for (const Json& identifier : resource["identifier"]) {
      if (identifier["value"] == "Patient|" + person) return name.substr(8);
    }
  }
  return {};
}

bool is_covered(const CoverPeriods& covers, const std::string& person, const std::string& day,
                bool only_own = false) {
  const std::vector<CoverPeriod> periods = covers.of(person);
  return std::any_of(periods.begin(), periods.end(), [&](const CoverPeriod& period) {
    return period.holds_on(day) && (!only_own || period.through == "own");
  });
}

// By person: how many claims and what they come to.
std::map<std::string, std::pair<int, std::string>> claims_by_person(const FhirServer& server) {
  std::map<std::string, std::pair<int, DecimalSum>> sums;
  for (const auto& [name, resource] : server.resources()) {
    if (!name.starts_with("Claim/")) continue;
    auto& [count, sum] = sums[resource["patient"]["reference"].get<std::string>().substr(8)];
    ++count;
    EXPECT_TRUE(sum.add(resource["total"]["value"].dump()));
  }
  std::map<std::string, std::pair<int, std::string>> all;
  for (const auto& [person, of] : sums) all[person] = {of.first, of.second.text()};
  return all;
}

Import tables(const FhirServer& server) {
  Json list = Json::array();
  for (const auto& [name, resource] : server.resources()) list.push_back(resource);
  return imported(list.dump(), read_fhir);
}

// Days around the one of the transfer, and through all years in which anything begins or ends.
std::vector<std::string> days() {
  std::vector<std::string> all = {"2026-06-30", "2026-07-01", "2026-07-02"};
  for (int month = 0; month < 36; ++month) {
    const int m = month % 12 + 1;
    for (const char* d : {"-01", "-11", "-23"}) {
      all.push_back(std::to_string(2025 + month / 12) + (m < 10 ? "-0" : "-") + std::to_string(m) +
                    d);
    }
  }
  return all;
}

TEST(TransferFlow, NoDayTwiceNoneLostAllClaimsAndAllOfItUndone) {
  std::uint64_t moved = 0;
  std::uint64_t parted = 0;
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    RandomWorld random(seed);
    Insurers& world = random.world;
    const std::string before = world.state();
    const Import was = tables(world.sender);
    const CoverPeriods covered(was);
    const auto had = claims_by_person(world.sender);
    const FlowResult result = world.transfer(random.orders);
    moved += counted(result, "persons who move");
    parted += counted(result, "families that someone leaves");
    EXPECT_EQ(counted(result, "persons who move") + counted(result, "held back"),
              random.orders.size());
    world.take(result);
    const std::string after = world.state();
    world.take(result);
    EXPECT_EQ(world.state(), after) << "messages twice change nothing";

    std::set<std::string> held;
    for (const FlowException& one : result.exceptions) held.insert(one.record);
    std::set<std::string> moves;
    for (const TransferOrder& order : random.orders) {
      if (!held.contains(order.record)) moves.insert(order.record);
    }
    const Import at_sender = tables(world.sender);
    const Import at_receiver = tables(world.receiver);
    const CoverPeriods ours(at_sender);
    const CoverPeriods theirs(at_receiver);
    const auto got = claims_by_person(world.receiver);
    std::size_t receivers = 0;
    for (const std::string& person : random.persons) {
      SCOPED_TRACE(person);
      const std::string other = there(world.receiver, person);
      const bool leaves = result.files.at("transfer.csv")
                              .find("," + person + "," + (other[0] == 'r' ? other : "") +
                                    ",sender,leave family,") != std::string::npos;
      for (const std::string& day : days()) {
        const bool is_theirs = moves.contains(person) && day >= kDay;
        const bool was_covered = is_covered(covered, person, day);
        // Who left the family is not seen through its head any more, on the days before either.
        const bool was_seen = is_covered(covered, person, day, leaves);
        ASSERT_EQ(is_covered(ours, person, day), was_seen && !is_theirs) << day;
        ASSERT_EQ(!other.empty() && is_covered(theirs, other, day), was_covered && is_theirs)
            << day;
      }
      if (!moves.contains(person)) {
        EXPECT_FALSE(got.contains(other));
        continue;
      }
      EXPECT_FALSE(other.empty());
      EXPECT_EQ(got.contains(other), had.contains(person));
      if (!had.contains(person)) continue;
      EXPECT_EQ(got.at(other), had.at(person));
      ++receivers;
    }
    EXPECT_EQ(got.size(), receivers) << "nothing of another person";

    world.undo(result);
    EXPECT_EQ(world.state(), before);
    world.undo(result);
    EXPECT_EQ(world.state(), before) << "and twice is once";
  }
  EXPECT_GT(moved, 30U);
  EXPECT_GT(parted, 3U);
}

TEST(TransferFlow, OnceItIsDoneItIsNotDoneAgain) {
  Insurers world;
  settle_family(world);
  world.take(world.transfer({{"h"}, {"a"}, {"b"}}));
  for (const char* person : {"h", "a", "b"}) {
    world.links.emplace_back(person, there(world.receiver, person));
  }
  const std::string state = world.state();
  const FlowResult again = world.transfer({{"h"}, {"a"}, {"b"}});
  EXPECT_EQ(counted(again, "transferred already"), 3U) << exceptions_csv(again);
  world.take(again);
  EXPECT_EQ(world.state(), state);
}

}  // namespace
}  // namespace tessera::test
