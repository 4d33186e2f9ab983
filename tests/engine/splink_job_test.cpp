#include "engine/splink_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "data/error.hpp"
#include "engine/pipeline.hpp"
#include "tests/scoring/splink_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SourceSpec people(const std::filesystem::path& path = "people.csv") {
  SourceSpec source;
  source.name = "people";
  source.path = path;
  return source;
}

SplinkJob people_job(const SourceSpec& source = people()) {
  return splink_job(test::splink_people_json(), "people.json", std::span(&source, 1));
}

std::vector<std::string> rule_texts(const JobSpec& job) {
  std::vector<std::string> texts;
  for (const BlockingRule& rule : job.rules) texts.push_back(rule.text);
  return texts;
}

TEST(IsSplinkJson, TellsSplinksModelFromOurs) {
  EXPECT_TRUE(is_splink_json(test::splink_people_json()));
  EXPECT_FALSE(is_splink_json(model_json(people_job().model)));
  EXPECT_FALSE(is_splink_json(""));
}

TEST(SplinkJob, ComparesTheModelsColumns) {
  const SplinkJob made = people_job();
  ASSERT_EQ(made.job.comparisons.size(), 5U);
  ASSERT_EQ(made.model.comparisons.size(), 5U);
  constexpr std::array<const char*, 5> kNames = {"first_name", "surname", "dob", "town", "phone"};
  for (std::size_t c = 0; c < 5; ++c) {
    const ComparisonSpec& comparison = made.job.comparisons[c];
    const AttributeSpec& attribute = made.job.attributes.at(comparison.attribute);
    EXPECT_EQ(comparison.name, kNames[c]);
    EXPECT_EQ(attribute.name, kNames[c]);
    EXPECT_THAT(attribute.columns, ElementsAre(kNames[c]));
    EXPECT_EQ(made.model.comparisons[c].name, kNames[c]);
    EXPECT_EQ(made.model.comparisons[c].levels.size(), comparison.levels.size());
  }
  EXPECT_EQ(made.job.attributes.size(), 5U) << "the rules name no further column";
}

TEST(SplinkJob, TakesWhatADateLevelComparesForADate) {
  const SplinkJob made = people_job();
  for (const AttributeSpec& attribute : made.job.attributes) {
    EXPECT_EQ(attribute.kind == Kind::kDate, attribute.name == "dob") << attribute.name;
  }
}

TEST(SplinkJob, BlocksAsTheModelDoes) {
  const SplinkJob made = people_job();
  EXPECT_THAT(rule_texts(made.job), ElementsAre("surname + dob", "prefix(first_name,2) + year(dob)",
                                                "town + first_name", "phone"));
  EXPECT_EQ(made.job.link_type, LinkType::kDedupeOnly);
  EXPECT_FALSE(made.not_carried_over.empty());
}

TEST(SplinkJob, NamesTheRecordsAsTheModelUnlessASourceSaysOtherwise) {
  EXPECT_EQ(people_job().job.sources.at(0).id_column, "unique_id");
  SourceSpec own = people();
  own.id_column = "card";
  EXPECT_EQ(people_job(own).job.sources.at(0).id_column, "card");
}

TEST(SplinkJob, SharesAnAttributeBetweenSwappedColumns) {
  constexpr std::string_view kText = R"({"link_type": "link_only", "comparisons": [{
      "output_column_name": "name", "comparison_levels": [
        {"sql_condition": "a_l IS NULL OR a_r IS NULL", "is_null_level": true},
        {"sql_condition": "a_l = a_r", "m_probability": 0.8, "u_probability": 0.1},
        {"sql_condition": "a_l = b_r AND a_r = b_l", "m_probability": 0.1, "u_probability": 0.1},
        {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.8}]}]})";
  const SourceSpec source = people();
  const SplinkJob made = splink_job(kText, "s.json", std::span(&source, 1));
  ASSERT_EQ(made.job.comparisons.size(), 1U);
  const ComparisonSpec& comparison = made.job.comparisons[0];
  EXPECT_EQ(made.job.attributes.at(comparison.attribute).name, "a");
  ASSERT_TRUE(comparison.swapped_with.has_value());
  EXPECT_EQ(made.job.attributes.at(*comparison.swapped_with).name, "b");
  EXPECT_EQ(made.job.link_type, LinkType::kLinkOnly);
}

TEST(SplinkJob, RefusesWhatIsNoModel) {
  const SourceSpec source = people();
  try {
    splink_job(R"({"comparison_levels": 1})", "s.json", std::span(&source, 1));
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("s.json"));
  }
}

// Two records agree on all five columns, a third shares the surname and the date only.
TEST(SplinkJob, LinksWithTheModelsWeights) {
  const test::TemporaryFolder folder;
  const SourceSpec source = people(folder.write("people.csv",
                                                "unique_id,first_name,surname,dob,town,phone\n"
                                                "1,amina,okafor,1988-04-12,lagos,0801234567\n"
                                                "2,amina,okafor,1988-04-12,lagos,0801234567\n"
                                                "3,tesfaye,okafor,1988-04-12,kano,0709876543\n"));
  SplinkJob made = people_job(source);
  made.job.review_threshold = {-1000.0, true};
  const LinkResult result = run_link(made.job, {.threads = 1}, made.model, {});
  ASSERT_EQ(result.links.size(), 3U);
  EXPECT_EQ(result.clusters.label[0], result.clusters.label[1]);
  EXPECT_GT(result.links[0].weight_bits, result.links[1].weight_bits);
  double without_frequencies = made.model.prior_bits();
  for (std::size_t c = 0; c < 5; ++c) {
    const unsigned level = level_of(result.links[1].pattern, c);
    EXPECT_EQ(level == 1, c == 1 || c == 2) << made.job.comparisons[c].name;
    without_frequencies += made.model.level_bits(c, level);
  }
  // All three bear the surname: frequency 1 instead of the model's u of equal surnames.
  const LevelModel& equal = made.model.comparisons[1].levels[0];
  ASSERT_TRUE(equal.term_frequency);
  EXPECT_NEAR(result.links[1].weight_bits,
              without_frequencies + equal.tf_weight * std::log2(equal.u), 1e-9);
}

}  // namespace
}  // namespace tessera
