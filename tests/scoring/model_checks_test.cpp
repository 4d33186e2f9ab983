#include "scoring/model_checks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

using test::comparison;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Model with(ComparisonModel c) {
  Model model;
  model.prior = 0.001;
  model.comparisons = {std::move(c)};
  return model;
}

TrainingSession session(const std::string& rule, std::vector<double> m) {
  TrainingSession made;
  made.rule = rule;
  made.pairs = 100;
  made.iterations = 7;
  made.converged = true;
  made.m = {std::move(m)};
  return made;
}

TEST(CheckModel, SaysNothingOfASoundModel) {
  Model model = with(comparison("a", {0.8, 0.1, 0.1}, {0.01, 0.09, 0.9}));
  model.sessions = {session("x", {0.8, 0.1, 0.1}), session("y", {0.7, 0.15, 0.15})};
  EXPECT_THAT(check_model(model), IsEmpty());
}

TEST(CheckModel, TellsLabelSwitching) {
  EXPECT_THAT(check_model(with(comparison("a", {0.1, 0.9}, {0.4, 0.6}))),
              ElementsAre(AllOf(HasSubstr("comparison a, level 1 (exact)"), HasSubstr("changed")),
                          HasSubstr("level 2")));
}

TEST(CheckModel, TellsWeightsThatRiseAlongTheLevels) {
  // log2: 0.5/0.1 = 2.3, 0.4/0.01 = 5.3, 0.1/0.89 = -3.2
  EXPECT_THAT(check_model(with(comparison("a", {0.5, 0.4, 0.1}, {0.1, 0.01, 0.89}))),
              ElementsAre(AllOf(HasSubstr("level 2"), HasSubstr("5.32"), HasSubstr("2.32"))));
}

TEST(CheckModel, ToleratesWeightsThatRiseALittle) {
  // 0.5/0.1 = 2.32 bits, 0.4/0.06 = 2.74 bits
  EXPECT_THAT(check_model(with(comparison("a", {0.5, 0.4, 0.1}, {0.1, 0.06, 0.84}))), IsEmpty());
}

TEST(CheckModel, TellsLevelsThatNoPairReached) {
  ComparisonModel c = comparison("a", {0.8, 0.1, 0.1}, {0.01, 0.09, 0.9});
  c.levels[1].m_trained = false;
  EXPECT_THAT(check_model(with(c)), ElementsAre(HasSubstr("level (levenshtein <= 1)")));
}

TEST(CheckModel, TellsOnceThatNoSessionTrainedAComparison) {
  ComparisonModel c = comparison("a", {0.8, 0.2}, {0.1, 0.9});
  for (LevelModel& level : c.levels) level.m_trained = false;
  EXPECT_THAT(check_model(with(c)), ElementsAre(HasSubstr("no session trained it")));
}

TEST(CheckModel, TellsSessionsThatDisagreeByDifference) {
  Model model = with(comparison("a", {0.7, 0.3}, {0.1, 0.9}));
  model.sessions = {session("by birth_date", {0.85, 0.15}), session("by town", {0.6, 0.4})};
  EXPECT_THAT(check_model(model), ElementsAre(AllOf(HasSubstr("level 1"), HasSubstr("by town"),
                                                    HasSubstr("by birth_date")),
                                              HasSubstr("level 2")));
}

TEST(CheckModel, TellsSessionsThatDisagreeByFactor) {
  Model model = with(comparison("a", {0.9, 0.07, 0.03}, {0.1, 0.1, 0.8}));
  model.sessions = {session("x", {0.9, 0.09, 0.01}), session("y", {0.91, 0.015, 0.075})};
  EXPECT_THAT(check_model(model), ElementsAre(HasSubstr("level 2"), HasSubstr("level 3")));
}

TEST(CheckModel, IgnoresFactorsBetweenTinyProbabilities) {
  Model model = with(comparison("a", {0.99, 0.01}, {0.1, 0.9}));
  model.sessions = {session("x", {0.999, 0.001}), session("y", {0.985, 0.015})};
  EXPECT_THAT(check_model(model), IsEmpty());
}

TEST(CheckModel, TellsSessionsWithoutConvergenceOrPairs) {
  Model model = with(comparison("a", {0.7, 0.3}, {0.1, 0.9}));
  model.sessions = {session("x", {}), session("y", {})};
  model.sessions[0].converged = false;
  model.sessions[1].pairs = 0;
  EXPECT_THAT(check_model(model), ElementsAre(HasSubstr("rule x: no convergence in 7"),
                                              HasSubstr("rule y: it had no pairs")));
}

TEST(CheckModel, TellsProbabilitiesThatDoNotSumToOne) {
  EXPECT_THAT(check_model(with(comparison("a", {0.9, 0.2}, {0.1, 0.9}))),
              ElementsAre(HasSubstr("m sum to 1.100")));
}

}  // namespace
}  // namespace tessera
