// The most that a pair's weight can be, from which of its values agree: tables summed, no text
// read.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "engine/pair_weigher.hpp"
#include "scoring/level_bound.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace tessera {

/// Bits against each alternative, in single precision; alternatives that the model has not are so
/// high that they decide nothing. Two vectors that any x86-64 and ARM processor has registers for:
/// wider ones are taken apart by the compiler where the processor has none. Rounding: weights are
/// under 2^10 bits in sum, so an error is under 32 · 2^10 · 2^-24 < kBoundSlackBits.
struct BoundBits {
  using Lanes4 = float __attribute__((vector_size(16)));
  Lanes4 low{};
  Lanes4 high{};

  void set(std::size_t k, float bits) {
    if (k < 4) {
      low[k] = bits;
    } else {
      high[k - 4] = bits;
    }
  }
  float operator[](std::size_t k) const { return k < 4 ? low[k] : high[k - 4]; }
  BoundBits& operator+=(const BoundBits& other) {
    low += other.low;
    high += other.high;
    return *this;
  }
  friend BoundBits operator+(BoundBits a, const BoundBits& b) { return a += b; }
  friend BoundBits operator-(const BoundBits& a, const BoundBits& b) {
    return {a.low - b.low, a.high - b.high};
  }
  friend BoundBits operator*(const BoundBits& a, float times) {
    return {a.low * times, a.high * times};
  }
};
static_assert(1 + kMaxRelations <= 8);
inline constexpr double kBoundSlackBits = 0.01;

/// Whether a bound misses what is needed against some alternative.
inline bool misses(const BoundBits& bound, float needed) {
  const auto missed = (bound.low < needed) | (bound.high < needed);
#ifdef __SSE2__
  return _mm_movemask_ps(std::bit_cast<__m128>(missed)) != 0;
#else
  return (missed[0] | missed[1] | missed[2] | missed[3]) != 0;
#endif
}

/// Bounds for all pairs of a table under a model. Immutable; safe on any thread.
class PairBounds {
 public:
  /// All must outlive the object.
  PairBounds(const Table& table, const PairWeigher& weigher);

  /// The prior odds of a pair of sources.
  const BoundBits& start(SourceId a, SourceId b) const { return start_[source_pair_number(a, b)]; }

  /// What is added at most, given which comparisons have equal values and which differing ones (bit
  /// c each; the others are null), values swapped with another column's aside. Equal values count
  /// as the rarest of their column, see `commonness`. Cost: four table look-ups.
  BoundBits sum(std::uint32_t equal, std::uint32_t differing) const;

  /// What to add to `sum` for a value that is not the rarest, where `c` agrees: at most 0.
  BoundBits commonness(std::size_t c, Code code) const;
  /// The comparisons for which `commonness` is not 0, bit c each.
  std::uint32_t with_commonness() const { return with_commonness_; }

  /// What a differing pair of values adds at most: in `sum`, and in the given class of its
  /// comparison's LevelBound.
  const BoundBits& differing(std::size_t c) const { return differing_[c]; }
  const BoundBits& of_class(std::size_t c, unsigned level_class) const {
    return classes_[c][level_class];
  }
  /// The comparisons whose differing values have classes, bit c each.
  std::uint32_t with_classes() const { return with_classes_; }

  /// What a comparison adds, PairWeigher::part_bits in single precision.
  BoundBits part(std::size_t c, unsigned level, Code left, Code right) const {
    const Added& added = added_[c][level];
    if (!added.by_rarity) return added.bits;
    const double rarity = std::min(weigher_.rarity_bits(c, left), weigher_.rarity_bits(c, right));
    return added.bits + added.per_rarity * static_cast<float>(rarity);
  }

 private:
  /// What a level adds: `bits`, and `per_rarity` for each bit of the more frequent value's rarity.
  struct Added {
    BoundBits bits;
    BoundBits per_rarity;
    bool by_rarity = false;
  };

  /// The same bits in single precision; 0 where the model has no alternative.
  BoundBits to_bound(const PairWeigher::Bits& bits) const;
  std::array<Added, kMaxLevels + 1> added_by_levels(std::size_t c) const;

  static constexpr std::size_t kGroups = kMaxComparisons / 4;

  const PairWeigher& weigher_;
  std::vector<BoundBits> start_;
  /// By group of four comparisons, then by equal (4 bits) and differing (4 bits).
  std::array<std::array<BoundBits, 256>, kGroups> groups_{};
  std::vector<std::array<Added, kMaxLevels + 1>> added_;  // per comparison, by level
  std::vector<BoundBits> differing_;
  std::vector<std::vector<BoundBits>> classes_;  // empty where there are none
  std::vector<double> rarest_bits_;              // per comparison: the greatest rarity
  std::vector<BoundBits> rarity_counts_;         // per comparison: how much a bit of rarity adds
  std::uint32_t with_commonness_ = 0;
  std::uint32_t with_classes_ = 0;
};

inline BoundBits PairBounds::sum(std::uint32_t equal, std::uint32_t differing) const {
  BoundBits total = groups_[0][(equal & 15) | ((differing & 15) << 4)];
  for (std::size_t g = 1; g < kGroups; ++g) {
    total += groups_[g][((equal >> (4 * g)) & 15) | (((differing >> (4 * g)) & 15) << 4)];
  }
  return total;
}

}  // namespace tessera
