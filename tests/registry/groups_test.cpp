#include "registry/groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "registry/inspect.hpp"
#include "registry/maintain.hpp"
#include "tests/registry/family_life.hpp"

namespace tessera {
namespace {

using test::client_group;
using test::FamilyLife;
using test::SmallRegistry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

GroupLoad load(const SmallRegistry& registry, const std::vector<SourceGroup>& groups, bool full) {
  Store store = registry.open();
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  LedgerWriter ledger(store.database(), test::test_run());
  GroupsBySource by_source;
  by_source["client"] = groups;
  const GroupLoad facts = put_groups(store, by_source, full, ledger).front();
  EXPECT_EQ(ledger.appended(), facts.changes() > 0 ? 1 : 0);
  store.commit(transaction);
  return facts;
}

// `id(head): record role, …` of each group.
std::vector<std::string> stored(const SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  std::vector<std::string> texts;
  for (const SourceGroup& group : read_groups(store).groups) {
    std::string text = group.id + "(" + group.head + "):";
    for (const SourceGroup::Member& member : group.members) {
      text += " " + member.record_id + " " + member.role;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

TEST(Groups, AreStoredAsTheirSourceHasThemAndOnce) {
  const SmallRegistry registry;
  const std::vector<SourceGroup> groups = {client_group("b", {2}), client_group("a", {1, 0})};
  EXPECT_EQ(load(registry, groups, true).added, 2U);
  EXPECT_THAT(stored(registry),
              ElementsAre("a(C1001): C1000 child C1001 head", "b(C1002): C1002 head"));
  for (const bool full : {true, false}) {
    const GroupLoad again = load(registry, groups, full);
    EXPECT_EQ(again.changes(), 0U);
    EXPECT_EQ(again.unchanged, 2U);
  }
}

TEST(Groups, AWholeSourceForgetsWhatItLacks) {
  const SmallRegistry registry;
  load(registry, {client_group("a", {1, 0}), client_group("b", {2, 3})}, true);
  const GroupLoad facts = load(registry, {client_group("a", {1})}, true);
  EXPECT_EQ(facts.deleted, 1U);
  EXPECT_EQ(facts.changed, 1U);
  EXPECT_THAT(stored(registry), ElementsAre("a(C1001): C1001 head"));
  EXPECT_EQ(load(registry, {}, true).deleted, 1U);
  EXPECT_THAT(stored(registry), IsEmpty());
}

TEST(Groups, APartAddsToWhatIsKnown) {
  const SmallRegistry registry;
  load(registry, {client_group("a", {0, 1})}, true);
  SourceGroup more = client_group("a", {2});
  more.members.front().role = "child";
  more.head.clear();
  EXPECT_EQ(load(registry, {more}, false).changed, 1U);
  EXPECT_THAT(stored(registry), ElementsAre("a(C1000): C1000 head C1001 child C1002 child"));
}

TEST(Groups, AWholeGroupOfAPartHasTheMembersGiven) {
  const SmallRegistry registry;
  load(registry, {client_group("a", {0, 1, 2}), client_group("b", {3})}, true);
  SourceGroup whole = client_group("a", {0, 2});
  whole.whole = true;
  EXPECT_EQ(load(registry, {whole}, false).changed, 1U);
  EXPECT_THAT(stored(registry),
              ElementsAre("a(C1000): C1000 head C1002 child", "b(C1003): C1003 head"));
}

TEST(Groups, WhoIsSaidToBeInAnotherGroupHasLeftTheFirst) {
  const SmallRegistry registry;
  load(registry, {client_group("a", {0, 1}), client_group("b", {2})}, true);
  const GroupLoad facts = load(registry, {client_group("c", {0})}, false);
  EXPECT_EQ(facts.added, 1U);
  EXPECT_EQ(facts.changed, 1U);
  EXPECT_THAT(stored(registry),
              ElementsAre("a(): C1001 child", "b(C1002): C1002 head", "c(C1000): C1000 head"));
  // The last one takes the group along.
  EXPECT_EQ(load(registry, {client_group("c", {0, 2})}, false).deleted, 1U);
  EXPECT_THAT(stored(registry),
              ElementsAre("a(): C1001 child", "c(C1000): C1000 head C1002 child"));
}

TEST(Groups, NoneLeaveNoTrace) {
  const SmallRegistry registry;
  registry.load(test::invented_records(20, 1));
  registry.apply();
  Store store = registry.open();
  EXPECT_FALSE(has_groups(store));
  EXPECT_EQ(plan_groups(store, make_plan(store, {}), test::join_by_id).digest, "");
  EXPECT_EQ(apply_groups(store, {}, test::test_run()), 0U);
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(Groups, AnErasedPersonIsInNoGroupAndNowhereInTheFile) {
  FamilyLife life;
  life.say({client_group("a", {0, 1, 2}), client_group("b", {3})});
  const std::string family = life.id_of("a");
  const std::string alone = life.id_of("b");
  for (const char* record : {"client:C1000", "client:C1003"}) {
    Store store = life.registry.open();
    erase_person(store, find_identity(store, record), test::test_run("erase"));
  }
  EXPECT_THAT(life.registry.check(), IsEmpty());
  EXPECT_EQ(life.view(family).head, "");
  EXPECT_THAT(life.members(family), ElementsAre(1, 2));
  EXPECT_FALSE(life.view(alone).living);
  const std::string bytes = bytes_of(life.registry.path());
  EXPECT_THAT(bytes, HasSubstr("C1001"));
  EXPECT_THAT(bytes, Not(HasSubstr("C1000")));
  EXPECT_THAT(bytes, Not(HasSubstr("C1003")));
  life.apply();
  EXPECT_THAT(life.registry.check(), IsEmpty());
  EXPECT_EQ(life.id_of("a"), family);
}

}  // namespace
}  // namespace tessera
