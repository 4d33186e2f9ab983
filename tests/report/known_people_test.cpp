#include "report/known_people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "engine/entity_id.hpp"
#include "tests/registry/small_registry.hpp"
#include "tests/report/finished_job.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

MatchQuery query_of(const Table& table, const JobSpec& job, Row row) {
  MatchQuery query;
  for (std::size_t a = 0; a < job.attributes.size(); ++a) {
    query.texts.emplace_back(table.columns[a].raw_values[table.columns[a].raw_codes[row]]);
  }
  return query;
}

// Through files and back: what a job linked, a look-up finds with the same weight, to the last bit.
TEST(KnownPeople, OfAFolderWeighAsTheJobDid) {
  const test::FinishedJob finished;
  KnownPeople people = read_known_people(finished.out(), {}, {});
  EXPECT_THAT(people.changes, IsEmpty());
  for (Row row = 0; row < finished.result.table.size(); ++row) {
    EXPECT_EQ(people.entity_of(row),
              entity_id(finished.result.table, finished.result.clusters.label[row]));
  }
  const Matcher matcher(std::move(people.records), {});
  MatchOptions options;
  options.thorough = true;
  options.count = 500;
  options.to_weigh = 500;
  std::size_t checked = 0;
  for (const Link& link : finished.result.links) {
    options.source = matcher.table().row_source[link.left];
    const MatchQuery query = query_of(matcher.table(), matcher.job(), link.left);
    const MatchResult result = matcher.match({&query, 1}, options).front();
    const auto found = std::ranges::find(result.candidates, link.right, &MatchCandidate::row);
    if (found == result.candidates.end()) continue;
    EXPECT_EQ(found->weight_bits, link.weight_bits);
    EXPECT_EQ(found->pattern, link.pattern);
    ++checked;
  }
  EXPECT_GT(checked * 10, finished.result.links.size() * 9);
}

TEST(KnownPeople, OfARegistryHaveTheirIdentifiers) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(60, 5));
  EXPECT_THROW(read_known_people(registry.path(), {}, {}), Error);  // no model yet
  registry.apply();
  KnownPeople people = read_known_people(registry.path(), {}, {});
  ASSERT_GT(people.records.table.size(), 60U);
  for (Row row = 0; row < people.records.table.size(); ++row) {
    EXPECT_EQ(people.entity_of(row), registry.identifier(people.records.table.record_name(row)));
  }
  const Matcher matcher(std::move(people.records), {});
  const MatchQuery query = query_of(matcher.table(), matcher.job(), 3);
  const MatchResult result = matcher.match({&query, 1}, {}).front();
  EXPECT_NE(std::ranges::find(result.candidates, 3U, &MatchCandidate::row),
            result.candidates.end());
}

TEST(KnownPeople, OfNothingAreAnError) {
  try {
    read_known_people("no/such/place", {}, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("nor a registry"));
  }
}

}  // namespace
}  // namespace tessera
