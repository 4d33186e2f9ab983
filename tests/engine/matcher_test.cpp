#include "engine/matcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/resolve.hpp"
#include "tests/support/people_job.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

RawTable as_read(const Table& table) {
  RawTable raw;
  raw.sources = table.sources;
  raw.row_source = table.row_source;
  raw.record_ids = table.record_ids;
  for (const Column& column : table.columns) {
    raw.columns.push_back({column.raw_codes, column.raw_values});
  }
  return raw;
}

struct Resolved {
  Resolved() : table(test::random_people(1200, 31, 3)) {
    job = test::people_job_spec(LinkType::kLinkAndDedupe);
    job.comparisons[0].term_frequency = true;
    for (const SourceFacts& source : table.sources) job.sources.emplace_back().name = source.name;
    resolution = resolve_records(as_read(table), job, {}, {}, {});
  }
  KnownRecords known() const {
    return know_records(job, resolution.model, resolution.references, resolution.table,
                        std::vector<Code>(table.size(), kMissing), {}, {});
  }
  MatchQuery query(Row row) const {
    MatchQuery query;
    for (const Column& column : table.columns) {
      query.texts.emplace_back(column.raw_values[column.raw_codes[row]]);
    }
    return query;
  }
  Table table;
  JobSpec job;
  Resolution resolution;
};

const Resolved& resolved() {
  static const Resolved kResolved;
  return kResolved;
}

const Matcher& matcher() {
  static const KnownRecords kKnown = resolved().known();
  static const Matcher kMatcher(kKnown, {});
  return kMatcher;
}

const MatchCandidate* find_row(const MatchResult& result, Row row) {
  const auto found = std::ranges::find(result.candidates, row, &MatchCandidate::row);
  return found == result.candidates.end() ? nullptr : &*found;
}

// The promise: one scoring path, batch and look-up alike.
TEST(Matcher, WeightsAreTheJobsToTheLastBit) {
  MatchOptions options;
  options.count = 2000;
  options.to_weigh = 2000;
  options.thorough = true;
  std::size_t checked = 0;
  for (std::size_t i = 0; i < resolved().resolution.links.size(); i += 9) {
    const Link& link = resolved().resolution.links[i];
    options.source = resolved().table.row_source[link.left];
    const MatchQuery query = resolved().query(link.left);
    const MatchResult result = matcher().match({&query, 1}, options).front();
    const MatchCandidate* candidate = find_row(result, link.right);
    if (candidate == nullptr) continue;  // the index's limit of rows
    EXPECT_EQ(candidate->weight_bits, link.weight_bits);
    EXPECT_EQ(candidate->pattern, link.pattern);
    ++checked;
  }
  EXPECT_GT(checked, 20U);
}

TEST(Matcher, ABatchGivesWhatEachAloneGives) {
  std::vector<MatchQuery> queries;
  for (Row row = 0; row < 60; ++row) queries.push_back(resolved().query(row * 7));
  queries.emplace_back().texts.resize(resolved().job.attributes.size());  // of nothing
  const std::vector<MatchResult> together = matcher().match(queries, {});
  ASSERT_EQ(together.size(), queries.size());
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const MatchResult alone = matcher().match({&queries[q], 1}, {}).front();
    EXPECT_EQ(alone.phase, together[q].phase);
    ASSERT_EQ(alone.candidates.size(), together[q].candidates.size());
    for (std::size_t i = 0; i < alone.candidates.size(); ++i) {
      EXPECT_EQ(alone.candidates[i].row, together[q].candidates[i].row);
      EXPECT_EQ(alone.candidates[i].weight_bits, together[q].candidates[i].weight_bits);
    }
  }
  EXPECT_TRUE(together.back().candidates.empty());
}

TEST(Matcher, EndsEarlyOnlyWithACertainMatch) {
  std::size_t early = 0;
  for (Row row = 0; row < 200; ++row) {
    const MatchQuery query = resolved().query(row);
    const MatchResult result = matcher().match({&query, 1}, {}).front();
    if (result.phase == MatchPhase::kLikeness) continue;
    ++early;
    ASSERT_FALSE(result.candidates.empty());
    EXPECT_EQ(match_grade(resolved().job, result.candidates.front().weight_bits),
              MatchGrade::kCertain);
    // What it found first is what a thorough search finds first, or weighs no less.
    MatchOptions thorough;
    thorough.thorough = true;
    const MatchResult all = matcher().match({&query, 1}, thorough).front();
    EXPECT_EQ(all.phase, MatchPhase::kLikeness);
    ASSERT_FALSE(all.candidates.empty());
    EXPECT_GE(all.candidates.front().weight_bits, result.candidates.front().weight_bits);
  }
  EXPECT_GT(early, 20U);
}

TEST(Matcher, FindsARecordThroughErrorsInEveryWord) {
  std::size_t found = 0;
  std::size_t tried = 0;
  for (Row row = 0; row < resolved().table.size(); row += 11) {
    MatchQuery query = resolved().query(row);
    for (const std::size_t name : {0U, 1U}) {
      if (query.texts[name].size() > 4) std::swap(query.texts[name][1], query.texts[name][2]);
    }
    ++tried;
    found += find_row(matcher().match({&query, 1}, {}).front(), row) != nullptr ? 1 : 0;
  }
  EXPECT_GE(found * 10, tried * 9);
}

TEST(MatchGrade, FollowsTheTwoThresholds) {
  JobSpec job;
  job.link_threshold = {10.0, true};
  job.review_threshold = {2.0, true};
  EXPECT_EQ(match_grade(job, 10.0), MatchGrade::kCertain);
  EXPECT_EQ(match_grade(job, 9.9), MatchGrade::kProbable);
  EXPECT_EQ(match_grade(job, 2.0), MatchGrade::kProbable);
  EXPECT_EQ(match_grade(job, 1.9), MatchGrade::kPossible);
  EXPECT_EQ(match_grade(job, -9.9), MatchGrade::kPossible);
  EXPECT_EQ(match_grade(job, -10.0), MatchGrade::kCertainlyNot);
  job.review_threshold = {-15.0, true};
  EXPECT_EQ(match_grade(job, -14.0), MatchGrade::kProbable);
  EXPECT_EQ(match_grade(job, -15.1), MatchGrade::kCertainlyNot);
  EXPECT_EQ(match_grade_name(MatchGrade::kCertainlyNot), "certainly-not");
}

}  // namespace
}  // namespace tessera
