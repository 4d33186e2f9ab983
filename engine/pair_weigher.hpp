// What a pattern is worth for two given records: the model's weight and the term-frequency
// adjustments.
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
  /// Weights against each alternative to a match: [0] strangers, then the model's relations. Only
  /// the first alternatives() count.
  using Bits = std::array<double, 1 + kMaxRelations>;

  /// REQUIRES: model's comparisons are the comparer's, level by level; the comparer outlives the
  /// weigher.
  PairWeigher(const Model& model, const RecordComparer& comparer);

  /// The match weight in bits: for each alternative its prior odds, then for each comparison in
  /// order its level and its adjustment; the alternatives taken together (against_all). One
  /// definition, for batch and look-up alike. Symmetric.
  double weight_bits(Pattern pattern, Row left, Row right) const;

  /// Compares and weighs. Symmetric.
  double weight_bits(Row left, Row right) const {
    return weight_bits(comparer_->pattern(left, right), left, right);
  }

  /// What one comparison adds against each alternative. Codes as in the comparison's column.
  Bits part_bits(std::size_t c, unsigned level, Code left, Code right) const;

  /// At least part_bits(c, level, left, other), each alone, for every level but `exact` and every
  /// `other` that differs.
  Bits best_other_bits(std::size_t c, Code left) const;

  /// Where the sums start: the prior odds.
  const Bits& start() const { return start_; }
  std::size_t alternatives() const { return alternatives_; }
  const RecordComparer& comparer() const { return *comparer_; }

 private:
  struct Part {
    std::array<double, kMaxLevels + 1> level_bits{};  // by level; null 0
    std::array<double, kMaxLevels + 1> adjusted{};    // how much of the rarity counts at the level
    std::array<double, kMaxLevels + 1> base_bits{};   // log2 u_exact at the level, times adjusted
    std::vector<double>
        rarity_bits;  // per code: -log2 tf, at most that of tf_minimum; empty: no tf
    double best_other = 0.0;
    double best_other_adjusted = 0.0;  // among adjusted levels but exact, rarity aside
    double most_adjusted = 0.0;
    std::array<bool, kMaxRelations> shared{};  // the relation has an h of its own, not u
    std::array<std::array<double, kMaxLevels + 1>, kMaxRelations> related_bits{};
    std::array<double, kMaxRelations> best_other_related{};  // over levels but exact
  };
  const RecordComparer* comparer_;
  std::size_t alternatives_ = 1;
  Bits start_{};
  std::vector<Part> parts_;
};

}  // namespace tessera
