// How many candidate pairs a job may have, what part of them one rule, and how small its blocks
// must get for that.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "data/table.hpp"

namespace tessera {

/// The pairs within blocks, told apart by the blocks' sizes.
class PairsBySize {
 public:
  void add_block(std::uint64_t records);
  void add(const PairsBySize& more);

  std::uint64_t total() const;
  /// Of the blocks whose size is surely not over `records`: sizes are known by their power of two.
  std::uint64_t in_blocks_up_to(std::uint64_t records) const;

 private:
  std::array<std::uint64_t, 33> pairs_{};  // by the bits that a size takes
};

inline constexpr std::uint64_t kNoShare = std::numeric_limits<std::uint64_t>::max();

/// Pairs that all rules together may make, each counted under every rule that makes it: a hundred a
/// record, and a hundred million in any case. Good rules make a few dozen; what goes beyond a
/// hundred is rules made for other data — of a district where nine in ten now live in one place —
/// and they would take hours where minutes are expected.
std::uint64_t pair_budget(Row rows);

/// The most pairs that one rule may make so that all stay within `budget`: rules under it make what
/// they make, the others as many as each other. kNoShare if nothing has to be cut.
/// `pairs`: by rule. Cost: one sort.
std::uint64_t share_of_pairs(std::span<const std::uint64_t> pairs, std::uint64_t budget);

/// A smaller limit than `max_records` for the records of a block, so that a rule has a chance to
/// make no more pairs than `share`: halved until the blocks that it leaves alone fit, down to some
/// thirty records; max_records itself if that is as small.
std::uint64_t smaller_limit(const PairsBySize& pairs, std::uint64_t max_records,
                            std::uint64_t share);

}  // namespace tessera
