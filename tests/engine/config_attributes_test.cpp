// [[attribute]]: what each key gives. Bad values are rows of tests/cases/bad_configs.tsv
// (read_job_test).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/read_job.hpp"
#include "tests/engine/job_cases.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

AttributeSpec with_attribute(const std::string& lines) {
  return read_job_text(config_with("columns = [\"dob\"]", lines), "job.toml").attributes[2];
}

TEST(ConfigAttributes, TheNameIsTheColumnByDefault) {
  EXPECT_THAT(with_attribute("").columns, ElementsAre("birth_date"));
  EXPECT_THAT(with_attribute("parts = [\"y\", \"m\", \"d\"]").columns, IsEmpty());
}

TEST(ConfigAttributes, ColumnsAndPartsStandSideBySide) {
  const AttributeSpec attribute =
      with_attribute("columns = [\"dob\"]\nparts = [\"y\", \"m\", \"d\"]");
  EXPECT_THAT(attribute.columns, ElementsAre("dob"));
  EXPECT_THAT(attribute.parts, ElementsAre("y", "m", "d"));
}

TEST(ConfigAttributes, ReadsCleaningRulesInOrder) {
  const AttributeSpec attribute = with_attribute(R"(rules = [['^x', ""], ['(\d)-', '\1']])");
  ASSERT_EQ(attribute.rules.size(), 2U);
  EXPECT_EQ(attribute.rules[0].pattern, "^x");
  EXPECT_EQ(attribute.rules[1].replacement, "\\1");
}

TEST(ConfigAttributes, NamesEverySurvivorshipRule) {
  std::string toml = config_with("columns = [\"dob\"]", R"(survivorship = ["most_frequent",
    "most_recent", "source_order", "longest", "most_complete"])");
  toml.replace(toml.find("path = \"civil.csv\""), 18, "path = \"civil.csv\"\nupdated = \"u\"");
  EXPECT_THAT(
      read_job_text(toml, "job.toml").attributes[2].survivorship,
      ElementsAre(Survivorship::kMostFrequent, Survivorship::kMostRecent,
                  Survivorship::kSourceOrder, Survivorship::kLongest, Survivorship::kMostComplete));
}

TEST(ConfigAttributes, NamesEveryKind) {
  for (int k = 0; k <= static_cast<int>(Kind::kSet); ++k) {
    const Kind kind = static_cast<Kind>(k);
    std::string toml = sound_config();
    toml.insert(toml.find("[blocking]"),
                "[[attribute]]\nname = \"x\"\nkind = \"" + std::string(kind_name(kind)) + "\"\n\n");
    EXPECT_EQ(read_job_text(toml, "job.toml").attributes[4].kind, kind);
  }
}

/// The sound config with an attribute `place` before `birth_date`, made of two others.
std::string with_place() {
  return config_with("[[attribute]]\nname = \"birth_date\"", R"([[attribute]]
name = "place"
kind = "place"
first_of = ["village", "family_name"]

[[attribute]]
name = "birth_date")");
}

TEST(ConfigAttributes, DerivedOnesTakeTheirValuesFromOthers) {
  const JobSpec job = read_job_text(with_place(), "job.toml");
  EXPECT_EQ(job.attributes.size(), 4U);
  ASSERT_EQ(job.derived.size(), 1U);
  EXPECT_EQ(job.derived[0].name, "place");
  EXPECT_EQ(job.derived[0].kind, Kind::kPlace);
  EXPECT_THAT(job.derived[0].first_of, ElementsAre(3U, 1U));
}

TEST(ConfigAttributes, DerivedOnesAreNumberedAfterThoseRead) {
  const JobSpec job = read_job_text(with_place(), "job.toml");
  EXPECT_EQ(job.column_name(2), "birth_date");
  EXPECT_EQ(job.column_kind(2), Kind::kDate);
  EXPECT_EQ(job.column_name(4), "place");
  EXPECT_EQ(job.column_kind(4), Kind::kPlace);
}

TEST(ConfigAttributes, DerivedOnesAreComparedAndBlockedOn) {
  std::string toml = with_place();
  toml.replace(toml.find("year(birth_date)"), 16, "tokens(place)");
  toml.replace(toml.find("attributes = [\"village\"]"), 24, "attributes = [\"place\"]");
  const JobSpec job = read_job_text(toml, "job.toml");
  EXPECT_EQ(job.rules[1].text, "soundex(family_name) + tokens(place)");
  EXPECT_EQ(job.rules[1].parts[1].attribute, 4U);
  EXPECT_EQ(job.comparisons[3].name, "place");
  EXPECT_EQ(job.comparisons[3].attribute, 4U);
}

TEST(ConfigAttributes, ReadsNullWords) {
  EXPECT_THAT(with_attribute("null_words = [\"n/k\", \"\"]").null_words, ElementsAre("n/k", ""));
}

}  // namespace
}  // namespace tessera::test
