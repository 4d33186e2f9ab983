// Remembers the levels of recent value pairs, so that a text kernel runs once for a pair met again.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dictionary.hpp"

namespace tessera {

/// A direct-mapped cache of (code, code) → level for one comparison. Not shared between threads. A
/// hit is always right: both codes are kept whole. Size: 2^kSlotBits entries of 16 bytes.
class LevelMemo {
 public:
  LevelMemo() : slots_(std::size_t{1} << kSlotBits) {}

  /// The level of the pair, from memory or from `compute(left, right)`.
  template <class Compute>
  unsigned level(Code left, Code right, const Compute& compute) {
    if (right < left) std::swap(left, right);
    const std::uint64_t pair = (std::uint64_t{left} << 32) | right;
    Slot& slot = slots_[(pair * 0x9e3779b97f4a7c15ULL) >> (64 - kSlotBits)];
    if (slot.pair != pair) slot = {pair, compute(left, right)};
    return slot.level;
  }

 private:
  static constexpr unsigned kSlotBits = 13;
  struct Slot {
    std::uint64_t pair = 0;  // 0 is no pair: codes of present values are at least 1
    unsigned level = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace tessera
