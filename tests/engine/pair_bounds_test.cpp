// The weight of every pair stays under its bound, against each alternative alone.
#include "engine/pair_bounds.hpp"

#include <gtest/gtest.h>

#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

// Values in each other's column are the scorer's to see before it asks for a bound.
bool is_swapped(const RecordComparer& comparer, Row a, Row b) {
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    if (comparer.has_swap(c) && comparer.level(c, a, b) == comparer.swapped_level(c)) return true;
  }
  return false;
}

unsigned class_of(const LevelBound& bound, Code a, Code b) {
  return bound.class_of(bound.signature(a), bound.signature(b));
}

/// A trained model whose frequencies count on all levels, with relations and priors of its own for
/// one pair of sources.
Model model_of(const test::PeopleJob& people, bool with_relations) {
  Model model = train_model(people.walked(), people.job, people.comparer);
  for (ComparisonModel& comparison : model.comparisons) {
    for (LevelModel& level : comparison.levels) level.term_frequency = level.text != "else";
    comparison.tf_minimum = 0.01;
    comparison.h.clear();
  }
  model.relations.clear();
  model.source_pairs.clear();
  if (!with_relations) return model;
  model.relations = {{"household", 0.01, false}, {"namesakes", 0.02, true}};
  model.source_pairs = {{"s0", "s1", 0.03, {0.001, 0.2}}};
  for (const std::size_t c : {0U, 1U, 4U}) {
    std::vector<double> m;
    for (const LevelModel& level : model.comparisons[c].levels) m.push_back(level.m);
    model.comparisons[c].h = {m, m};
  }
  return model;
}

struct Pair {
  std::uint32_t equal = 0;
  std::uint32_t differing = 0;
};

Pair compared(const RecordComparer& comparer, Row a, Row b) {
  Pair pair;
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    const Code x = comparer.column(c).codes[a];
    const Code y = comparer.column(c).codes[b];
    if (x == kMissing || y == kMissing) continue;
    (x == y ? pair.equal : pair.differing) |= 1U << c;
  }
  return pair;
}

class PairBoundsOf : public testing::TestWithParam<bool> {
 protected:
  test::PeopleJob people_{300, 17, 2, LinkType::kLinkAndDedupe};
  Model model_ = model_of(people_, GetParam());
  PairWeigher weigher_{model_, people_.table, people_.comparer};
  PairBounds bounds_{people_.table, weigher_};

  PairWeigher::Bits weights(Row a, Row b) const {
    const RecordComparer& comparer = people_.comparer;
    PairWeigher::Bits sums =
        weigher_.start(people_.table.row_source[a], people_.table.row_source[b]);
    for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
      const Code x = comparer.column(c).codes[a];
      const Code y = comparer.column(c).codes[b];
      if (x == kMissing || y == kMissing) continue;
      const PairWeigher::Bits part = weigher_.part_bits(c, comparer.level(c, a, b), x, y);
      for (std::size_t k = 0; k < weigher_.alternatives(); ++k) sums[k] += part[k];
    }
    return sums;
  }

  void expect_over(const BoundBits& bound, Row a, Row b) const {
    const PairWeigher::Bits bits = weights(a, b);
    for (std::size_t k = 0; k < weigher_.alternatives(); ++k) {
      ASSERT_GE(static_cast<double>(bound[k]) + kBoundSlackBits, bits[k])
          << "rows " << a << " and " << b << ", alternative " << k;
    }
    ASSERT_FALSE(misses(bound, static_cast<float>(weigher_.weight_bits(a, b) - kBoundSlackBits)));
  }
};

TEST_P(PairBoundsOf, AgreementsAloneHold) {
  for (Row a = 0; a < people_.table.size(); ++a) {
    for (Row b = a + 1; b < people_.table.size(); ++b) {
      if (is_swapped(people_.comparer, a, b)) continue;
      const Pair pair = compared(people_.comparer, a, b);
      expect_over(bounds_.start(people_.table.row_source[a], people_.table.row_source[b]) +
                      bounds_.sum(pair.equal, pair.differing),
                  a, b);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(PairBoundsOf, FrequenciesAndClassesOfValuesHold) {
  const RecordComparer& comparer = people_.comparer;
  for (Row a = 0; a < people_.table.size(); ++a) {
    for (Row b = a + 1; b < people_.table.size(); ++b) {
      if (is_swapped(comparer, a, b)) continue;
      const Pair pair = compared(comparer, a, b);
      BoundBits bound = bounds_.start(people_.table.row_source[a], people_.table.row_source[b]) +
                        bounds_.sum(pair.equal, pair.differing);
      for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
        const Code x = comparer.column(c).codes[a];
        const Code y = comparer.column(c).codes[b];
        if (((pair.equal & bounds_.with_commonness()) >> c & 1) != 0) {
          bound += bounds_.commonness(c, x);
        }
        if (((pair.differing & bounds_.with_classes()) >> c & 1) != 0) {
          bound +=
              bounds_.of_class(c, class_of(comparer.level_bound(c), x, y)) - bounds_.differing(c);
        }
      }
      expect_over(bound, a, b);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(PairBoundsOf, EqualValuesAreExactInEachAlternative) {
  for (std::size_t c = 0; c < people_.comparer.comparisons(); ++c) {
    const Column& column = people_.comparer.column(c);
    for (Code code = 1; code < column.values.size(); ++code) {
      const BoundBits bound = bounds_.sum(1U << c, 0) + bounds_.commonness(c, code);
      const PairWeigher::Bits bits =
          weigher_.part_bits(c, people_.comparer.exact_level(c), code, code);
      for (std::size_t k = 0; k < weigher_.alternatives(); ++k) {
        EXPECT_NEAR(static_cast<double>(bound[k]), bits[k], kBoundSlackBits) << column.name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Relations, PairBoundsOf, testing::Bool());

TEST(PairBounds, AlternativesThatTheModelLacksDecideNothing) {
  const test::PeopleJob people(100, 3, 1, LinkType::kLinkAndDedupe);
  const Model model = model_of(people, false);
  const PairWeigher weigher(model, people.table, people.comparer);
  const PairBounds bounds(people.table, weigher);
  const BoundBits start = bounds.start(SourceId{0}, SourceId{0});
  EXPECT_FALSE(misses(start, start[0]));
  EXPECT_TRUE(misses(start, start[0] + 1.0F));
}

}  // namespace
}  // namespace tessera
