#include "engine/pair_weigher.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

/// One comparison of villages, of which four in five say kathmandu.
class VillageWeights : public testing::Test {
 protected:
  VillageWeights() {
    ComparisonSpec spec;
    spec.name = "village";
    spec.levels = {parse_level("exact").value(), parse_level("else").value()};
    spec.term_frequency = true;
    comparisons_ = {spec};
    model_ = untrained_model(comparisons_);
    model_.prior = 0.5;
    model_.comparisons[0].levels[0].m = 0.9;
    model_.comparisons[0].levels[0].u = 0.6;
    model_.comparisons[0].levels[1].m = 0.1;
    model_.comparisons[0].levels[1].u = 0.4;
  }

  /// What agreeing on the common and on the rare village adds against an alternative.
  std::pair<double, double> common_and_rare(std::size_t alternative) const {
    const RecordComparer comparer(table_, comparisons_, nicknames_);
    const PairWeigher weigher(model_, table_, comparer);
    const Code kathmandu = table_.columns[0].codes[0];
    const Code rara = table_.columns[0].codes[4];
    return {weigher.part_bits(0, 1, kathmandu, kathmandu)[alternative],
            weigher.part_bits(0, 1, rara, rara)[alternative]};
  }

  Table table_ = test::make_table(
      {{"village", Kind::kPlace}},
      {{"kathmandu"}, {"kathmandu"}, {"kathmandu"}, {"kathmandu"}, {"rara"}}, {0, 0, 1, 1, 2});
  NicknameTable nicknames_ = NicknameTable::built_in();
  std::vector<ComparisonSpec> comparisons_;
  Model model_;
};

// Agreeing is worth log2(m / tf).
TEST_F(VillageWeights, ACommonValueIsWorthLess) {
  const auto [common, rare] = common_and_rare(0);
  EXPECT_NEAR(common, std::log2(0.9 / 0.8), 1e-12);
  EXPECT_NEAR(rare, std::log2(0.9 / 0.2), 1e-12);
  const RecordComparer comparer(table_, comparisons_, nicknames_);
  const PairWeigher weigher(model_, table_, comparer);
  EXPECT_NEAR(weigher.weight_bits(0, 4), std::log2(0.1 / 0.4), 1e-12);  // the prior is even
}

TEST_F(VillageWeights, RarityComesFromTheFrequency) {
  const RecordComparer comparer(table_, comparisons_, nicknames_);
  const PairWeigher weigher(model_, table_, comparer);
  EXPECT_TRUE(weigher.counts_rarity(0, 1));
  EXPECT_FALSE(weigher.counts_rarity(0, 2));
  EXPECT_NEAR(weigher.rarity_bits(0, table_.columns[0].codes[0]), -std::log2(0.8), 1e-12);
  EXPECT_NEAR(weigher.rarest_bits(0), -std::log2(0.2), 1e-12);
  EXPECT_NEAR(weigher.bits_at(0, 1, 3.0)[0], std::log2(0.9 * 8.0), 1e-12);
  EXPECT_NEAR(weigher.bits_at(0, 2, 3.0)[0], std::log2(0.1 / 0.4), 1e-12);
}

TEST_F(VillageWeights, WithoutTermFrequencyNoRarityCounts) {
  model_.comparisons[0].levels[0].term_frequency = false;
  const RecordComparer comparer(table_, comparisons_, nicknames_);
  const PairWeigher weigher(model_, table_, comparer);
  EXPECT_FALSE(weigher.counts_rarity(0, 1));
  EXPECT_EQ(weigher.rarest_bits(0), 0.0);
  EXPECT_NEAR(weigher.part_bits(0, 1, 1, 1)[0], std::log2(0.9 / 0.6), 1e-12);
}

// A household hands its village on: a rare one is no less shared. Namesakes in one village are
// there by chance, and those who do not share villages (h = u) are as strangers.
TEST_F(VillageWeights, RaritySpeaksAgainstWhatIsSharedByChance) {
  model_.relations = {{"household", 0.1, false}, {"local namesakes", 0.1, true}, {"twins", 0.1}};
  model_.comparisons[0].h = {{0.75, 0.25}, {0.75, 0.25}, {0.6, 0.4}};
  const auto [common, rare] = common_and_rare(1);
  EXPECT_NEAR(common, std::log2(0.9 / 0.75), 1e-12);
  EXPECT_NEAR(rare, std::log2(0.9 / 0.75), 1e-12);
  const auto [common_by_chance, rare_by_chance] = common_and_rare(2);
  EXPECT_NEAR(common_by_chance, std::log2(0.9 / 0.75 * 0.6 / 0.8), 1e-12);
  EXPECT_NEAR(rare_by_chance, std::log2(0.9 / 0.75 * 0.6 / 0.2), 1e-12);
  const auto [common_unshared, rare_unshared] = common_and_rare(3);
  EXPECT_NEAR(common_unshared, std::log2(0.9 / 0.8), 1e-12);
  EXPECT_NEAR(rare_unshared, std::log2(0.9 / 0.2), 1e-12);
}

