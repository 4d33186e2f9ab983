// Classes planted in simulated comparison vectors: matches, members of a household, neighbours,
// namesakes of three kinds and strangers. Each must be found again with its size and its
// shares of levels.
#include "scoring/mixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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
constexpr std::uint64_t kLocalNamesakes = 350;  // under a tenth of the full namesakes
constexpr std::uint64_t kPairs = kStrangers + kMatches + kHouseholds + kNeighbours + kNamesakes +
                                 kFullNamesakes + kLocalNamesakes;

constexpr auto kHousehold = static_cast<std::size_t>(Relation::kHousehold);
constexpr auto kNeighbour = static_cast<std::size_t>(Relation::kNeighbours);
constexpr auto kNamesake = static_cast<std::size_t>(Relation::kNamesakes);
constexpr auto kFullNamesake = static_cast<std::size_t>(Relation::kFullNamesakes);
constexpr auto kLocalNamesake = static_cast<std::size_t>(Relation::kLocalNamesakes);

const std::vector<RelationRole> kRoles = {
    RelationRole::kGiven,     RelationRole::kSex,   RelationRole::kBirth, RelationRole::kFamily,
    RelationRole::kHousehold, RelationRole::kPlace, RelationRole::kPlace};

// Comparisons in which they are as records of one person.
constexpr std::array<std::size_t, 5> kSharedByLocalNamesakes = {0, 1, 3, 5, 6};

std::vector<double> m_of(const ComparisonModel& comparison) {
  std::vector<double> m;
  for (const LevelModel& level : comparison.levels) m.push_back(level.m);
  return m;
}

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
  truth[5].h[kHousehold] = {0.95, 0.05};
  truth[5].h[kNeighbour] = {0.9, 0.1};
  truth[5].h[kNamesake] = {0.5, 0.5};
  truth[6].h[kHousehold] = {0.9, 0.1};
  truth[6].h[kNeighbour] = {0.8, 0.2};
  truth[6].h[kNamesake] = {0.4, 0.6};
  truth[0].h[kFullNamesake] = {0.85, 0.09, 0.06};
  truth[1].h[kFullNamesake] = {0.97, 0.03};
  truth[3].h[kFullNamesake] = {0.9, 0.1};
  for (const std::size_t c : kSharedByLocalNamesakes) truth[c].h[kLocalNamesake] = m_of(truth[c]);
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
                                                   kFullNamesakes, kLocalNamesakes};
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
  const std::vector<SourcePairCounts> candidates = {{counts, kPairs}};
  return estimate_mixture(candidates, guess(), 0.002, options_with(roles));
}

/// Of all possible pairs, in pairs.
double related_pairs(const MixtureResult& found, std::size_t relation) {
  return found.relations.at(relation).prior * static_cast<double>(kPairs);
}

