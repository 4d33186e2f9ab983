#include "engine/write_commented_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "engine/read_job.hpp"
#include "engine/write_job.hpp"
#include "tests/engine/invented_files.hpp"
#include "tests/engine/job_cases.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const Columns kPeople = {{"key", "key"},         {"first_name", "given"}, {"surname", "family"},
                         {"dob", "iso"},         {"gender", "sex"},       {"mobile", "phone"},
                         {"village", "village"}, {"visit_date", "visit"}};

ProposedJob proposed(const TemporaryFolder& folder, const std::vector<Columns>& files) {
  std::vector<SourceSpec> sources;
  for (const Columns& columns : files) {
    SourceSpec& source = sources.emplace_back();
    source.name = "file" + std::to_string(sources.size());
    source.path = folder.write(source.name + ".csv", invented_csv(columns, 300));
  }
  return propose_job(sources);
}

// The same job, and its complete config to the byte.
void expect_same_job(const ProposedJob& of, const std::filesystem::path& folder) {
  const std::string toml = commented_job_toml(of, folder);
  const JobSpec read = read_job_text(toml, "job.toml", folder);
  EXPECT_THAT(differences(of.job, read), IsEmpty()) << toml;
  EXPECT_EQ(job_toml(read, folder), job_toml(of.job, folder));
}

TEST(CommentedJob, ReadsBackToTheSameJob) {
  const TemporaryFolder folder;
  expect_same_job(proposed(folder, {kPeople}), folder.path());
}

TEST(CommentedJob, SoDoFilesOfOtherForms) {
  const TemporaryFolder folder;
  const Columns parts = {{"id", "key"},          {"name", "full"},
                         {"birth_year", "year"}, {"birth_month", "month"},
                         {"birth_day", "day"},   {"sex", "sexcode"}};
  const Columns american = {{"rec_id", "key"},       {"first_name", "given"},
                            {"last_name", "family"}, {"date_of_birth", "mdy"},
                            {"email", "email"},      {"zip", "postcode"}};
  const Columns no_id = {{"given_name", "given"}, {"family_name", "family"}, {"dob", "dmy"}};
  expect_same_job(proposed(folder, {parts}), folder.path());
  expect_same_job(proposed(folder, {american}), folder.path());
  expect_same_job(proposed(folder, {kPeople, american, no_id}), folder.path());
}

TEST(CommentedJob, GivesReasons) {
  const TemporaryFolder folder;
  const std::string toml = commented_job_toml(proposed(folder, {kPeople}), folder.path());
  EXPECT_THAT(toml, HasSubstr("# Left out, as "));
  EXPECT_THAT(toml, HasSubstr("visit_date"));
  EXPECT_THAT(toml, HasSubstr("the names may stand in each other's column"));
  EXPECT_THAT(toml, HasSubstr("the birth date survives any error in the names"));
  EXPECT_THAT(toml, HasSubstr("one file: its records with each other"));
}

TEST(CommentedJob, EveryLabelledSetReadsBack) {
  const auto data = shared_data();
  if (!data) GTEST_SKIP() << "the folder ../shared/data is not here";
  int sets = 0;
  for (const char* file :
       {"febrl1", "febrl3", "restaurant", "rldata500", "fake_1000", "historical_50k", "cora",
        "patstat", "transactions", "shiw_italy", "jempi_kenya", "foreigners_pl"}) {
    for (const auto& entry : std::filesystem::directory_iterator(*data / "linkage" / file)) {
      const std::string name = entry.path().filename().string();
      const bool table = name.ends_with(".csv") || name.ends_with(".csv.gz");
      if (!table || name.find("truth") != std::string::npos ||
          name.find("pairs") != std::string::npos || name.find("labels") != std::string::npos) {
        continue;
      }
      SourceSpec source;
      source.name = "set";
      source.path = entry.path();
      ProposeOptions options;
      options.sample_rows = 500;
      try {
        expect_same_job(propose_job(std::span(&source, 1), options), "");
        ++sets;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kUsage) << name;  // nothing to tell records apart by
      }
    }
  }
  EXPECT_GT(sets, 6);
}

}  // namespace
}  // namespace tessera::test
