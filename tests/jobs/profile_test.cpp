// `tessera profile`, as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Profile, ShowsEveryColumnInEitherForm) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  const CommandResult table = run_tessera(folder, {"profile", "people.csv", "--quiet"});
  ASSERT_EQ(table.exit_code, 0) << table.err;
  EXPECT_EQ(table.err, "");
  EXPECT_THAT(table.out, HasSubstr("people: people.csv, 8 rows"));
  EXPECT_THAT(table.out, HasSubstr("attribute birth_date"));
  EXPECT_THAT(table.out, HasSubstr("Okafor (3)"));
  const CommandResult json =
      run_tessera(folder, {"profile", "p=people.csv", "--format", "json", "--quiet"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  const auto parsed = nlohmann::json::parse(json.out);
  EXPECT_EQ(parsed["files"][0]["name"], "p");
  EXPECT_EQ(parsed["files"][0]["columns"].size(), 4U);
}

TEST(Profile, ASharedProfileHoldsNoValueOfFew) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  const CommandResult result = run_tessera(folder, {"profile", "people.csv", "--share"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("Okafor")));
  EXPECT_THAT(result.out, HasSubstr("withheld"));
}

TEST(Profile, ABadRequestIsOneLineAndExitTwo) {
  const TemporaryFolder folder;
  folder.write("header.csv", "a,b\n");
  for (const char* file : {"nowhere.csv", "header.csv", "x="}) {
    const CommandResult result = run_tessera(folder, {"profile", file});
    EXPECT_EQ(result.exit_code, 2) << file;
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  }
  EXPECT_EQ(run_tessera(folder, {"profile"}).exit_code, 2);
}

TEST(Profile, WritesItsPageAndItsCharts) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  const CommandResult result =
      run_tessera(folder, {"profile", "people.csv", "--share", "--report", "profile.html", "--spec",
                           "profile.json", "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const auto files = read_folder(folder.path());
  ASSERT_TRUE(files.contains("profile.html"));
  const std::string& page = files.at("profile.html");
  EXPECT_THAT(page, HasSubstr("how full its columns are"));
  EXPECT_THAT(page, testing::Not(HasSubstr("Okafor")));  // held by three
  EXPECT_THAT(files.at("profile.json"), HasSubstr("\"columns-1\""));
}

// Messages are read through a temporary folder, of which a page to show round says nothing.
TEST(Profile, NamesMessagesAsTheyWereTyped) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  const CommandResult result = run_tessera(folder, {"profile", "clinic=list:people.csv"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, testing::StartsWith("clinic: list:people.csv, 8 rows"));
}

}  // namespace
}  // namespace tessera::test
