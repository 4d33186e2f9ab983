#include "registry/plan_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "data/error.hpp"
#include "registry/plan_file.hpp"
#include "tests/registry/family_life.hpp"

namespace tessera {
namespace {

using test::client_group;
using test::FamilyLife;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

/// What `tessera plan` sees: a state that it only reads.
struct Shown {
  Plan plan;
  GroupPlan groups;
};

Shown shown(const FamilyLife& life) {
  Store store = life.registry.open(Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  Shown made;
  made.plan = make_plan(store, {});
  made.groups = plan_groups(store, made.plan, test::join_by_id);
  return made;
}

TEST(PlanGroups, TellsWhatWillBecomeOfFamiliesAndWritesNothing) {
  FamilyLife life;
  life.say({client_group("a", {0, 1, 2}), client_group("b", {3}), client_group("c", {4, 5}),
            client_group("d", {6, 7}), client_group("e", {8, 9})});
  // a loses one and gains one, b joins c, d is split, e is gone, f is new.
  life.load({client_group("a", {0, 1, 10}), client_group("c", {3, 4, 5}), client_group("d", {6}),
             client_group("g", {7}), client_group("f", {11})});
  const GroupPlan plan = shown(life).groups;
  EXPECT_EQ(plan.facts.source_groups, 5U);
  EXPECT_EQ(plan.facts.groups, 5U);
  EXPECT_EQ(plan.facts.changed, 3U);  // a, c, d
  EXPECT_EQ(plan.facts.joined, 2U);
  EXPECT_EQ(plan.facts.left, 2U);
  EXPECT_THAT(plan.minted, ElementsAre(-6, -7));
  EXPECT_THAT(plan.merged, ElementsAre(Pair(-2, -3)));
  EXPECT_THAT(plan.split, ElementsAre(Pair(-4, -6)));
  EXPECT_THAT(plan.retired, ElementsAre(-5));
  EXPECT_THAT(plan.restored, IsEmpty());
  EXPECT_EQ(shown(life).groups.digest, plan.digest);
  const GroupChanges made = life.apply();
  EXPECT_EQ(made.changed, 3U);
  EXPECT_EQ(made.minted, 2U);
}

TEST(PlanGroups, WithoutFamiliesOrNewsThereIsNone) {
  FamilyLife life;
  EXPECT_EQ(shown(life).groups.digest, "");
  life.say({client_group("a", {0, 1})});
  EXPECT_EQ(shown(life).groups.digest, "");
}

// What is shown before is what is made after: persons move, merge and go with their families.
TEST(PlanGroups, WhatIsShownIsWhatIsMadeThroughALongLife) {
  std::mt19937 random(7);
  FamilyLife life;
  std::vector<std::vector<int>> families(6);
  for (int person = 0; person < 30; ++person) families[random() % 6].push_back(person);
  std::uint64_t changed = 0;
  for (int step = 0; step < 12; ++step) {
    std::vector<int>& from = families[random() % families.size()];
    if (!from.empty()) {
      families[random() % families.size()].push_back(from.back());
      from.pop_back();
    }
    std::vector<SourceGroup> groups;
    for (std::size_t f = 0; f < families.size(); ++f) {
      if (!families[f].empty()) groups.push_back(client_group(std::to_string(f), families[f]));
    }
    const std::string a = "client:C" + std::to_string(1000 + random() % 30);
    const std::string b = "client:C" + std::to_string(1000 + random() % 30);
    if (step % 2 == 0 && life.registry.identifier(a) != life.registry.identifier(b)) {
      life.registry.decide(a, b, true);
    }
    life.load(groups);
    const Shown before = shown(life);
    const PlanTicket ticket = ticket_of(before.plan, before.groups, false);
    Store store = life.registry.open();
    const Applied made = apply_store(store, {}, &ticket, test::test_run(), test::join_by_id);
    EXPECT_EQ(made.groups.digest, before.groups.digest) << "step " << step;
    changed += made.groups.facts.changed;
  }
  EXPECT_GT(changed, 5U);
  EXPECT_THAT(life.registry.check(), IsEmpty());
}

TEST(PlanGroups, APlanOfOtherFamiliesIsRefused) {
  FamilyLife life;
  life.load({client_group("a", {0, 1})});
  const Shown before = shown(life);
  const PlanTicket ticket = ticket_of(before.plan, before.groups, false);
  // Another way to join families gives others: what was shown is not what would be made.
  const GroupLinker none = [](std::span<const SourceGroup>) { return std::vector<JoinedGroup>(); };
  Store store = life.registry.open();
  EXPECT_THROW(apply_store(store, {}, &ticket, test::test_run(), none), Error);
  EXPECT_EQ(
      apply_store(store, {}, &ticket, test::test_run(), test::join_by_id).groups.minted.size(), 1U);
}

TEST(PlanGroups, MembersWithoutARecordAreCounted) {
  FamilyLife life;
  SourceGroup group = client_group("a", {0, 1});
  group.members.push_back({"C-later", "child"});
  life.load({group});
  EXPECT_EQ(shown(life).groups.facts.unknown, 1U);
}

TEST(PlanGroups, AreCountedInThePlansFile) {
  FamilyLife life;
  life.load({client_group("a", {0, 1}), client_group("b", {2})});
  const Shown made = shown(life);
  EXPECT_THAT(plan_file_text(made.plan, made.groups, ticket_of(made.plan, made.groups, false)),
              HasSubstr("\"families\": {\n    \"living\": 2,\n    \"of_sources\": 2,\n"
                        "    \"new\": 2,\n    \"changed\": 0,"));
}

}  // namespace
}  // namespace tessera
