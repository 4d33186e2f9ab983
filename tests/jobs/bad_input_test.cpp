// Every bad input ends in one clear line or in rejects.csv, never in a crash, and never with a
// value of the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

// The value that no message may hold.
constexpr std::string_view kSecret = "Quillfeather";

TEST(BadInput, EndsWithOneClearLineAndItsExitCode) {
  for (const auto& row : read_cases("bad_inputs.tsv")) {
    SCOPED_TRACE(row[0]);
    const TemporaryFolder folder;
    if (row[2] != "(none)") folder.write(row[1], row[2]);
    folder.write("job.toml", small_config(row[1]));
    const CommandResult result = run_tessera(folder, {"link", "--config", "job.toml", "--quiet"});
    EXPECT_EQ(std::to_string(result.exit_code), row[3]);
    EXPECT_THAT(result.err, HasSubstr(row[4]));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_THAT(result.err, Not(HasSubstr(kSecret)));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

TEST(BadInput, LeavesNothingBehindButRejects) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople) + "9,Ada\n");
  folder.write("job.toml", small_config("people.csv"));
  const CommandResult result =
      run_tessera(folder, {"link", "--config", "job.toml", "--out", "out", "--quiet"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(read_folder(folder.path() / "out"),
              ElementsAre(Pair("rejects.csv", HasSubstr("people,10,"))));
}

TEST(BadInput, RowsAreRejectedWithLineAndReason) {
  for (const auto& row : read_cases("rejected_rows.tsv")) {
    SCOPED_TRACE(row[0]);
    const TemporaryFolder folder;
    folder.write("people.csv", std::string(kGoodPeople) + row[1]);
    folder.write("job.toml", small_config("people.csv"));
    const CommandResult result = run_tessera(
        folder, {"link", "--config", "job.toml", "--out", "out", "--max-rejected", "1", "--quiet"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const auto files = read_folder(folder.path() / "out");
    ASSERT_TRUE(files.contains("rejects.csv")) << result.err;
    EXPECT_EQ(files.at("rejects.csv"), "source,line,column,reason\n" + row[2]);
    EXPECT_THAT(result.out + result.err, Not(HasSubstr(kSecret)));
  }
}

TEST(BadInput, EveryRowIsKeptOrRejected) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople) + "9,Ada\n,Ada,Berg,1990-01-02\n");
  folder.write("job.toml", small_config("people.csv"));
  const CommandResult result = run_tessera(
      folder, {"link", "--config", "job.toml", "--out", "out", "--max-rejected", "1", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto files = read_folder(folder.path() / "out");
  const auto rows = [&](const char* name) {
    return std::count(files.at(name).begin(), files.at(name).end(), '\n') - 1;
  };
  EXPECT_EQ(rows("crosswalk.csv"), 8);
  EXPECT_EQ(rows("rejects.csv"), 2);
}

TEST(BadInput, AFolderThatCannotBeMadeIsExitFive) {
  const TemporaryFolder folder;
  folder.write("people.csv", std::string(kGoodPeople));
  folder.write("job.toml", small_config("people.csv"));
  const CommandResult result =
      run_tessera(folder, {"link", "--config", "job.toml", "--out", "people.csv/out", "--quiet"});
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_THAT(result.err, HasSubstr("people.csv/out"));
}

}  // namespace
}  // namespace tessera::test
