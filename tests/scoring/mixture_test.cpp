// Classes planted in simulated comparison vectors: matches, members of a household, neighbours,
// namesakes of two kinds and strangers. Each must be found again with its size and its shares of
// levels.
#include "scoring/mixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
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
constexpr std::uint64_t kNamesakes = 6'000;
constexpr std::uint64_t kFullNamesakes = 4'000;
constexpr std::uint64_t kPairs =
    kStrangers + kMatches + kHouseholds + kNeighbours + kNamesakes + kFullNamesakes;

constexpr auto kHousehold = static_cast<std::size_t>(Relation::kHousehold);
constexpr auto kNeighbour = static_cast<std::size_t>(Relation::kNeighbours);
constexpr auto kNamesake = static_cast<std::size_t>(Relation::kNamesakes);
constexpr auto kFullNamesake = static_cast<std::size_t>(Relation::kFullNamesakes);

const std::vector<RelationRole> kRoles = {
    RelationRole::kGiven,     RelationRole::kSex,   RelationRole::kBirth, RelationRole::kFamily,
    RelationRole::kHousehold, RelationRole::kPlace, RelationRole::kPlace};

/// Given name, sex, birth date, family name, phone, village and postcode, with what each relation
/// shows.
std::vector<ComparisonModel> planted() {
  std::vector<ComparisonModel> truth = {
      comparison("given_name", {0.88, 0.07, 0.05}, {0.01, 0.03, 0.96}),
      comparison("sex", {0.98, 0.02}, {0.5, 0.5}),
      comparison("birth_date", {0.9, 0.06, 0.04}, {0.001, 0.01, 0.989}),
      comparison("family_name", {0.93, 0.07}, {0.005, 0.995}),
      comparison("phone", {0.8, 0.2}, {0.0005, 0.9995}),
      comparison("village", {0.9, 0.1}, {0.01, 0.99}),
      comparison("postcode", {0.85, 0.15}, {0.002, 0.998})};
  for (ComparisonModel& c : truth) {
    std::vector<double> u;
    for (const LevelModel& level : c.levels) u.push_back(level.u);
    c.h.assign(kRelations, u);
  }
  truth[0].h[kNamesake] = {0.9, 0.06, 0.04};
  truth[1].h[kNamesake] = {0.95, 0.05};
  for (double& share : truth[2].h[kHousehold]) share *= 1 - kTwinShare;
  truth[2].h[kHousehold][0] += kTwinShare;
  truth[3].h[kHousehold] = {0.85, 0.15};
  truth[4].h[kHousehold] = {0.7, 0.3};
  truth[5].h = {{0.95, 0.05}, {0.9, 0.1}, {0.5, 0.5}, {0.01, 0.99}};
  truth[6].h = {{0.9, 0.1}, {0.8, 0.2}, {0.4, 0.6}, {0.002, 0.998}};
  truth[0].h[kFullNamesake] = {0.85, 0.09, 0.06};
  truth[1].h[kFullNamesake] = {0.97, 0.03};
  truth[3].h[kFullNamesake] = {0.9, 0.1};
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
      c.levels[i].m = c.h[relation][i];
    }
  }
  return persons;
}

/// How many pairs of each class there are.
struct Sizes {
  std::uint64_t matches = kMatches;
  std::array<std::uint64_t, kRelations> related = {kHouseholds, kNeighbours, kNamesakes,
                                                   kFullNamesakes};
};

PatternCounts join(const std::vector<PatternCounts>& classes) {
  std::map<Pattern, std::uint64_t> pairs;
  for (const PatternCounts& counts : classes) {
    for (const PatternCount& count : counts) pairs[count.pattern] += count.pairs;
  }
  PatternCounts all;
  for (const auto& [pattern, number] : pairs) all.push_back({pattern, 0.0, number});
  return all;
}

/// Patterns of all classes together, of kPairs pairs.
PatternCounts population(std::uint64_t seed, const Sizes& sizes = {}) {
  const std::uint64_t strangers = std::accumulate(sizes.related.begin(), sizes.related.end(),
                                                  kPairs - sizes.matches, std::minus<>());
  std::vector<PatternCounts> classes = {
      test::simulate(planted(), 0.0, strangers, 0.05, seed),
      test::simulate(planted(), 1.0, sizes.matches, 0.05, seed + 1000)};
  for (std::size_t k = 0; k < sizes.related.size(); ++k) {
    classes.push_back(
        test::simulate(related(k), 1.0, sizes.related[k], 0.05, seed + 2000 + 1000 * k));
  }
  return join(classes);
}

