// [[comparison]]: what each form gives. Bad values are rows of tests/cases/bad_configs.tsv
// (read_job_test).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/read_job.hpp"
#include "scoring/pattern.hpp"
#include "tests/engine/job_cases.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

std::vector<std::string> texts(const ComparisonSpec& comparison) {
  std::vector<std::string> levels;
  for (const LevelSpec& level : comparison.levels) levels.push_back(level.text);
  return levels;
}

TEST(ConfigComparisons, APersonsNamesKnowEachOther) {
  const JobSpec job = read_job_text(sound_config(), "job.toml");
  const ComparisonSpec& given = job.comparisons[0];
  const ComparisonSpec& family = job.comparisons[1];
  EXPECT_EQ(given.name, "given_name");
  EXPECT_EQ(given.attribute, 0U);
  EXPECT_EQ(given.swapped_with, 1U);
  EXPECT_EQ(family.name, "family_name");
  EXPECT_EQ(family.attribute, 1U);
  EXPECT_EQ(family.swapped_with, 0U);
  for (const ComparisonSpec& comparison : {given, family}) {
    EXPECT_EQ(texts(comparison)[0], "exact");
    EXPECT_EQ(texts(comparison)[1], "swapped");
    EXPECT_EQ(texts(comparison).back(), "else");
  }
}

TEST(ConfigComparisons, WithoutLevelsThePresetOfTheKindHolds) {
  const JobSpec job = read_job_text(sound_config(), "job.toml");
  EXPECT_EQ(texts(job.comparisons[2]), texts(preset_comparison(Kind::kDate, false)));
}

TEST(ConfigComparisons, LevelsAreWrittenCanonically) {
  const JobSpec job =
      read_job_text(config_with("\"jaro_winkler >= 0.92\"", "\"Jaro_Winkler>=.920\""), "job.toml");
  EXPECT_THAT(texts(job.comparisons[3]),
              testing::ElementsAre("exact", "jaro_winkler >= 0.92", "else"));
}

TEST(ConfigComparisons, TermFrequencyOverridesThePreset) {
  const JobSpec job =
      read_job_text(config_with("attributes = [\"birth_date\"]",
                                "attributes = [\"birth_date\"]\nterm_frequency = false"),
                    "job.toml");
  EXPECT_FALSE(job.comparisons[2].term_frequency);
  EXPECT_TRUE(read_job_text(sound_config(), "job.toml").comparisons[2].term_frequency);
}

TEST(ConfigComparisons, APartnerMayBeNamedByHand) {
  const JobSpec job =
      read_job_text(config_with("\"jaro_winkler >= 0.92\", \"else\"]",
                                "\"swapped\", \"else\"]\nswapped_with = \"family_name\""),
                    "job.toml");
  EXPECT_EQ(job.comparisons[3].swapped_with, 1U);
}

TEST(ConfigComparisons, ThePatternsRoomIsTheLimit) {
  std::string toml = sound_config();
  for (std::size_t i = 4; i < kMaxComparisons; ++i) {
    toml += "[[comparison]]\nattributes = [\"village\"]\nname = \"v" + std::to_string(i) + "\"\n";
  }
  EXPECT_EQ(complaint(toml), "");
  toml += "[[comparison]]\nattributes = [\"village\"]\nname = \"one_more\"\n";
  EXPECT_THAT(complaint(toml), HasSubstr("at most 16 comparisons"));
}

}  // namespace
}  // namespace tessera::test
