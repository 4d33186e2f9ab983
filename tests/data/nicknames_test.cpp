#include "data/nicknames.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "data/error.hpp"
#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;

std::string error_of(NicknameTable& table, const std::filesystem::path& path) {
  try {
    table.add_file(path);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    return error.what();
  }
  return "no error";
}

TEST(Nicknames, JoinTheNamesOfOnePerson) {
  const NicknameTable table = NicknameTable::built_in();
  for (const auto& row : test::read_cases("nicknames.tsv")) {
    const std::string a = fold_name(row.at(0));
    const std::string b = fold_name(row.at(1));
    EXPECT_EQ(table.equivalent(a, b), row.at(2) == "1") << row[0] << " " << row[1];
    EXPECT_EQ(table.equivalent(b, a), row.at(2) == "1") << row[1] << " " << row[0];
  }
}

TEST(Nicknames, GroupsAreSortedAndNoneForUnknownNames) {
  const NicknameTable table = NicknameTable::built_in();
  const auto& groups = table.groups("alex");
  EXPECT_GE(groups.size(), 2U);
  EXPECT_TRUE(std::is_sorted(groups.begin(), groups.end()));
  EXPECT_TRUE(table.groups("xqzzy").empty());
  EXPECT_TRUE(table.groups("").empty());
}

TEST(Nicknames, FileAddsGroups) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("names.csv",
                                 "\xEF\xBB\xBFZéphyrine, Zizi,Zeph\r\n"
                                 "# a comment\n"
                                 "\n"
                                 "bob,bobik # also a comment\n");
  NicknameTable table = NicknameTable::built_in();
  EXPECT_FALSE(table.equivalent("zephyrine", "zizi"));
  table.add_file(path);
  EXPECT_TRUE(table.equivalent("zephyrine", "zizi"));
  EXPECT_TRUE(table.equivalent("zeph", "zizi"));
  EXPECT_TRUE(table.equivalent("bob", "bobik"));
  EXPECT_TRUE(table.equivalent("bob", "robert"));
  EXPECT_FALSE(table.equivalent("robert", "bobik"));
}

TEST(Nicknames, FileErrorsNameTheLineAndNoName) {
  const test::TemporaryFolder folder;
  NicknameTable table = NicknameTable::built_in();
  const std::string single = error_of(table, folder.write("a.csv", "ann,nan\nsecret\n"));
  EXPECT_THAT(single, HasSubstr("a.csv:2: a group has one name"));
  EXPECT_THAT(single, testing::Not(HasSubstr("secret")));
  EXPECT_THAT(error_of(table, folder.write("b.csv", "ann,,nan\n")),
              HasSubstr("b.csv:1: a name is empty"));
  EXPECT_THAT(error_of(table, folder.write("c.csv", "ann,n\xFFn\n")),
              HasSubstr("c.csv:1: the line is not UTF-8"));
  EXPECT_THAT(error_of(table, folder.path() / "absent.csv"), HasSubstr("cannot be opened"));
}

TEST(Nicknames, FaultyFileAddsNothing) {
  const test::TemporaryFolder folder;
  NicknameTable table = NicknameTable::built_in();
  EXPECT_NE(error_of(table, folder.write("a.csv", "qaz,wsx\nedc\n")), "no error");
  EXPECT_FALSE(table.equivalent("qaz", "wsx"));
}

}  // namespace
}  // namespace tessera