/// 300 matches and 2,000 candidate pairs of strangers beside households.
PatternCounts small_population(std::uint64_t households) {
  return join({test::simulate(planted(), 0.0, 2'000, 0.0, 21),
               test::simulate(planted(), 1.0, 300, 0.0, 22),
               test::simulate(related(kHousehold), 1.0, households, 0.0, 23)});
}

MixtureOptions options_with(const std::vector<RelationRole>& roles) {
  MixtureOptions options;
  options.roles = roles;
  options.max_iterations = 500;
  return options;
}

MixtureResult estimated(const PatternCounts& counts, const std::vector<RelationRole>& roles) {
  return estimate_mixture(counts, guess(), 0.002, kPairs, options_with(roles));
}

class PlantedClasses : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedClasses, AreToldApart) {
  const std::vector<ComparisonModel> truth = planted();
  const MixtureResult found = estimated(population(GetParam()), kRoles);
  EXPECT_TRUE(found.converged);
  // Shares of a class of 3,000 have a standard error of at most 0.009; which pairs are in it is not
  // known for sure.
  EXPECT_NEAR(found.prior * kPairs, kMatches, 0.05 * kMatches);
  ASSERT_EQ(found.relation_priors.size(), kRelations);
  // A household whose members' phone and family name differ or are missing looks like neighbours.
  EXPECT_NEAR(found.relation_priors[kHousehold] * kPairs, kHouseholds, 0.1 * kHouseholds);
  EXPECT_NEAR(found.relation_priors[kNeighbour] * kPairs, kNeighbours, 0.1 * kNeighbours);
  EXPECT_NEAR(found.relation_priors[kNamesake] * kPairs, kNamesakes, 0.1 * kNamesakes);
  EXPECT_NEAR(found.relation_priors[kFullNamesake] * kPairs, kFullNamesakes, 0.1 * kFullNamesakes);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    ASSERT_EQ(found.comparisons[c].h.size(), found.relation_priors.size());
    for (std::size_t i = 0; i < truth[c].levels.size(); ++i) {
      EXPECT_NEAR(found.comparisons[c].levels[i].m, truth[c].levels[i].m, 0.035) << truth[c].name;
      EXPECT_EQ(found.comparisons[c].levels[i].u, truth[c].levels[i].u);
      for (std::size_t k = 0; k < kRelations; ++k) {
        EXPECT_NEAR(found.comparisons[c].h[k][i], truth[c].h[k][i], 0.035)
            << truth[c].name << ", relation " << k;
      }
    }
  }
}

TEST_P(PlantedClasses, AreTakenForMatchesWithoutClassesOfTheirOwn) {
  const MixtureResult found = estimated(population(GetParam()), {});
  EXPECT_TRUE(found.relation_priors.empty());
  EXPECT_GT(found.prior * kPairs, 1.4 * kMatches);
}

