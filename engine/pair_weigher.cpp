#include "engine/pair_weigher.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "data/check.hpp"
#include "scoring/frequencies.hpp"

namespace tessera {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();

std::vector<double> rarity_bits(const Column& column, double tf_minimum) {
  std::vector<double> bits = term_frequencies(column);
  for (double& tf : bits) tf = tf > 0.0 ? -std::log2(std::max(tf, tf_minimum)) : 0.0;
  return bits;
}

}  // namespace

PairWeigher::PairWeigher(const Model& model, const RecordComparer& comparer)
    : comparer_(&comparer), with_households_(model.household_prior > 0.0) {
  TESSERA_CHECK(model.comparisons.size() == comparer.comparisons());
  start_.strangers = model.prior_bits();
  start_.household = with_households_ ? model.household_prior_bits() : start_.strangers;
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const ComparisonModel& comparison = model.comparisons[c];
    const unsigned exact = comparer.exact_level(c);
    Part part;
    part.best_other = kNone;
    part.best_other_adjusted = kNone;
    part.best_other_household = kNone;
    part.shared = with_households_ && !comparison.h.empty();
    for (unsigned level = 1; level <= comparison.levels.size(); ++level) {
      const LevelModel& of = comparison.levels[level - 1];
      part.level_bits[level] = model.level_bits(c, level);
      if (part.shared) part.household_bits[level] = model.household_bits(c, level);
      if (of.term_frequency) {
        const double u = comparison.levels[(exact != 0 ? exact : level) - 1].u;
        part.adjusted[level] = comparison.tf_exponent * of.tf_weight;
        part.base_bits[level] = part.adjusted[level] * std::log2(u);
        if (part.rarity_bits.empty()) {
          part.rarity_bits = rarity_bits(comparer.column(c), comparison.tf_minimum);
        }
      }
      if (level == exact) continue;
      part.best_other_household = std::max(part.best_other_household, part.household_bits[level]);
      if (of.term_frequency) {
        part.best_other_adjusted =
            std::max(part.best_other_adjusted, part.level_bits[level] + part.base_bits[level]);
        part.most_adjusted = std::max(part.most_adjusted, part.adjusted[level]);
      } else {
        part.best_other = std::max(part.best_other, part.level_bits[level]);
      }
    }
    parts_.push_back(std::move(part));
  }
}

PairWeigher::Bits PairWeigher::part_bits(std::size_t c, unsigned level, Code left,
                                         Code right) const {
  const Part& part = parts_[c];
  double bits = part.level_bits[level];
  if (part.adjusted[level] != 0.0) {
    // The more frequent of the two values says what agreement is worth.
    const double rarity = std::min(part.rarity_bits[left], part.rarity_bits[right]);
    bits += part.base_bits[level] + part.adjusted[level] * rarity;
  }
  return {bits, part.shared ? part.household_bits[level] : bits};
}

PairWeigher::Bits PairWeigher::best_other_bits(std::size_t c, Code left) const {
  const Part& part = parts_[c];
  double best = part.best_other;
  if (!part.rarity_bits.empty()) {
    best = std::max(best, part.best_other_adjusted + part.most_adjusted * part.rarity_bits[left]);
  }
  return {best, part.shared ? part.best_other_household : best};
}

double PairWeigher::weight_bits(Pattern pattern, Row left, Row right) const {
  Bits sums = start_;
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    const std::vector<Code>& codes = comparer_->column(c).codes;
    const Bits part = part_bits(c, level_of(pattern, c), codes[left], codes[right]);
    sums.strangers += part.strangers;
    sums.household += part.household;
  }
  return combined(sums);
}

}  // namespace tessera
