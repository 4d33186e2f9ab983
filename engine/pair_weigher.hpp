// What a pattern is worth for two given records: the model's weight and the term-frequency
// adjustments.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/record_comparer.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// Every level, as a set.
inline constexpr LevelSet kAllLevels = 0xffff;

/// A model laid out for scoring one table. Immutable; safe on any thread.
class PairWeigher {
 public:
  /// Weights against each alternative to a match: [0] strangers, then the model's relations. Only
  /// the first alternatives() count.
  using Bits = std::array<double, 1 + kMaxRelations>;

  /// REQUIRES: model's comparisons are the comparer's, level by level; table and comparer outlive
  /// the weigher.
  PairWeigher(const Model& model, const Table& table, const RecordComparer& comparer);

  /// The match weight in bits: for each alternative its prior odds, then for each comparison in
  /// order its level and its adjustment; the alternatives taken together (against_all). One
  /// definition, for batch and look-up alike. Symmetric.
  double weight_bits(Pattern pattern, Row left, Row right) const;

  /// The same for two records of sources `a` and `b` by their codes, one a comparison.
  double weight_bits(Pattern pattern, const Code* left, const Code* right, SourceId a,
                     SourceId b) const;

  /// Compares and weighs. Symmetric.
  double weight_bits(Row left, Row right) const {
    return weight_bits(comparer_->pattern(left, right), left, right);
  }

  /// What one comparison adds against each alternative. Codes as in the comparison's column.
  Bits part_bits(std::size_t c, unsigned level, Code left, Code right) const;

  /// What a level adds where the rarer of the two values' frequencies is 2^-rarity_bits.
  Bits bits_at(std::size_t c, unsigned level, double rarity_bits) const;

  /// At least bits_at for each of `levels` (bit level − 1; `exact` aside) and any rarity up to
  /// `rarity_bits`, each alternative alone.
  Bits best_bits(std::size_t c, LevelSet levels, double rarity_bits) const;

  /// Minus log2 of a value's frequency, no less frequent than tf_minimum; 0 where frequencies do
  /// not count. The greatest of the column.
  double rarity_bits(std::size_t c, Code code) const {
    return parts_[c].rarity_bits.empty() ? 0.0 : parts_[c].rarity_bits[code];
  }
  double rarest_bits(std::size_t c) const;
  unsigned levels(std::size_t c) const { return parts_[c].levels; }
  /// Whether frequencies count on a level.
  bool counts_rarity(std::size_t c, unsigned level) const {
    return parts_[c].adjusted[level] != 0.0;
  }

  /// Where the sums start: the prior odds, among the pairs of two sources or within one.
  const Bits& start(SourceId a, SourceId b) const { return start_[source_pair_number(a, b)]; }
  std::size_t alternatives() const { return alternatives_; }
  const RecordComparer& comparer() const { return *comparer_; }

 private:
  /// Bits by alternative and level; null 0.
  using LevelBits = std::array<std::array<double, kMaxLevels + 1>, 1 + kMaxRelations>;

  struct Part {
    LevelBits level_bits{};
    std::array<double, kMaxLevels + 1> adjusted{};   // how much of the rarity counts at the level
    std::array<double, kMaxLevels + 1> base_bits{};  // log2 u_exact at the level, times adjusted
    /// Per code: -log2 tf, at most that of tf_minimum; empty: no tf.
    std::vector<double> rarity_bits;
    /// Whether agreeing on a rare value speaks against the alternative: not where related persons
    /// hand the value on.
    std::array<bool, 1 + kMaxRelations> counts_rarity{};
    unsigned levels = 0;
    unsigned exact = 0;
  };
  Part make_part(const Model& model, std::size_t c) const;

  const RecordComparer* comparer_;
  std::size_t alternatives_ = 1;
  const Table* table_;
  std::vector<Bits> start_;  // by pair of sources
  std::vector<Part> parts_;
};

}  // namespace tessera
