#include "engine/pair_weigher.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "data/check.hpp"
#include "scoring/frequencies.hpp"

namespace tessera {
namespace {

// Whether related persons share the attribute: otherwise their h is u, and a rare value tells them
// apart as it does strangers.
bool has_own_h(const ComparisonModel& comparison, std::size_t relation) {
  if (comparison.h.empty()) return false;
  for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
    const double u = comparison.levels[i].u;
    if (std::abs(comparison.h[relation][i] - u) > 1e-12 + 1e-9 * u) return true;
  }
  return false;
}

constexpr double kNone = -std::numeric_limits<double>::infinity();

std::vector<double> rarity_bits(const Column& column, double tf_minimum) {
  std::vector<double> bits = term_frequencies(column);
  for (double& tf : bits) tf = tf > 0.0 ? -std::log2(std::max(tf, tf_minimum)) : 0.0;
  return bits;
}

}  // namespace

PairWeigher::PairWeigher(const Model& model, const RecordComparer& comparer)
    : comparer_(&comparer), alternatives_(1 + model.relation_priors.size()) {
  TESSERA_CHECK(model.comparisons.size() == comparer.comparisons());
  TESSERA_CHECK(model.relation_priors.size() <= kMaxRelations);
  const std::size_t relations = model.relation_priors.size();
  start_[0] = model.prior_bits();
  for (std::size_t k = 0; k < relations; ++k) start_[k + 1] = model.relation_prior_bits(k);
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const ComparisonModel& comparison = model.comparisons[c];
    const unsigned exact = comparer.exact_level(c);
    Part part;
    part.best_other = kNone;
    part.best_other_adjusted = kNone;
    part.best_other_related.fill(kNone);
    for (std::size_t k = 0; k < relations; ++k) part.shared[k] = has_own_h(comparison, k);
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
      for (std::size_t k = 0; k < relations; ++k) {
        part.related_bits[k][level] = model.related_bits(c, level, k);
        if (level == exact) continue;
        part.best_other_related[k] =
            std::max(part.best_other_related[k], part.related_bits[k][level]);
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

PairWeigher::Bits PairWeigher::part_bits(std::size_t c, unsigned level, Code left,
                                         Code right) const {
  const Part& part = parts_[c];
  Bits bits;
  bits.fill(part.level_bits[level]);
  if (part.adjusted[level] != 0.0) {
    // The more frequent of the two values says what agreement is worth.
    const double rarity = std::min(part.rarity_bits[left], part.rarity_bits[right]);
    bits.fill(bits[0] + part.base_bits[level] + part.adjusted[level] * rarity);
  }
  // Related persons share a rare value as they share a common one.
  for (std::size_t k = 0; k + 1 < alternatives_; ++k) {
    if (part.shared[k]) bits[k + 1] = part.related_bits[k][level];
  }
  return bits;
}

PairWeigher::Bits PairWeigher::best_other_bits(std::size_t c, Code left) const {
  const Part& part = parts_[c];
  double best = part.best_other;
  if (!part.rarity_bits.empty()) {
    best = std::max(best, part.best_other_adjusted + part.most_adjusted * part.rarity_bits[left]);
  }
  Bits bits;
  bits.fill(best);
  for (std::size_t k = 0; k + 1 < alternatives_; ++k) {
    if (part.shared[k]) bits[k + 1] = part.best_other_related[k];
  }
  return bits;
}

double PairWeigher::weight_bits(Pattern pattern, Row left, Row right) const {
  Bits sums = start_;
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    const std::vector<Code>& codes = comparer_->column(c).codes;
    const Bits part = part_bits(c, level_of(pattern, c), codes[left], codes[right]);
    for (std::size_t k = 0; k < alternatives_; ++k) sums[k] += part[k];
  }
  return alternatives_ == 1 ? sums[0] : against_all(std::span(sums).first(alternatives_));
}

}  // namespace tessera
