// What a scan over a block's pairs asks of values, fetched once a record and kept side by side.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/candidates.hpp"
#include "engine/record_comparer.hpp"

namespace tessera {

/// Signatures and swapped codes of a gathered block's records. A record's values lie far apart in
/// memory, and each of its pairs would fetch them again.
class BlockValues {
 public:
  /// The comparer must outlive the object.
  explicit BlockValues(const RecordComparer& comparer);

  /// Takes the swapped codes of a block. The object may be reused without allocating.
  void gather(const GatheredBlock& block);

  /// Takes the block's signatures too, unless that was done since `gather`.
  void gather_signatures(const GatheredBlock& block);

  /// Of record i, for a comparison whose level_bound is useful. REQUIRES: its value is not missing;
  /// gather_signatures.
  const LevelBound::Signature& signature(std::uint32_t i, std::size_t c) const {
    return signatures_[i * classed_.size() + slot_[c]];
  }

  /// The comparisons in which records i and j hold each other's partner column's values: bit c.
  std::uint32_t swapped(const GatheredBlock& block, std::uint32_t i, std::uint32_t j) const {
    std::uint32_t found = 0;
    for (std::size_t s = 0; s < swaps_.size(); ++s) {
      const Swap& swap = swaps_[s];
      const Code there_i = partners_[i * swaps_.size() + s];
      const Code there_j = partners_[j * swaps_.size() + s];
      if (there_i != kMissing && there_i == held(block, j, swap) && there_j != kMissing &&
          there_j == held(block, i, swap)) {
        found |= 1U << swap.comparison;
      }
    }
    return found;
  }

 private:
  struct Swap {
    std::size_t comparison = 0;
    std::size_t partner = 0;         // the comparison that reads the partner's column; or none
    const Column* column = nullptr;  // the partner's
  };

  static Code held(const GatheredBlock& block, std::uint32_t i, const Swap& swap) {
    return swap.partner < kMaxComparisons ? block.code(i, swap.partner)
                                          : swap.column->codes[block.record(i).row];
  }

  const RecordComparer& comparer_;
  std::vector<std::size_t> classed_;  // comparisons with a useful level_bound
  std::array<std::size_t, kMaxComparisons> slot_{};
  std::vector<Swap> swaps_;
  bool has_signatures_ = false;
  std::vector<LevelBound::Signature> signatures_;  // by record, then classed comparison
  std::vector<Code> partners_;  // by record, then swap: its value's code in the partner's column
};

}  // namespace tessera
