#include "scoring/sessions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

using test::comparison;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<ComparisonModel> start() {
  std::vector<ComparisonModel> made = {comparison("name", {0.7, 0.3}, {0.1, 0.9}),
                                       comparison("date", {0.7, 0.3}, {0.01, 0.99})};
  for (ComparisonModel& c : made) {
    for (LevelModel& level : c.levels) level.m_trained = false;
  }
  return made;
}

SessionResult session(const std::string& rule, double name_m, double date_m,
                      std::vector<bool> fixed, double matches) {
  SessionResult made;
  made.rule = rule;
  made.pairs = 1000;
  made.fixed = std::move(fixed);
  made.result.comparisons = {comparison("name", {name_m, 1 - name_m}, {0.1, 0.9}),
                             comparison("date", {date_m, 1 - date_m}, {0.01, 0.99})};
  made.result.expected_matches = {matches, matches};
  made.result.converged = true;
  made.result.lambda = 0.25;
  return made;
}

TEST(CombineSessions, TakesEachComparisonFromTheSessionsThatTrainedIt) {
  const std::vector<SessionResult> sessions = {session("date", 0.8, 0.5, {false, true}, 100),
                                               session("name", 0.5, 0.9, {true, false}, 100)};
  const Model model = combine_sessions(start(), 0.001, sessions);
  EXPECT_EQ(model.prior, 0.001);
  EXPECT_NEAR(model.comparisons[0].levels[0].m, 0.8, 1e-12);
  EXPECT_NEAR(model.comparisons[1].levels[0].m, 0.9, 1e-12);
  EXPECT_TRUE(model.comparisons[0].levels[0].m_trained);
  EXPECT_EQ(model.comparisons[0].levels[0].u, 0.1);
  EXPECT_THAT(model.warnings, IsEmpty());
}

TEST(CombineSessions, WeighsSessionsByTheirMatches) {
  const std::vector<SessionResult> sessions = {session("a", 0.8, 0.9, {}, 300),
                                               session("b", 0.7, 0.9, {}, 100)};
  EXPECT_NEAR(combine_sessions(start(), 0.1, sessions).comparisons[0].levels[0].m, 0.775, 1e-12);
}

TEST(CombineSessions, TakesTheMedianWhenAsked) {
  const std::vector<SessionResult> sessions = {session("a", 0.8, 0.9, {}, 1e9),
                                               session("b", 0.7, 0.9, {}, 1),
                                               session("c", 0.75, 0.9, {}, 1)};
  const Model odd = combine_sessions(start(), 0.1, sessions, SessionAverage::kMedian);
  EXPECT_NEAR(odd.comparisons[0].levels[0].m, 0.75, 1e-12);
  const Model even =
      combine_sessions(start(), 0.1, std::span(sessions).first(2), SessionAverage::kMedian);
  EXPECT_NEAR(even.comparisons[0].levels[0].m, 0.75, 1e-12);
}

TEST(CombineSessions, KeepsTheStartOfWhatNoSessionTrained) {
  const std::vector<SessionResult> sessions = {session("name", 0.5, 0.9, {true, false}, 10)};
  const Model model = combine_sessions(start(), 0.1, sessions);
  EXPECT_EQ(model.comparisons[0].levels[0].m, 0.7);
  EXPECT_FALSE(model.comparisons[0].levels[0].m_trained);
  EXPECT_THAT(model.warnings, Contains(HasSubstr("comparison name: no session trained it")));
}

TEST(CombineSessions, KeepsTheStartOfALevelThatNoPairReached) {
  std::vector<ComparisonModel> three = {comparison("a", {0.6, 0.1, 0.3}, {0.1, 0.1, 0.8})};
  SessionResult one;
  one.pairs = 10;
  one.result.comparisons = {comparison("a", {0.8, 0.1, 0.1}, {0.1, 0.1, 0.8})};
  one.result.comparisons[0].levels[1].m_trained = false;
  one.result.expected_matches = {5};
  one.result.converged = true;
  const auto levels = combine_sessions(three, 0.1, std::span(&one, 1)).comparisons[0].levels;
  EXPECT_EQ(levels[1].m, 0.1);
  EXPECT_FALSE(levels[1].m_trained);
  EXPECT_NEAR(levels[0].m, 0.8, 1e-12);
  EXPECT_NEAR(levels[0].m + levels[1].m + levels[2].m, 1.0, 1e-12);
}

