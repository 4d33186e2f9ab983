#include "engine/write_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/read_job.hpp"
#include "tests/engine/job_cases.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// A job in which every key differs from its default.
JobSpec full_job() {
  std::string toml = config_with("seed = 7", R"(seed = 123456789012
today = 2026-01-31
max_rejected_share = 0.0125
max_block_records = 500
nicknames = "names/nick.txt")");
  toml.replace(toml.find("link = 0.95"), 11, "link = \"12.5 bits\"");
  toml.replace(toml.find("review = 0.5"), 12, "review = 0.1");
  toml.replace(toml.find("path = \"civil.csv\""), 18, R"(path = "sub/civil \"2\".csv"
duplicate_free = true
encoding = "latin-1"
delimiter = "\t"
date_order = "mdy"
updated = "changed on")");
  toml.replace(toml.find("columns = [\"dob\"]"), 17, R"(columns = ["dob"]
parts = ["año", "mes", "día"]
rules = [["^(\\d+)\\.0$", '\1'], ["\u0001", ""]]
null_words = ["n/k", "00"]
survivorship = ["most_recent", "longest"])");
  toml.replace(toml.find("[blocking]"), 0, R"([[attribute]]
name = "place"
kind = "place"
first_of = ["village", "family_name"]

)");
  toml.replace(toml.find("soundex(family_name)"), 20, "sounds(given_name,family_name)");
  toml.replace(toml.find("year(birth_date)"), 16, "place");
  toml.replace(toml.find("attributes = [\"village\"]"), 24, "attributes = [\"place\"]");
  return read_job_text(toml, "job.toml");
}

TEST(WriteJob, ReadsBackToAnEqualJob) {
  const JobSpec job = full_job();
  EXPECT_THAT(differences(job, read_job_text(job_toml(job), "again.toml")), IsEmpty());
}

TEST(WriteJob, WritesTheSameBytesAgain) {
  const JobSpec job = full_job();
  const std::string toml = job_toml(job);
  EXPECT_EQ(job_toml(read_job_text(toml, "again.toml")), toml);
}

TEST(WriteJob, SpellsOutWhatPresetsChose) {
  const std::string toml = job_toml(read_job_text(sound_config(), "job.toml"));
  EXPECT_THAT(toml, HasSubstr("levels = [\"exact\", \"swapped\", "));
  EXPECT_THAT(toml, HasSubstr("swapped_with = \"family_name\""));
  EXPECT_THAT(toml, HasSubstr("date_order = \"dmy\""));
}

TEST(WriteJob, WritesDerivedAttributesAndKeysOfTwo) {
  const std::string toml = job_toml(full_job());
  EXPECT_THAT(toml, HasSubstr("name = \"place\"\nkind = \"place\"\n"
                              "first_of = [\"village\", \"family_name\"]\n"));
  EXPECT_THAT(toml, HasSubstr("[\"sounds(given_name,family_name)\", \"place\"]"));
  EXPECT_THAT(toml, HasSubstr("attributes = [\"place\"]"));
}

TEST(WriteJob, PathsAreRelativeToTheConfigsNewFolder) {
  const JobSpec job = read_job_text(sound_config(), "job.toml", "in/deep");
  const std::string toml = job_toml(job, "out");
  EXPECT_THAT(toml, HasSubstr("path = \"../in/deep/client.csv\""));
  EXPECT_THAT(differences(job, read_job_text(toml, "out/job.toml", "out")), IsEmpty());
}

TEST(WriteJob, FindsWhatDiffers) {  // so that the tests above can fail
  JobSpec job = full_job();
  job.comparisons[0].levels[1].threshold = 0.5;
  job.sources[1].delimiter.reset();
  EXPECT_EQ(differences(full_job(), job).size(), 2U);
}

}  // namespace
}  // namespace tessera::test
