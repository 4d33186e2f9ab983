#include "report/match_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/known_people.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Looked {
  Looked() {
    registry.load(test::invented_records(40, 6));
    registry.apply();
    people = read_known_people(registry.path(), {}, {});
    matcher = std::make_unique<Matcher>(people.records, RunLimits{});
    MatchQuery query;
    for (std::size_t a = 0; a < people.records.job.attributes.size(); ++a) {
      query.texts.emplace_back(people.records.columns[a].raw_text(0));
    }
    family_name = query.texts[1];
    result = matcher->match({&query, 1}, {}).front();
  }
  MatchContext context(bool values) const { return {people.records, values}; }

  test::SmallRegistry registry;
  KnownPeople people;
  std::unique_ptr<Matcher> matcher;
  std::string family_name;
  MatchResult result;
};

TEST(MatchText, NamesCandidatesAndHidesValuesUnlessAsked) {
  const Looked looked;
  ASSERT_FALSE(looked.result.candidates.empty());
  const std::string text = match_text(looked.context(false), looked.result);
  EXPECT_THAT(text, HasSubstr(looked.people.records.record_name(0)));
  EXPECT_THAT(text, HasSubstr(std::string(looked.people.records.entity_of(0))));
  EXPECT_THAT(text, Not(HasSubstr(looked.family_name)));
  EXPECT_THAT(match_text(looked.context(true), looked.result), HasSubstr(looked.family_name));
  EXPECT_THAT(match_text(looked.context(false), {}), StartsWith("No candidate."));
}

TEST(MatchText, CsvHasARowForEveryRecordLookedUp) {
  const Looked looked;
  const std::string csv = match_csv(looked.context(false), "a,b", looked.result);
  EXPECT_THAT(csv, StartsWith("\"a,b\",1,certain,"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')),
            looked.result.candidates.size());
  EXPECT_EQ(match_csv(looked.context(false), "7", {}), "7,0,certainly-not,,,,,,likeness\n");
  EXPECT_THAT(match_csv_header(), StartsWith("query,rank,grade,"));
}

TEST(MatchText, JsonHoldsTheWeightInFull) {
  const Looked looked;
  const auto json = nlohmann::json::parse(match_ndjson(looked.context(true), "7", looked.result));
  EXPECT_EQ(json["query"], "7");
  ASSERT_EQ(json["candidates"].size(), looked.result.candidates.size());
  const auto& first = json["candidates"][0];
  EXPECT_EQ(first["match_weight"].get<double>(), looked.result.candidates[0].weight_bits);
  EXPECT_EQ(first["levels"].size(), looked.people.records.job.comparisons.size());
  EXPECT_TRUE(first["values"].is_object());
  EXPECT_FALSE(nlohmann::json::parse(
                   match_ndjson(looked.context(false), "7", looked.result))["candidates"][0]
                   .contains("values"));
}

}  // namespace
}  // namespace tessera
