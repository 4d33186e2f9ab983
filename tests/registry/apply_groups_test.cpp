#include "registry/apply_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "registry/check.hpp"
#include "registry/inspect.hpp"
#include "registry/maintain.hpp"
#include "tests/registry/family_life.hpp"

namespace tessera {
namespace {

using test::client_group;
using test::FamilyLife;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::int64_t events(const FamilyLife& life) {
  Store store = life.registry.open(Store::Access::kRead);
  return ledger_head(store.database()).sequence;
}

TEST(ApplyGroups, AFamilyHasAnIdentifierAHeadAndMembers) {
  FamilyLife life;
  const GroupChanges facts = life.say({client_group("a", {0, 1, 2}), client_group("b", {3})});
  EXPECT_EQ(facts.groups, 2U);
  EXPECT_EQ(facts.minted, 2U);
  EXPECT_EQ(facts.joined, 0U);
  const GroupView view = life.view(life.id_of("a"));
  EXPECT_TRUE(view.living);
  EXPECT_EQ(view.head, life.registry.identifier("client:C1000"));
  EXPECT_THAT(life.members(view.identifier), ElementsAre(0, 1, 2));
  ASSERT_EQ(view.groups.size(), 1U);
  EXPECT_EQ(view.groups[0].group_id, "a");
  EXPECT_THAT(life.registry.check(), IsEmpty());
}

TEST(ApplyGroups, TheSameAgainWritesNothing) {
  FamilyLife life;
  const std::vector<SourceGroup> groups = {client_group("a", {0, 1}), client_group("b", {2, 3})};
  life.say(groups);
  const std::int64_t before = events(life);
  life.say(groups);
  life.say({groups[1], groups[0]}, false);
  EXPECT_EQ(events(life), before);
  PlanOptions all;
  all.all = true;  // resolves everything, which changes nothing
  Store store = life.registry.open();
  EXPECT_EQ(apply_store(store, all, nullptr, test::test_run(), test::join_by_id).events, 0U);
}

TEST(ApplyGroups, TwoSourcesShareOneAndARecordWithoutAPersonIsLeftOut) {
  FamilyLife life;
  SourceGroup other;
  other.source = "social";
  other.id = "a";
  other.members = {{"S1001", "spouse"}, {"unheard-of", "child"}};
  life.say({client_group("a", {0, 1}), other});
  EXPECT_EQ(life.id_of("a", 0), life.id_of("a", 1));
  const std::vector<int> both = life.members(life.id_of("a"));
  EXPECT_EQ(both, (std::vector<int>{0, 1}));
}

TEST(ApplyGroups, IdentifiersStayAsPersonsComeLeaveAndPart) {
  FamilyLife life;
  life.say({client_group("a", {0, 1, 2, 3})});
  const std::string family = life.id_of("a");
  GroupChanges facts = life.say({client_group("a", {0, 1, 2, 4})});
  EXPECT_EQ(facts.joined, 1U);
  EXPECT_EQ(facts.left, 1U);
  EXPECT_EQ(life.id_of("a"), family);
  // The source splits it and gives the larger part another id of its own.
  facts = life.say({client_group("x", {0, 1, 2}), client_group("a", {4})});
  EXPECT_EQ(facts.split, 1U);
  EXPECT_EQ(life.id_of("x"), family);
  const std::string part = life.id_of("a");
  EXPECT_NE(part, family);
  // Together again: the younger one leads to the older.
  facts = life.say({client_group("x", {0, 1, 2, 4})});
  EXPECT_EQ(facts.merged, 1U);
  EXPECT_THAT(life.view(part).leads_to, ElementsAre(family));
  EXPECT_TRUE(life.view(part).leads_to_living);
  // Apart again: both as before.
  facts = life.say({client_group("x", {0, 1, 2}), client_group("a", {4})});
  EXPECT_EQ(facts.restored, 1U);
  EXPECT_EQ(life.id_of("a"), part);
  EXPECT_THAT(life.registry.check(), IsEmpty());
}

TEST(ApplyGroups, AFamilyDeletedByMistakeHasItsOwnIdentifierBack) {
  FamilyLife life;
  life.say({client_group("a", {0, 1}), client_group("b", {2})});
  const std::string family = life.id_of("a");
  EXPECT_EQ(life.say({client_group("b", {2})}).retired, 1U);
  EXPECT_FALSE(life.view(family).living);
  EXPECT_THAT(life.view(family).leads_to, IsEmpty());
  EXPECT_EQ(life.say({client_group("a", {0, 1}), client_group("b", {2})}).restored, 1U);
  EXPECT_EQ(life.id_of("a"), family);
}

TEST(ApplyGroups, PersonsWhoAreMergedStandForEachOther) {
  FamilyLife life;
  life.say({client_group("a", {0}), client_group("b", {1})});
  const std::string first = life.id_of("a");
  const std::string second = life.id_of("b");
  life.registry.decide("client:C1000", "client:C1001", true);
  life.apply();
  ASSERT_EQ(life.registry.identifier("client:C1000"), life.registry.identifier("client:C1001"));
  // The same person in two groups: both go on.
  EXPECT_EQ(life.id_of("a"), first);
  EXPECT_EQ(life.id_of("b"), second);
  EXPECT_EQ(life.view(first).members[0].identifier, life.view(second).members[0].identifier);
  EXPECT_THAT(life.registry.check(), IsEmpty());
}

TEST(ApplyGroups, TheLedgerTellsIt) {
  FamilyLife life;
  life.say({client_group("a", {0, 1})});
  life.say({client_group("a", {1, 2})});
  Store store = life.registry.open(Store::Access::kRead);
  const std::string family = life.id_of("a");
  std::vector<std::string> kinds;
  for (const LogLine& line : read_log(store, {.entity = find_identity(store, family)})) {
    kinds.push_back(line.kind);
  }
  EXPECT_THAT(kinds, ElementsAre("minted", "joined", "joined", "head", "left", "joined", "head"));
  EXPECT_FALSE(verify_ledger(store.database()).has_value());
  // A person's log tells of the family, too.
  std::vector<std::string> what;
  for (const LogLine& line : read_log(store, {.entity = find_identity(store, "client:C1000")})) {
    what.push_back(line.what);
  }
  EXPECT_THAT(what, Contains(life.registry.identifier("client:C1000") + " left group " + family));
}

TEST(ApplyGroups, ABackupHoldsThem) {
  FamilyLife life;
  life.say({client_group("a", {0, 1})});
  const auto copy = life.registry.folder() / "copy";
  {
    Store store = life.registry.open(Store::Access::kRead);
    backup_store(store, life.registry.folder() / "backup");
  }
  restore_store(life.registry.folder() / "backup", copy);
  Store restored(copy, Store::Access::kRead);
  EXPECT_NE(find_group(restored, life.id_of("a")), 0);
  EXPECT_EQ(meaning_digest(restored), life.registry.meaning());
}

// Groups come in parts, in any order: who is in which and which are one is the same.
TEST(ApplyGroups, TheOrderOfArrivalDoesNotMatter) {
  std::vector<SourceGroup> groups;
  for (int g = 0; g < 8; ++g) {
    groups.push_back(client_group("g" + std::to_string(g), {3 * g, 3 * g + 1, 3 * g + 2}));
  }
  std::mt19937 random(3);
  std::string meaning;
  for (int round = 0; round < 3; ++round) {
    FamilyLife life;
    std::shuffle(groups.begin(), groups.end(), random);
    const auto half = groups.begin() + static_cast<std::ptrdiff_t>(random() % groups.size());
    if (half != groups.begin()) life.say({groups.begin(), half}, false);
    life.say({half, groups.end()}, false);
    if (meaning.empty()) meaning = life.registry.meaning();
    EXPECT_EQ(life.registry.meaning(), meaning);
  }
}

// A random life: the registry stays whole, a second apply changes nothing, and of every family that
// is told to be retired the identifier leads to a living one or to nobody.
TEST(ApplyGroups, ALongLifeStaysWhole) {
  std::mt19937 random(26);
  FamilyLife life;
  std::vector<std::vector<int>> families(6);
  for (int person = 0; person < 30; ++person) families[random() % 6].push_back(person);
  for (int step = 0; step < 12; ++step) {
    for (int moves = 0; moves < 3; ++moves) {
      std::vector<int>& from = families[random() % families.size()];
      if (from.empty()) continue;
      const int person = from.back();
      from.pop_back();
      if (random() % 5 > 0) families[random() % families.size()].push_back(person);
    }
    if (random() % 3 == 0) families.emplace_back();
    std::vector<SourceGroup> groups;
    for (std::size_t f = 0; f < families.size(); ++f) {
      if (!families[f].empty()) groups.push_back(client_group(std::to_string(f), families[f]));
    }
    if (random() % 4 == 0) {
      const std::string a = "client:C" + std::to_string(1000 + random() % 30);
      const std::string b = "client:C" + std::to_string(1000 + random() % 30);
      if (life.registry.identifier(a) != life.registry.identifier(b)) {
        life.registry.decide(a, b, true);
      }
    }
    life.say(groups);
    ASSERT_THAT(life.registry.check(), IsEmpty()) << "step " << step;
    const std::int64_t before = events(life);
    life.say(groups);
    ASSERT_EQ(events(life), before) << "step " << step;
  }
  Store store = life.registry.open(Store::Access::kRead);
  std::size_t retired = 0;
  for (const GroupNumber group : all_groups(store)) {
    const GroupView view = view_group(store, group);
    retired += view.living ? 0 : 1;
    EXPECT_TRUE(view.living || view.leads_to.empty() || view.leads_to_living);
  }
  EXPECT_GT(retired, 0U);
}

}  // namespace
}  // namespace tessera
