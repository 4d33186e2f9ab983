#include "registry/inspect_group.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/inspect.hpp"
#include "tests/registry/family_life.hpp"

namespace tessera {
namespace {

using test::client_group;
using test::FamilyLife;

TEST(InspectGroup, AnIdentifierIsFoundAsItIsTypedAndIsNoPerson) {
  FamilyLife life;
  life.say({client_group("a", {0, 1})});
  std::string typed = life.id_of("a");
  for (char& letter : typed) letter = static_cast<char>(std::tolower(letter));
  Store store = life.registry.open(Store::Access::kRead);
  const GroupNumber group = find_identity(store, typed);
  EXPECT_LT(group, 0);
  EXPECT_EQ(view_group(store, group).identifier, life.id_of("a"));
  EXPECT_EQ(find_group(store, life.registry.identifier("client:C1000")), 0);
}

TEST(InspectGroup, ShowsRolesAndInHowManyGroupsAPersonIs) {
  FamilyLife life;
  life.say({client_group("a", {0, 1})});
  const GroupView view = life.view(life.id_of("a"));
  ASSERT_EQ(view.members.size(), 2U);
  EXPECT_EQ(view.members[1].role, "child");
  EXPECT_EQ(view.members[1].groups, 1);
  Store store = life.registry.open(Store::Access::kRead);
  EXPECT_THAT(all_groups(store), ::testing::ElementsAre(-1));
}

}  // namespace
}  // namespace tessera
