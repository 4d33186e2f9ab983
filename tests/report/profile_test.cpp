#include "report/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kPeople =
    "record_id,given_name,family_name,dob,sex,notes,empty\n"
    "1,Amina,Okafor,12/04/1988,F,x1,\n"
    "2,Amina,Okafor,1988-04-12,F,x2,\n"
    "3,Ravi,थापा,30/11/1975,M,x3,\n"
    "4,n/a,Romero,05/07/2001,F,,\n"
    "too,few\n"
    "5,Tesfaye,Bekele,17/02/1963,M,,\n";

SourceSpec source(const test::TemporaryFolder& folder, const std::string& name,
                  const std::string& text) {
  SourceSpec spec;
  spec.name = name;
  spec.path = folder.write(name + ".csv", text);
  return spec;
}

const ColumnReport& column(const FileReport& file, std::string_view name) {
  for (const ColumnReport& of : file.columns) {
    if (of.name == name) return of;
  }
  throw std::runtime_error("no such column");
}

TEST(ProfileFiles, TellsEveryColumnOfAFile) {
  const test::TemporaryFolder folder;
  const SourceSpec people = source(folder, "people", kPeople);
  const std::vector<FileReport> files = profile_files(std::span(&people, 1), {});
  ASSERT_EQ(files.size(), 1U);
  const FileReport& file = files[0];
  EXPECT_EQ(file.rows, 5U);
  EXPECT_EQ(file.bad_rows, 1U);
  EXPECT_EQ(file.columns.size(), 7U);
  EXPECT_EQ(column(file, "record_id").kind, "record id");
  EXPECT_EQ(column(file, "dob").kind, "date");
  EXPECT_EQ(column(file, "dob").use, "attribute birth_date");
  EXPECT_THAT(column(file, "dob").date_formats,
              ElementsAre(CountedText{"dd/mm/yyyy", 4}, CountedText{"yyyy-mm-dd", 1}));
  EXPECT_THAT(column(file, "family_name").scripts,
              ElementsAre(CountedText{"Latin", 4}, CountedText{"Devanagari", 1}));
  EXPECT_THAT(column(file, "given_name").most_frequent, ElementsAre(CountedText{"Amina", 2}));
  ASSERT_EQ(column(file, "given_name").suspicious.size(), 1U);
  EXPECT_EQ(column(file, "empty").filled, 0U);
  EXPECT_THAT(column(file, "empty").use, HasSubstr("not used"));
}

TEST(ProfileFiles, TellsHowFarItIsInALargeFile) {
  const test::TemporaryFolder folder;
  std::string text = "record_id,given_name\n";
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + ",Amina\n";
  const SourceSpec people = source(folder, "people", text);
  std::vector<double> shares;
  profile_files(std::span(&people, 1), {}, [&](const StageProgress& progress) {
    EXPECT_EQ(progress.of, 2U);
    EXPECT_EQ(progress.stage, progress.number == 1 ? "look at columns" : "profile people");
    if (progress.number == 2) shares.push_back(progress.share_done);
  });
  ASSERT_GT(shares.size(), 2U);
  EXPECT_EQ(shares.front(), 0.0);
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_EQ(shares.back(), 1.0);
}

TEST(ProfileFiles, KindsAreGuessedFromAllFilesTogether) {
  const test::TemporaryFolder folder;
  const std::vector<SourceSpec> both = {
      source(folder, "a", kPeople),
      source(folder, "b", "id,first_name,surname,birth_date\n7,Ana,Ruiz,1990-02-03\n")};
  const std::vector<FileReport> files = profile_files(both, {});
  EXPECT_EQ(column(files[1], "first_name").use, "attribute given_name");
  EXPECT_EQ(column(files[0], "given_name").use, "attribute given_name");
}

TEST(ProfileFiles, TheOrderOfRowsDoesNotMatter) {
  const test::TemporaryFolder folder;
  const std::string text = kPeople;
  const std::size_t header = text.find('\n') + 1;
  const std::size_t second = text.find('\n', header) + 1;
  const std::string turned =
      text.substr(0, header) + text.substr(second) + text.substr(header, second - header);
  const SourceSpec one = source(folder, "one", text);
  const SourceSpec other = source(folder, "other", turned);
  const FileReport a = profile_files(std::span(&one, 1), {})[0];
  const FileReport b = profile_files(std::span(&other, 1), {})[0];
  for (std::size_t c = 0; c < a.columns.size(); ++c) {
    EXPECT_EQ(a.columns[c].most_frequent, b.columns[c].most_frequent);
    EXPECT_EQ(a.columns[c].scripts, b.columns[c].scripts);
    EXPECT_EQ(a.columns[c].date_formats, b.columns[c].date_formats);
    EXPECT_EQ(a.columns[c].distinct, b.columns[c].distinct);
  }
}

TEST(ProfileFiles, AFileThatIsNotThereIsAnError) {
  SourceSpec nowhere;
  nowhere.name = "x";
  nowhere.path = "/nowhere/x.csv";
  EXPECT_THROW(profile_files(std::span(&nowhere, 1), {}), Error);
}

bool is_table(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".csv") || name.ends_with(".csv.gz") || name.ends_with(".parquet") ||
         name.ends_with(".ndjson");
}

// Every labelled set that is small enough for a test; whole files, whatever they hold.
TEST(ProfileFiles, WorksOnEveryLabelledSet) {
  const auto data = test::shared_data();
  if (!data) GTEST_SKIP() << "the folder ../shared/data is not here";
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*data / "linkage")) {
    if (!entry.is_regular_file() || !is_table(entry.path()) || entry.file_size() > 400'000) {
      continue;
    }
    SourceSpec spec;
    spec.name = "set";
    spec.path = entry.path();
    ++files;
    const std::vector<FileReport> reports =
        profile_files(std::span(&spec, 1), {.least_holders = kSharedHolders});
    ASSERT_EQ(reports.size(), 1U) << entry.path();
    EXPECT_GT(reports[0].rows, 0U) << entry.path();
    for (const ColumnReport& of : reports[0].columns) {
      EXPECT_LE(of.filled, reports[0].rows);
      EXPECT_LE(of.distinct, of.filled);
      for (const CountedText& value : of.most_frequent) EXPECT_GE(value.records, kSharedHolders);
    }
  }
  EXPECT_GT(files, 3);
}

}  // namespace
}  // namespace tessera
