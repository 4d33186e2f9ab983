#include "registry/check_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/registry/family_life.hpp"

namespace tessera {
namespace {

using test::client_group;
using test::FamilyLife;
using ::testing::Contains;
using ::testing::HasSubstr;

TEST(CheckGroups, TellsWhatWasChangedBehindTheLedger) {
  struct Case {
    const char* sql;
    const char* told;
  };
  for (const Case& one :
       {Case{"UPDATE source_group_member SET role = 'x' WHERE record = 'C1001'",
             "its members are not what was stored"},
        Case{"UPDATE source_group SET head = 'C1001'", "its members are not what was stored"},
        Case{"DELETE FROM lasting_group_member", "is not as the ledger tells"},
        Case{"UPDATE lasting_group SET head = NULL", "is not as the ledger tells"},
        Case{"UPDATE lasting_group SET living = 0, successor = n", "leads in a ring"},
        Case{"UPDATE lasting_group SET id = 'AAAA-AAAA-AAAA-AAAA'", "is not well formed"},
        Case{"DELETE FROM lasting_group", "is not as the ledger tells"},
        Case{"UPDATE source_group SET lasting = -7", "of a group that is not there"}}) {
    FamilyLife life;
    life.say({client_group("a", {0, 1})});
    { life.registry.open().database().execute(one.sql); }
    EXPECT_THAT(life.registry.check(), Contains(HasSubstr(one.told))) << one.sql;
  }
}

TEST(CheckGroups, TheMeaningNamesWhichGroupsAreOne) {
  FamilyLife life;
  SourceGroup other = client_group("a", {0});
  other.source = "social";
  other.members = {{"S1000", "head"}};
  other.head = "S1000";
  life.say({client_group("a", {0, 1}), other});
  Store store = life.registry.open(Store::Access::kRead);
  const std::vector<std::string> meanings = group_meanings(store);
  ASSERT_EQ(meanings.size(), 2U);
  EXPECT_THAT(meanings[0], ::testing::EndsWith("|client:a"));
  EXPECT_THAT(meanings[1], ::testing::EndsWith("|client:a"));
}

}  // namespace
}  // namespace tessera
