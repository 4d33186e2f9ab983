#include "data/nicknames_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "data/unicode.hpp"

namespace tessera {
namespace {

std::vector<std::string> names_of(std::string_view group) {
  std::istringstream text{std::string(group)};
  std::vector<std::string> names;
  for (std::string name; text >> name;) {
    std::replace(name.begin(), name.end(), '-', ' ');
    names.push_back(name);
  }
  return names;
}

TEST(NicknamesTable, HoldsFoldedNamesOnly) {
  for (const std::string_view group : nickname_groups()) {
    for (const std::string& name : names_of(group)) {
      EXPECT_EQ(fold_name(name), name) << "in the group: " << group;
    }
  }
}

TEST(NicknamesTable, GroupsHoldTwoNamesOrMoreEachOnce) {
  for (const std::string_view group : nickname_groups()) {
    const std::vector<std::string> names = names_of(group);
    EXPECT_GE(names.size(), 2U) << group;
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size()) << group;
  }
}

TEST(NicknamesTable, SaysNoGroupTwice) {
  std::set<std::set<std::string>> seen;
  for (const std::string_view group : nickname_groups()) {
    const std::vector<std::string> names = names_of(group);
    EXPECT_TRUE(seen.insert({names.begin(), names.end()}).second) << group;
  }
  EXPECT_GT(seen.size(), 1000U);
}

}  // namespace
}  // namespace tessera
