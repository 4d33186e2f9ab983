#include "scoring/mixture.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

using test::comparison;

constexpr std::uint64_t kStrangers = 300'000;
constexpr std::uint64_t kMatches = 3'000;
constexpr std::uint64_t kHouseholds = 5'000;
constexpr std::uint64_t kNeighbours = 8'000;
constexpr std::uint64_t kPairs = kStrangers + kMatches + kHouseholds + kNeighbours;

const std::vector<RelationRole> kRoles = {
    RelationRole::kPersonal, RelationRole::kPersonal, RelationRole::kBirth, RelationRole::kFamily,
    RelationRole::kFamily,   RelationRole::kPlace,    RelationRole::kPlace};

/// Given name, sex, birth date, family name, phone, village and postcode; of the last four, h among
/// members of a household and among neighbours.
std::vector<ComparisonModel> planted() {
  std::vector<ComparisonModel> truth = {
      comparison("given_name", {0.88, 0.07, 0.05}, {0.01, 0.03, 0.96}),
      comparison("sex", {0.98, 0.02}, {0.5, 0.5}),
      comparison("birth_date", {0.9, 0.06, 0.04}, {0.001, 0.01, 0.989}),
      comparison("family_name", {0.93, 0.07}, {0.005, 0.995}),
      comparison("phone", {0.8, 0.2}, {0.0005, 0.9995}),
      comparison("village", {0.9, 0.1}, {0.01, 0.99}),
      comparison("postcode", {0.85, 0.15}, {0.002, 0.998})};
  truth[3].h = {{0.85, 0.15}, {0.005, 0.995}};
  truth[4].h = {{0.7, 0.3}, {0.0005, 0.9995}};
  truth[5].h = {{0.95, 0.05}, {0.9, 0.1}};
  truth[6].h = {{0.9, 0.1}, {0.8, 0.2}};
  return truth;
}

std::vector<ComparisonModel> guess() {
  std::vector<ComparisonModel> start = planted();
  for (ComparisonModel& c : start) {
    const double rest = 0.2 / static_cast<double>(c.levels.size() - 1);
    for (std::size_t i = 0; i < c.levels.size(); ++i) c.levels[i].m = i == 0 ? 0.8 : rest;
    c.h.clear();
  }
  return start;
}

/// The planted model with m replaced by what related persons show.
std::vector<ComparisonModel> related(std::size_t relation) {
  std::vector<ComparisonModel> persons = planted();
  for (ComparisonModel& c : persons) {
    for (std::size_t i = 0; i < c.levels.size(); ++i) {
      c.levels[i].m = c.h.empty() ? c.levels[i].u : c.h[relation][i];
    }
  }
  return persons;
}

/// Patterns of all classes together.
PatternCounts population(std::uint64_t seed) {
  std::map<Pattern, std::uint64_t> pairs;
  for (const auto& counts : {test::simulate(planted(), 0.0, kStrangers, 0.05, seed),
                             test::simulate(planted(), 1.0, kMatches, 0.05, seed + 1000),
                             test::simulate(related(0), 1.0, kHouseholds, 0.05, seed + 2000),
                             test::simulate(related(1), 1.0, kNeighbours, 0.05, seed + 3000)}) {
    for (const PatternCount& count : counts) pairs[count.pattern] += count.pairs;
  }
  PatternCounts all;
  for (const auto& [pattern, number] : pairs) all.push_back({pattern, 0.0, number});
  return all;
}

MixtureResult estimated(const PatternCounts& counts, bool with_relations) {
  MixtureOptions options;
  if (with_relations) options.roles = kRoles;
  options.max_iterations = 500;
  options.tolerance = 1e-4;
  return estimate_mixture(counts, guess(), 0.002, kPairs, options);
}

class PlantedRelations : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedRelations, AreToldFromMatches) {
  const std::vector<ComparisonModel> truth = planted();
  const MixtureResult found = estimated(population(GetParam()), true);
  EXPECT_TRUE(found.converged);
  // Shares of a class of 3,000 have a standard error of at most 0.009; which pairs are in it is not
  // known for sure.
  EXPECT_NEAR(found.prior * kPairs, kMatches, 0.05 * kMatches);
  ASSERT_EQ(found.relation_priors.size(), 2U);
  // A household whose members' phone and family name differ or are missing looks like neighbours.
  EXPECT_NEAR(found.relation_priors[0] * kPairs, kHouseholds, 0.1 * kHouseholds);
  EXPECT_NEAR(found.relation_priors[1] * kPairs, kNeighbours, 0.1 * kNeighbours);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    for (std::size_t i = 0; i < truth[c].levels.size(); ++i) {
      EXPECT_NEAR(found.comparisons[c].levels[i].m, truth[c].levels[i].m, 0.035) << truth[c].name;
      EXPECT_EQ(found.comparisons[c].levels[i].u, truth[c].levels[i].u);
      for (std::size_t k = 0; k < truth[c].h.size(); ++k) {
        EXPECT_NEAR(found.comparisons[c].h.at(k)[i], truth[c].h[k][i], 0.035) << truth[c].name;
      }
    }
  }
}

TEST_P(PlantedRelations, AreTakenForMatchesWithoutClassesOfTheirOwn) {
  const MixtureResult found = estimated(population(GetParam()), false);
  EXPECT_TRUE(found.relation_priors.empty());
  EXPECT_GT(found.prior * kPairs, 1.4 * kMatches);
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedRelations, testing::Values(1, 2, 3));

TEST(EstimateMixture, HoldsBirthDatesOfAHouseholdAtStrangersAndTwins) {
  const MixtureResult found = estimated(population(5), true);
  const ComparisonModel& birth = found.comparisons[2];
  ASSERT_EQ(birth.h.size(), 2U);
  EXPECT_NEAR(birth.h[0][0], kTwinShare + (1 - kTwinShare) * birth.levels[0].u, 1e-12);
  EXPECT_NEAR(birth.h[1][0], birth.levels[0].u, 1e-12);
  EXPECT_TRUE(found.comparisons[0].h.empty());
}

TEST(EstimateMixture, GivesUpRelationsThatHaveNoPairs) {
  const PatternCounts counts = test::simulate(planted(), 0.0, 2'000, 0.0, 4);
  const MixtureResult found = estimated(counts, true);
  EXPECT_TRUE(found.relation_priors.empty());
  for (const ComparisonModel& c : found.comparisons) EXPECT_TRUE(c.h.empty());
}

TEST(EstimateMixture, GivesProbabilitiesThatSumToOne) {
  const MixtureResult found = estimated(population(9), true);
  for (const ComparisonModel& c : found.comparisons) {
    double m = 0.0;
    for (const LevelModel& level : c.levels) m += level.m;
    EXPECT_NEAR(m, 1.0, 1e-12);
    for (const std::vector<double>& h : c.h) {
      EXPECT_NEAR(std::accumulate(h.begin(), h.end(), 0.0), 1.0, 1e-12);
    }
  }
}

TEST(EstimateMixture, OfNoCandidatesKeepsTheStart) {
  const MixtureResult found = estimate_mixture({}, guess(), 0.002, 1'000'000, {});
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.comparisons[0].levels[0].m, 0.8, 1e-12);
  EXPECT_GT(found.prior, 0.0);
}

}  // namespace
}  // namespace tessera
