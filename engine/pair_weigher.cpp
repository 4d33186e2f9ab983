#include "engine/pair_weigher.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "data/check.hpp"
#include "scoring/frequencies.hpp"

namespace tessera {
namespace {

std::vector<double> rarity_bits(const Column& column, double tf_minimum) {
  std::vector<double> bits = term_frequencies(column);
  for (double& tf : bits) tf = tf > 0.0 ? -std::log2(std::max(tf, tf_minimum)) : 0.0;
  return bits;
}

}  // namespace

PairWeigher::PairWeigher(const Model& model, const RecordComparer& comparer)
    : comparer_(&comparer), prior_bits_(model.prior_bits()) {
  TESSERA_CHECK(model.comparisons.size() == comparer.comparisons());
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const ComparisonModel& comparison = model.comparisons[c];
    const unsigned exact = comparer.exact_level(c);
    Part part;
    part.best_other = -std::numeric_limits<double>::infinity();
    part.best_other_adjusted = part.best_other;
    for (unsigned level = 1; level <= comparison.levels.size(); ++level) {
      const LevelModel& of = comparison.levels[level - 1];
      part.level_bits[level] = model.level_bits(c, level);
      if (of.term_frequency) {
        const double u = comparison.levels[(exact != 0 ? exact : level) - 1].u;
        part.adjusted[level] = comparison.tf_exponent * of.tf_weight;
        part.base_bits[level] = part.adjusted[level] * std::log2(u);
        if (part.rarity_bits.empty()) {
          part.rarity_bits = rarity_bits(comparer.column(c), comparison.tf_minimum);
        }
      }
      if (level == exact) continue;
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

double PairWeigher::part_bits(std::size_t c, unsigned level, Code left, Code right) const {
  const Part& part = parts_[c];
  double bits = part.level_bits[level];
  if (part.adjusted[level] != 0.0) {
    // The more frequent of the two values says what agreement is worth.
    const double rarity = std::min(part.rarity_bits[left], part.rarity_bits[right]);
    bits += part.base_bits[level] + part.adjusted[level] * rarity;
  }
  return bits;
}

double PairWeigher::weight_bits(Pattern pattern, Row left, Row right) const {
  double bits = prior_bits_;
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    const std::vector<Code>& codes = comparer_->column(c).codes;
    bits += part_bits(c, level_of(pattern, c), codes[left], codes[right]);
  }
  return bits;
}

}  // namespace tessera
