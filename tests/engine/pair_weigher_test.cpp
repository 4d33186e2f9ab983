#include "engine/pair_weigher.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

// 4 of 5 filled rows say kathmandu: agreeing on it is worth log2(u / 0.8), on the rare one log2(u /
// 0.2).
TEST(PairWeigher, ACommonValueIsWorthLess) {
  const Table table =
      test::make_table({{"village", Kind::kPlace}},
                       {{"kathmandu"}, {"kathmandu"}, {"kathmandu"}, {"kathmandu"}, {"rara"}});
  ComparisonSpec spec;
  spec.name = "village";
  spec.levels = {parse_level("exact").value(), parse_level("else").value()};
  spec.term_frequency = true;
  const std::vector<ComparisonSpec> comparisons = {spec};
  const NicknameTable nicknames = NicknameTable::built_in();
  const RecordComparer comparer(table, comparisons, nicknames);
  Model model = untrained_model(comparisons);
  model.prior = 0.5;
  model.comparisons[0].levels[0].m = 0.9;
  model.comparisons[0].levels[0].u = 0.6;
  model.comparisons[0].levels[1].m = 0.1;
  model.comparisons[0].levels[1].u = 0.4;
  const PairWeigher weigher(model, comparer);
  const Code kathmandu = table.columns[0].codes[0];
  const Code rara = table.columns[0].codes[4];
  EXPECT_NEAR(weigher.part_bits(0, 1, kathmandu, kathmandu)[0], std::log2(0.9 / 0.8), 1e-12);
  EXPECT_NEAR(weigher.part_bits(0, 1, rara, rara)[0], std::log2(0.9 / 0.2), 1e-12);
  EXPECT_NEAR(weigher.weight_bits(0, 4), std::log2(0.1 / 0.4), 1e-12);  // the prior is even
}

TEST(PairWeigher, TheBoundOnOtherLevelsHolds) {
  const test::PeopleJob people(400, 31, 1, LinkType::kLinkAndDedupe);
  Model model =
      train_model(people.table, people.job, people.blocking, people.space, people.comparer);
  for (ComparisonModel& comparison : model.comparisons) {
    for (LevelModel& level : comparison.levels) level.term_frequency = level.text != "else";
  }
  const PairWeigher weigher(model, people.comparer);
  for (Row a = 0; a < 100; ++a) {
    for (Row b = a + 1; b < 100; ++b) {
      for (std::size_t c = 0; c < people.comparer.comparisons(); ++c) {
        const Code x = people.comparer.column(c).codes[a];
        const Code y = people.comparer.column(c).codes[b];
        if (x == y || x == kMissing || y == kMissing) continue;
        const PairWeigher::Bits bits = weigher.part_bits(c, people.comparer.level(c, a, b), x, y);
        const PairWeigher::Bits bound = weigher.best_other_bits(c, x);
        for (std::size_t k = 0; k < weigher.alternatives(); ++k)
          EXPECT_LE(bits[k], bound[k] + 1e-9);
        EXPECT_EQ(bits[0], weigher.part_bits(c, people.comparer.level(c, b, a), y, x)[0]);
      }
    }
  }
}

TEST(PairWeigher, NullAddsNothing) {
  const test::PeopleJob people(50, 1, 1, LinkType::kLinkAndDedupe);
  const Model model =
      train_model(people.table, people.job, people.blocking, people.space, people.comparer);
  const PairWeigher weigher(model, people.comparer);
  EXPECT_EQ(weigher.weight_bits(Pattern{0}, 0, 1), model.weight_bits(Pattern{0}));
}

}  // namespace
}  // namespace tessera