TEST(CombineSessions, LeavesOutASwitchedSessionWhenThereIsAnother) {
  const std::vector<SessionResult> sessions = {session("good", 0.8, 0.9, {}, 10),
                                               session("bad", 0.05, 0.9, {}, 1e6)};
  const Model model = combine_sessions(start(), 0.1, sessions);
  EXPECT_NEAR(model.comparisons[0].levels[0].m, 0.8, 1e-12);
  EXPECT_THAT(model.warnings, Contains(HasSubstr("rule bad: left out of comparison name")));
  EXPECT_THAT(model.warnings, Contains(HasSubstr("sessions disagree")));
}

TEST(CombineSessions, UsesASwitchedSessionWhenThereIsNoOther) {
  const std::vector<SessionResult> sessions = {session("bad", 0.05, 0.9, {}, 10)};
  const Model model = combine_sessions(start(), 0.1, sessions);
  EXPECT_NEAR(model.comparisons[0].levels[0].m, 0.05, 1e-12);
  EXPECT_THAT(model.warnings, Contains(HasSubstr("changed places")));
}

TEST(CombineSessions, RecordsWhatEachSessionSaw) {
  const std::vector<SessionResult> sessions = {session("name", 0.5, 0.9, {true, false}, 10)};
  const TrainingSession kept = combine_sessions(start(), 0.1, sessions).sessions.at(0);
  EXPECT_EQ(kept.rule, "name");
  EXPECT_EQ(kept.pairs, 1000U);
  EXPECT_EQ(kept.lambda, 0.25);
  ASSERT_EQ(kept.m.size(), 2U);
  EXPECT_THAT(kept.m[0], IsEmpty());
  EXPECT_DOUBLE_EQ(kept.m[1][0], 0.9);
}

TEST(CombineSessions, WithoutSessionsIsTheStart) {
  const Model model = combine_sessions(start(), 0.1, {});
  EXPECT_EQ(model.comparisons[1].levels[0].m, 0.7);
  EXPECT_EQ(model.warnings.size(), 2U);
}

TEST(CombineSessions, TwoBlockedSessionsRecoverAPlantedModel) {
  // Each session trains on pairs that agree on one comparison's exact level and holds that one
  // fixed.
  const std::vector<ComparisonModel> truth = {
      comparison("a", {0.8, 0.2}, {0.05, 0.95}), comparison("b", {0.9, 0.1}, {0.01, 0.99}),
      comparison("c", {0.7, 0.3}, {0.1, 0.9}), comparison("d", {0.95, 0.05}, {0.02, 0.98})};
  std::vector<ComparisonModel> guess = truth;
  for (ComparisonModel& c : guess) c.levels[0].m = 0.6, c.levels[1].m = 0.4;
  const PatternCounts all = test::simulate(truth, 0.02, 1'000'000, 0.0, 21);
  std::vector<SessionResult> sessions;
  for (std::size_t blocked : {0U, 1U}) {
    PatternCounts counts;
    std::uint64_t pairs = 0;
    for (const PatternCount& count : all) {
      if (level_of(count.pattern, blocked) != 1) continue;
      counts.push_back(count);
      pairs += count.pairs;
    }
    SessionResult one;
    one.rule = truth[blocked].name;
    one.pairs = pairs;
    one.fixed.assign(4, false);
    one.fixed[blocked] = true;
    EmOptions options;
    options.fix_m = one.fixed;
    one.result = estimate_m(counts, guess, 0.2, options);
    sessions.push_back(std::move(one));
  }
  const Model model = combine_sessions(guess, 0.02, sessions);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    // about 16,000 matches a session: standard error 0.004 at most
    EXPECT_NEAR(model.comparisons[c].levels[0].m, truth[c].levels[0].m, 0.02) << truth[c].name;
  }
  EXPECT_THAT(model.warnings, IsEmpty());
}

}  // namespace
}  // namespace tessera