TEST_F(VillageWeights, StartFromThePriorsOfThePairOfSources) {
  model_.relations = {{"household", 0.25, false}};
  model_.comparisons[0].h = {{0.75, 0.25}};
  model_.source_pairs = {{"s0", "s0", 0.2, {0.1}}, {"s1", "s0", 0.4, {0.1}}};
  const RecordComparer comparer(table_, comparisons_, nicknames_);
  const PairWeigher weigher(model_, table_, comparer);
  const SourceId zero{0};
  const SourceId one{1};
  EXPECT_EQ(weigher.alternatives(), 2U);
  EXPECT_NEAR(weigher.start(zero, zero)[0], -2.0, 1e-12);  // odds 1 : 4
  EXPECT_NEAR(weigher.start(zero, zero)[1], 1.0, 1e-12);   // 0.2 : 0.1
  EXPECT_NEAR(weigher.start(zero, one)[1], 2.0, 1e-12);
  EXPECT_EQ(weigher.start(one, zero), weigher.start(zero, one));
  EXPECT_NEAR(weigher.start(one, one)[0], 0.0, 1e-12);  // not in the list: the overall priors
  EXPECT_NEAR(weigher.start(one, one)[1], 1.0, 1e-12);
  EXPECT_NEAR(weigher.weight_bits(Pattern{0}, 0, 1), against_all(std::vector<double>{-2.0, 1.0}),
              1e-12);
}

TEST_F(VillageWeights, ASourceUnknownToTheModelHasTheOverallPrior) {
  model_.source_pairs = {{"s0", "s1", 0.2, {}}, {"s0", "elsewhere", 0.1, {}}};
  const RecordComparer comparer(table_, comparisons_, nicknames_);
  const PairWeigher weigher(model_, table_, comparer);
  EXPECT_NEAR(weigher.start(SourceId{0}, SourceId{1})[0], -2.0, 1e-12);
  for (std::uint16_t s = 0; s < 3; ++s) {
    EXPECT_NEAR(weigher.start(SourceId{s}, SourceId{2})[0], 0.0, 1e-12);
  }
}

TEST(PairWeigher, TheBestOfLevelsIsNoWorseThanAny) {
  const test::PeopleJob people(400, 31, 1, LinkType::kLinkAndDedupe);
  Model model = train_model(people.walked(), people.job, people.comparer);
  for (ComparisonModel& comparison : model.comparisons) {
    for (LevelModel& level : comparison.levels) level.term_frequency = level.text != "else";
  }
  const PairWeigher weigher(model, people.table, people.comparer);
  for (Row a = 0; a < 100; ++a) {
    for (Row b = a + 1; b < 100; ++b) {
      for (std::size_t c = 0; c < people.comparer.comparisons(); ++c) {
        const Code x = people.comparer.column(c).codes[a];
        const Code y = people.comparer.column(c).codes[b];
        if (x == y || x == kMissing || y == kMissing) continue;
        const unsigned level = people.comparer.level(c, a, b);
        const PairWeigher::Bits bits = weigher.part_bits(c, level, x, y);
        const double rarity = weigher.rarity_bits(c, x);
        const auto alone = static_cast<LevelSet>(1U << (level - 1));
        const PairWeigher::Bits of_level = weigher.best_bits(c, alone, rarity);
        const PairWeigher::Bits of_all = weigher.best_bits(c, kAllLevels, weigher.rarest_bits(c));
        for (std::size_t k = 0; k < weigher.alternatives(); ++k) {
          EXPECT_LE(bits[k], of_level[k]);
          EXPECT_LE(of_level[k], of_all[k]);
        }
        EXPECT_EQ(bits[0], weigher.part_bits(c, people.comparer.level(c, b, a), y, x)[0]);
      }
    }
  }
}

TEST(PairWeigher, NullAddsNothing) {
  const test::PeopleJob people(50, 1, 1, LinkType::kLinkAndDedupe);
  const Model model = train_model(people.walked(), people.job, people.comparer);
  const PairWeigher weigher(model, people.table, people.comparer);
  EXPECT_EQ(weigher.weight_bits(Pattern{0}, 0, 1), model.weight_bits(Pattern{0}));
}

}  // namespace
}  // namespace tessera