TEST_P(PlantedClasses, TwoClassesSufficeWithoutRelatedPersons) {
  const std::vector<ComparisonModel> truth = planted();
  const MixtureResult found =
      estimated(population(GetParam(), {.matches = kMatches, .related = {}}), {});
  EXPECT_TRUE(found.converged);
  EXPECT_TRUE(found.relation_priors.empty());
  EXPECT_NEAR(found.prior * kPairs, kMatches, 0.02 * kMatches);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    EXPECT_TRUE(found.comparisons[c].h.empty());
    for (std::size_t i = 0; i < truth[c].levels.size(); ++i) {
      // Three standard errors of the rarest share are 0.014, of a half 0.027.
      EXPECT_NEAR(found.comparisons[c].levels[i].m, truth[c].levels[i].m, 0.025) << truth[c].name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedClasses, testing::Values(1, 2, 3));

TEST(EstimateMixture, FindsHouseholdsWhereThereIsNoOtherRelation) {
  const MixtureResult found =
      estimated(population(11, {.matches = kMatches, .related = {kHouseholds, 0, 0, 0}}), kRoles);
  EXPECT_NEAR(found.prior * kPairs, kMatches, 0.05 * kMatches);
  ASSERT_FALSE(found.relation_priors.empty());
  EXPECT_NEAR(found.relation_priors[0] * kPairs, kHouseholds, 0.1 * kHouseholds);
  EXPECT_NEAR(found.comparisons[3].h.at(0)[0], 0.85, 0.035);
  EXPECT_NEAR(found.comparisons[4].h.at(0)[0], 0.7, 0.035);
}

TEST(EstimateMixture, DoesNotDependOnTheOrderOfComparisons) {
  constexpr std::array<std::size_t, 7> kOrder = {4, 2, 6, 0, 5, 1, 3};
  const PatternCounts counts = population(6);
  PatternCounts reordered = counts;
  for (PatternCount& count : reordered) {
    Pattern pattern = 0;
    for (std::size_t c = 0; c < kOrder.size(); ++c) {
      pattern = with_level(pattern, c, level_of(count.pattern, kOrder[c]));
    }
    count.pattern = pattern;
  }
  std::vector<ComparisonModel> start;
  std::vector<RelationRole> roles;
  for (const std::size_t c : kOrder) {
    start.push_back(guess()[c]);
    roles.push_back(kRoles[c]);
  }
  const MixtureResult found = estimated(counts, kRoles);
  const MixtureResult other =
      estimate_mixture(reordered, start, 0.002, kPairs, options_with(roles));
  EXPECT_NEAR(other.prior, found.prior, 1e-9);
  ASSERT_EQ(other.relation_priors.size(), found.relation_priors.size());
  for (std::size_t c = 0; c < kOrder.size(); ++c) {
    const ComparisonModel& expected = found.comparisons[kOrder[c]];
    EXPECT_EQ(other.comparisons[c].name, expected.name);
    for (std::size_t i = 0; i < expected.levels.size(); ++i) {
      EXPECT_NEAR(other.comparisons[c].levels[i].m, expected.levels[i].m, 1e-8);
      for (std::size_t k = 0; k < expected.h.size(); ++k) {
        EXPECT_NEAR(other.comparisons[c].h.at(k)[i], expected.h[k][i], 1e-8);
      }
    }
  }
}

TEST(EstimateMixture, HoldsRelatedPersonsAtStrangersWhereTheyDiffer) {
  const MixtureResult found = estimated(population(5), kRoles);
  const ComparisonModel& given = found.comparisons[0];
  const ComparisonModel& birth = found.comparisons[2];
  ASSERT_EQ(birth.h.size(), kRelations);
  EXPECT_NEAR(birth.h[kHousehold][0], kTwinShare + (1 - kTwinShare) * birth.levels[0].u, 1e-12);
  EXPECT_NEAR(birth.h[kNeighbour][0], birth.levels[0].u, 1e-12);
  EXPECT_NEAR(birth.h[kNamesake][0], birth.levels[0].u, 1e-12);
  EXPECT_NEAR(birth.h[kFullNamesake][0], birth.levels[0].u, 1e-12);
  EXPECT_NEAR(given.h[kHousehold][0], given.levels[0].u, 1e-12);
  EXPECT_NEAR(given.h[kNeighbour][0], given.levels[0].u, 1e-12);
  EXPECT_NEAR(found.comparisons[3].h[kNamesake][0], found.comparisons[3].levels[0].u, 1e-12);
  for (const std::size_t c : {std::size_t{4}, std::size_t{5}, std::size_t{6}}) {
    const ComparisonModel& other = found.comparisons[c];
    EXPECT_NEAR(other.h[kFullNamesake][0], other.levels[0].u, 1e-12) << other.name;
  }
}

// A relation needs 20 expected pairs: a dozen households teach nothing, two hundred do.
TEST(EstimateMixture, GivesUpARelationOfFewPairs) {
  const PatternCounts few = small_population(12);
  EXPECT_TRUE(estimated(few, kRoles).relation_priors.empty());
  const MixtureResult found = estimated(small_population(200), kRoles);
  ASSERT_FALSE(found.relation_priors.empty());
  for (const ComparisonModel& c : found.comparisons) {
    EXPECT_EQ(c.h.size(), found.relation_priors.size());
  }
  EXPECT_NEAR(found.relation_priors[kHousehold] * kPairs, 200, 40);
}

TEST(EstimateMixture, GivesUpRelationsThatHaveNoPairs) {
  const PatternCounts counts = test::simulate(planted(), 0.0, 2'000, 0.0, 4);
  const MixtureResult found = estimated(counts, kRoles);
  EXPECT_TRUE(found.relation_priors.empty());
  for (const ComparisonModel& c : found.comparisons) EXPECT_TRUE(c.h.empty());
}

TEST(EstimateMixture, KnowsNoNamesakesWithoutBirthDates) {
  std::vector<RelationRole> roles = kRoles;
  roles[2] = RelationRole::kOpen;
  const MixtureResult found = estimated(population(7), roles);
  EXPECT_LE(found.relation_priors.size(), 2U);  // households and neighbours
}

TEST(EstimateMixture, GivesProbabilitiesThatSumToOne) {
  const MixtureResult found = estimated(population(9), kRoles);
  double priors = found.prior;
  for (const double prior : found.relation_priors) priors += prior;
  EXPECT_LT(priors, 1.0);
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
