#include "engine/pair_bounds.hpp"

#include <algorithm>

namespace tessera {
namespace {

constexpr float kNoAlternative = 1e6F;

}  // namespace

PairBounds::PairBounds(const Table& table, const PairWeigher& weigher) : weigher_(weigher) {
  const RecordComparer& comparer = weigher.comparer();
  const std::size_t comparisons = comparer.comparisons();
  for (std::size_t high = 0; high < table.sources.size(); ++high) {
    for (std::size_t low = 0; low <= high; ++low) {  // in the order of source_pair_number
      BoundBits start =
          to_bound(weigher.start(static_cast<SourceId>(low), static_cast<SourceId>(high)));
      for (std::size_t k = weigher.alternatives(); k < 8; ++k) start.set(k, kNoAlternative);
      start_.push_back(start);
    }
  }
  std::vector<BoundBits> equal(kMaxComparisons);
  std::vector<BoundBits> other(kMaxComparisons);
  for (std::size_t c = 0; c < comparisons; ++c) {
    const unsigned exact = comparer.exact_level(c);
    rarest_bits_.push_back(weigher.rarest_bits(c));
    added_.push_back(added_by_levels(c));
    const unsigned swapped = comparer.has_swap(c) ? comparer.swapped_level(c) : 0;
    const auto unswapped =
        static_cast<LevelSet>(swapped == 0 ? kAllLevels : kAllLevels & ~(1U << (swapped - 1)));
    other[c] = to_bound(weigher.best_bits(c, unswapped, rarest_bits_[c]));
    equal[c] = exact == 0 ? other[c] : to_bound(weigher.bits_at(c, exact, rarest_bits_[c]));
    differing_.push_back(other[c]);
    if (exact != 0 && added_[c][exact].by_rarity) with_commonness_ |= 1U << c;
    rarity_counts_.push_back(exact != 0 ? added_[c][exact].per_rarity : BoundBits{});
    const LevelBound& bound = comparer.level_bound(c);
    std::vector<BoundBits>& classes = classes_.emplace_back();
    if (!bound.is_useful()) continue;
    with_classes_ |= 1U << c;
    for (const LevelSet levels : bound.levels()) {
      classes.push_back(to_bound(
          weigher.best_bits(c, static_cast<LevelSet>(levels & unswapped), rarest_bits_[c])));
    }
  }
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::uint32_t bits = 0; bits < 256; ++bits) {
      for (std::size_t i = 0; i < 4; ++i) {
        if (((bits >> i) & 1) != 0) {
          groups_[g][bits] += equal[4 * g + i];
        } else if (((bits >> (4 + i)) & 1) != 0) {
          groups_[g][bits] += other[4 * g + i];
        }
      }
    }
  }
}

std::array<PairBounds::Added, kMaxLevels + 1> PairBounds::added_by_levels(std::size_t c) const {
  std::array<Added, kMaxLevels + 1> added{};
  for (unsigned level = 1; level <= weigher_.levels(c); ++level) {
    Added& to = added[level];
    to.bits = to_bound(weigher_.bits_at(c, level, 0.0));
    to.by_rarity = weigher_.counts_rarity(c, level);
    if (to.by_rarity) to.per_rarity = to_bound(weigher_.bits_at(c, level, 1.0)) - to.bits;
  }
  return added;
}

BoundBits PairBounds::to_bound(const PairWeigher::Bits& bits) const {
  BoundBits bound{};
  for (std::size_t k = 0; k < weigher_.alternatives(); ++k)
    bound.set(k, static_cast<float>(bits[k]));
  return bound;
}

BoundBits PairBounds::commonness(std::size_t c, Code code) const {
  const auto missing = static_cast<float>(weigher_.rarity_bits(c, code) - rarest_bits_[c]);
  return rarity_counts_[c] * missing;
}

}  // namespace tessera
