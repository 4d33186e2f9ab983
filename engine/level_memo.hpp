// Remembers the levels of recent value pairs, so that a text kernel runs once for a pair met again.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "data/dictionary.hpp"

namespace tessera {

/// A direct-mapped cache of (code, code) → level for one comparison. Not shared between threads. A
/// hit is always right: a pair times an odd number is another number for every pair, whose upper
/// bits choose the slot and whose other bits are kept whole beside the level.
/// Size: 2^kSlotBits entries of 8 bytes, 32 KB: what a core's second cache holds for a few
/// comparisons.
class LevelMemo {
 public:
  LevelMemo() : slots_(std::size_t{1} << kSlotBits) {}

  /// The level of the pair, from memory or from `compute(left, right)`. REQUIRES: neither is
  /// kMissing; levels are 1 … 15.
  template <class Compute>
  unsigned level(Code left, Code right, const Compute& compute) {
    if (right < left) std::swap(left, right);
    const std::uint64_t mixed = ((std::uint64_t{left} << 32) | right) * 0x9e3779b97f4a7c15ULL;
    std::uint64_t& slot = slots_[mixed >> (64 - kSlotBits)];
    const std::uint64_t tag = mixed << kSlotBits;  // the lowest kSlotBits are free
    if ((slot & ~kLevel) != tag || (slot & kLevel) == 0) slot = tag | compute(left, right);
    return static_cast<unsigned>(slot & kLevel);
  }

 private:
  static constexpr unsigned kSlotBits = 12;
  static constexpr std::uint64_t kLevel = 0xf;
  std::vector<std::uint64_t> slots_;
};

}  // namespace tessera
