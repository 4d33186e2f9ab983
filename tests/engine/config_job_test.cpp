// [job]: what each key gives. Bad values are rows of tests/cases/bad_configs.tsv (read_job_test).
#include <gtest/gtest.h>

#include "engine/read_job.hpp"
#include "tests/engine/job_cases.hpp"

namespace tessera::test {
namespace {

JobSpec with_job(const std::string& lines) {
  return read_job_text(config_with("seed = 7", lines), "job.toml", "folder");
}

TEST(ConfigJob, DefaultsAreThoseOfJobSpec) {
  const JobSpec job = read_job_text(
      config_with("[job]\nlink_type = \"link_and_dedupe\"\nthresholds = { link = 0.95, review = "
                  "0.5 }\nseed = 7\n",
                  ""),
      "job.toml");
  const JobSpec defaults;
  EXPECT_EQ(job.link_type, defaults.link_type);
  EXPECT_EQ(job.link_threshold.value, 0.95);
  EXPECT_EQ(job.review_threshold.value, 0.50);
  EXPECT_EQ(job.seed, defaults.seed);
  EXPECT_EQ(job.max_rejected_share, 0.001);
  EXPECT_EQ(job.max_block_records, 2000U);
  EXPECT_TRUE(job.today.empty());
  EXPECT_TRUE(job.nickname_file.empty());
}

TEST(ConfigJob, ReadsDaysWithAndWithoutQuotes) {
  EXPECT_EQ(with_job("today = \"2024-02-29\"").today, "2024-02-29");
  EXPECT_EQ(with_job("today = 2024-02-29").today, "2024-02-29");
}

TEST(ConfigJob, NicknamesLieBesideTheConfig) {
  EXPECT_EQ(with_job("nicknames = \"nick.txt\"").nickname_file, "folder/nick.txt");
  EXPECT_EQ(with_job("nicknames = \"/etc/nick.txt\"").nickname_file, "/etc/nick.txt");
}

TEST(ConfigJob, ThresholdsMayBeBits) {
  for (const char* written : {"\"12 bits\"", "\"12bits\"", "\"+12.0 bit\""}) {
    const JobSpec job =
        read_job_text(config_with("link = 0.95", std::string("link = ") + written), "job.toml");
    EXPECT_TRUE(job.link_threshold.in_bits);
    EXPECT_EQ(job.link_threshold.value, 12.0) << written;
  }
  EXPECT_EQ(read_job_text(config_with("review = 0.5", "review = \"-3.5 bits\""), "job.toml")
                .review_threshold.value,
            -3.5);
}

TEST(ConfigJob, ThresholdsOfBothUnitsAreOrderedByBits) {
  EXPECT_EQ(complaint(config_with("link = 0.95", "link = \"1 bits\"")), "");
  EXPECT_NE(complaint(config_with("link = 0.95", "link = \"-1 bits\"")), "");
}

TEST(ConfigJob, NamesEveryLinkType) {
  for (const auto& [name, type] : {std::pair("link_and_dedupe", LinkType::kLinkAndDedupe),
                                   {"link_only", LinkType::kLinkOnly},
                                   {"dedupe_only", LinkType::kDedupeOnly}}) {
    EXPECT_EQ(read_job_text(config_with("link_and_dedupe", name), "job.toml").link_type, type);
  }
}

}  // namespace
}  // namespace tessera::test
