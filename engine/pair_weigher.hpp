// What a pattern is worth for two given records: the model's weight and the term-frequency adjustments.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/record_comparer.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// A model laid out for scoring one table. Immutable; safe on any thread.
class PairWeigher {
 public:
  /// REQUIRES: model's comparisons are the comparer's, level by level; the comparer outlives the weigher.
  PairWeigher(const Model& model, const RecordComparer& comparer);

  /// The match weight in bits: prior, then for each comparison in order its level and its adjustment. One definition, for
  /// batch and look-up alike. Symmetric.
  double weight_bits(Pattern pattern, Row left, Row right) const;

  /// Compares and weighs. Symmetric.
  double weight_bits(Row left, Row right) const {
    return weight_bits(comparer_->pattern(left, right), left, right);
  }

  /// What one comparison adds: level and adjustment. Codes as in the comparison's column.
  double part_bits(std::size_t c, unsigned level, Code left, Code right) const;

  /// At least part_bits(c, level, left, other) for every level but `exact` and every `other` that differs.
  double best_other_bits(std::size_t c, Code left) const {
    const Part& part = parts_[c];
    if (part.rarity_bits.empty()) return part.best_other;
    const double rare = part.best_other_adjusted + part.most_adjusted * part.rarity_bits[left];
    return rare > part.best_other ? rare : part.best_other;
  }

  double prior_bits() const { return prior_bits_; }
  const RecordComparer& comparer() const { return *comparer_; }

 private:
  struct Part {
    std::array<double, kMaxLevels + 1> level_bits{};  // by level; null 0
    std::array<double, kMaxLevels + 1> adjusted{};    // how much of the rarity counts at the level
    std::array<double, kMaxLevels + 1> base_bits{};   // log2 u_exact at the level, times adjusted
    std::vector<double> rarity_bits;                  // per code: -log2 tf, at most that of tf_minimum; empty: no tf
    double best_other = 0.0;
    double best_other_adjusted = 0.0;                 // among adjusted levels but exact, rarity aside
    double most_adjusted = 0.0;
  };
  const RecordComparer* comparer_;
  double prior_bits_ = 0.0;
  std::vector<Part> parts_;
};

}  // namespace tessera
