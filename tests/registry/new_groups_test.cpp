#include "registry/new_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::ElementsAre;

// All members that the store has, `group id/record/role`.
std::vector<std::string> members(Database& database) {
  std::vector<std::string> texts;
  Statement read = database.prepare(
      "SELECT g.source || ':' || g.id || '/' || m.record || '/' || m.role"
      " FROM source_group_member m JOIN source_group g ON g.n = m.grp ORDER BY g.n, m.record");
  while (read.step()) texts.emplace_back(read.text(0));
  return texts;
}

TEST(NewGroups, GoInWithTheirMembersAndOneWithoutAnyToo) {
  const SmallRegistry registry;
  Store store = registry.open();
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  const RolesByRecord two = {{"r1", "head"}, {"r2", ""}};
  const RolesByRecord one = {{"r3", "child"}};
  const RolesByRecord none;
  const std::vector<NewGroup> groups = {
      {"a", "r1", "2026", 7, &two}, {"b", "r9", "", 8, &none}, {"c", "", "", 9, &one}};
  insert_groups(store.database(), 0, groups);
  insert_groups(store.database(), 1, std::span(groups).first(1));
  EXPECT_THAT(members(store.database()),
              ElementsAre("0:a/r1/head", "0:a/r2/", "0:c/r3/child", "1:a/r1/head", "1:a/r2/"));
  EXPECT_EQ(store.database().number("SELECT sum(digest) FROM source_group"), 7 + 8 + 9 + 7);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM source_group WHERE head = 'r9'"), 1);
}

// So many that the index of members is made anew.
TEST(NewGroups, ManyAreFoundByTheirRecords) {
  const SmallRegistry registry;
  Store store = registry.open();
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  constexpr std::size_t kGroups = 1500;
  std::vector<std::string> ids;
  std::vector<RolesByRecord> roles;
  for (std::size_t i = 0; i < kGroups; ++i) {
    ids.push_back("g" + std::to_string(1000 + i));
    roles.push_back({{"r" + std::to_string(i), "head"}});
  }
  std::vector<NewGroup> groups;
  for (std::size_t i = 0; i < kGroups; ++i) groups.push_back({ids[i], "", "", 7, &roles[i]});
  insert_groups(store.database(), 0, groups);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM source_group_member"), 1500);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM source_group_member INDEXED BY"
                                    " source_group_member_record WHERE record = 'r1499'"),
            1);
}

}  // namespace
}  // namespace tessera