class PlantedClasses : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PlantedClasses, AreToldApart) {
  const std::vector<ComparisonModel> truth = planted();
  const MixtureResult found = estimated(population(GetParam()), kRoles);
  EXPECT_TRUE(found.converged);
  // Shares of a class of 3,000 have a standard error of at most 0.009; which pairs are in it is not
  // known for sure.
  EXPECT_NEAR(found.prior * kPairs, kMatches, 0.05 * kMatches);
  ASSERT_EQ(found.relations.size(), kRelations);
  // A household whose members' phone and family name differ or are missing looks like neighbours.
  EXPECT_NEAR(related_pairs(found, kHousehold), kHouseholds, 0.1 * kHouseholds);
  EXPECT_NEAR(related_pairs(found, kNeighbour), kNeighbours, 0.1 * kNeighbours);
  EXPECT_NEAR(related_pairs(found, kNamesake), kNamesakes, 0.1 * kNamesakes);
  EXPECT_NEAR(related_pairs(found, kFullNamesake), kFullNamesakes, 0.1 * kFullNamesakes);
  EXPECT_NEAR(related_pairs(found, kLocalNamesake), kLocalNamesakes, 0.25 * kLocalNamesakes);
  for (std::size_t c = 0; c < truth.size(); ++c) {
    ASSERT_EQ(found.comparisons[c].h.size(), found.relations.size());
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
  EXPECT_TRUE(found.relations.empty());
  EXPECT_GT(found.prior * kPairs, 1.4 * kMatches);
}

TEST_P(PlantedClasses, TwoClassesSufficeWithoutRelatedPersons) {
  const std::vector<ComparisonModel> truth = planted();
  const MixtureResult found =
      estimated(population(GetParam(), {.matches = kMatches, .related = {}}), {});
  EXPECT_TRUE(found.converged);
  EXPECT_TRUE(found.relations.empty());
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
  ASSERT_FALSE(found.relations.empty());
  EXPECT_NEAR(related_pairs(found, 0), kHouseholds, 0.1 * kHouseholds);
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
  const MixtureResult other = estimate_mixture(std::vector<SourcePairCounts>{{reordered, kPairs}},
                                               start, 0.002, options_with(roles));
  EXPECT_NEAR(other.prior, found.prior, 1e-9);
  ASSERT_EQ(other.relations.size(), found.relations.size());
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

TEST(EstimateMixture, TiesLocalNamesakesToMatches) {
  const MixtureResult found = estimated(population(5), kRoles);
  ASSERT_EQ(found.relations.size(), kRelations);
  const auto is_m = [&](std::size_t c, std::size_t relation) {
    return found.comparisons[c].h[relation] == m_of(found.comparisons[c]);
  };
  for (const std::size_t c : kSharedByLocalNamesakes) EXPECT_TRUE(is_m(c, kLocalNamesake)) << c;
  const ComparisonModel& birth = found.comparisons[2];
  EXPECT_NEAR(birth.h[kLocalNamesake][0], birth.levels[0].u, 1e-12);
}

// Matches with wrong dates look like local namesakes: without namesakes elsewhere there are none.
TEST(EstimateMixture, TakesNoMatchesForLocalNamesakes) {
  const Sizes none{.matches = 6'000, .related = {kHouseholds, 0, 0, 0, 1'000}};
  for (const RelationModel& relation : estimated(population(12, none), kRoles).relations) {
    EXPECT_TRUE(relation.name != "local namesakes" || relation.prior * kPairs < 200.0);
  }
}

TEST(EstimateMixture, SaysWhichRelationsShareByChance) {
  const MixtureResult found = estimated(population(5), kRoles);
  ASSERT_EQ(found.relations.size(), kRelations);
  for (std::size_t k = 0; k < kRelations; ++k) {
    EXPECT_EQ(found.relations[k].by_chance, k != kHousehold);
  }
}

// A relation needs 20 expected pairs: a dozen households teach nothing, two hundred do.
TEST(EstimateMixture, GivesUpARelationOfFewPairs) {
  const PatternCounts few = small_population(12);
  EXPECT_TRUE(estimated(few, kRoles).relations.empty());
  const MixtureResult found = estimated(small_population(200), kRoles);
  ASSERT_FALSE(found.relations.empty());
  for (const ComparisonModel& c : found.comparisons) {
    EXPECT_EQ(c.h.size(), found.relations.size());
  }
  EXPECT_NEAR(related_pairs(found, kHousehold), 200, 40);
}

TEST(EstimateMixture, GivesUpRelationsThatHaveNoPairs) {
  const PatternCounts counts = test::simulate(planted(), 0.0, 2'000, 0.0, 4);
  const MixtureResult found = estimated(counts, kRoles);
  EXPECT_TRUE(found.relations.empty());
  for (const ComparisonModel& c : found.comparisons) EXPECT_TRUE(c.h.empty());
}

TEST(EstimateMixture, KnowsNoNamesakesWithoutBirthDates) {
  std::vector<RelationRole> roles = kRoles;
  roles[2] = RelationRole::kOpen;
  const MixtureResult found = estimated(population(7), roles);
  EXPECT_LE(found.relations.size(), 2U);  // households and neighbours
}

TEST(EstimateMixture, GivesProbabilitiesThatSumToOne) {
  const MixtureResult found = estimated(population(9), kRoles);
  double priors = found.prior;
  for (const RelationModel& relation : found.relations) priors += relation.prior;
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

// Two pairs of sources, one with ten times the matches and a quarter of the households.
TEST(EstimateMixture, FindsTheSharesOfEachPairOfSources) {
  const Sizes many{.matches = 5'000, .related = {1'000, kNeighbours, 0, 0, 0}};
  const Sizes few{.matches = 500, .related = {4'000, kNeighbours, 0, 0, 0}};
  const std::vector<SourcePairCounts> candidates = {{population(31, many), kPairs},
                                                    {population(32, few), 2 * kPairs}};
  const MixtureResult found = estimate_mixture(candidates, guess(), 0.002, options_with(kRoles));
  ASSERT_EQ(found.source_pairs.size(), 2U);
  const auto pairs = static_cast<double>(kPairs);
  EXPECT_NEAR(found.source_pairs[0].prior * pairs, 5'000, 250);
  EXPECT_NEAR(found.source_pairs[1].prior * 2 * pairs, 500, 50);
  EXPECT_NEAR(found.prior * 3 * pairs, 5'500, 250);
  ASSERT_FALSE(found.relations.empty());
  EXPECT_EQ(found.relations[0].name, "household");
  EXPECT_NEAR(found.source_pairs[0].relation_priors.at(0) * pairs, 1'000, 200);
  EXPECT_NEAR(found.source_pairs[1].relation_priors.at(0) * 2 * pairs, 4'000, 400);
}

// No candidates among `possible` pairs: a share of its own would be 0. With kShrink pairs expected
// at the rate of all pairs it is half of theirs, with a hundredth of that nearly theirs.
TEST(EstimateMixture, HoldsSmallPairsOfSourcesTowardsAll) {
  constexpr double kShrink = 20.0;
  MixtureOptions options = options_with({});
  options.shrink_pairs = kShrink;
  const PatternCounts counts = population(33, {.matches = kMatches, .related = {}});
  for (const std::uint64_t possible : {20U, 2'000U, 200'000U}) {
    const std::vector<SourcePairCounts> candidates = {{counts, kPairs}, {{}, possible}};
    const MixtureResult found = estimate_mixture(candidates, guess(), 0.002, options);
    const double expected = static_cast<double>(possible) * found.prior;
    EXPECT_NEAR(found.source_pairs[1].prior / found.prior, kShrink / (kShrink + expected), 1e-9);
    EXPECT_NEAR(found.source_pairs[0].prior * static_cast<double>(kPairs), kMatches,
                0.03 * kMatches);
  }
}

TEST(EstimateMixture, OfNoCandidatesKeepsTheStart) {
  const std::vector<SourcePairCounts> none = {{{}, 1'000'000}};
  const MixtureResult found = estimate_mixture(none, guess(), 0.002, {});
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.comparisons[0].levels[0].m, 0.8, 1e-12);
  EXPECT_GT(found.prior, 0.0);
}

TEST(EstimateMixture, OfNoPossiblePairsIsStillAModel) {
  for (const std::vector<SourcePairCounts>& none :
       {std::vector<SourcePairCounts>{}, std::vector<SourcePairCounts>{{{}, 0}}}) {
    const MixtureResult found = estimate_mixture(none, guess(), 0.002, options_with(kRoles));
    EXPECT_GT(found.prior, 0.0);
    EXPECT_LT(found.prior, 1.0);
    EXPECT_TRUE(found.relations.empty());
    for (const SourcePairShares& shares : found.source_pairs) EXPECT_GT(shares.prior, 0.0);
  }
}

}  // namespace
}  // namespace tessera
