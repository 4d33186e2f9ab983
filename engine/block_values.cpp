#include "engine/block_values.hpp"

namespace tessera {

BlockValues::BlockValues(const RecordComparer& comparer) : comparer_(comparer) {
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    if (comparer.level_bound(c).is_useful()) {
      slot_[c] = classed_.size();
      classed_.push_back(c);
    }
    if (!comparer.has_swap(c)) continue;
    const std::size_t partner = comparer.swap_partner(c);
    swaps_.push_back({c, partner == comparer.comparisons() ? kMaxComparisons : partner,
                      comparer.swap_column(c)});
  }
}

void BlockValues::gather(const GatheredBlock& block) {
  const std::uint32_t size = block.size();
  has_signatures_ = false;
  partners_.resize(size * swaps_.size());
  for (std::uint32_t i = 0; i < size; ++i) {
    for (std::size_t s = 0; s < swaps_.size(); ++s) {
      const Code code = block.code(i, swaps_[s].comparison);
      partners_[i * swaps_.size() + s] =
          code == kMissing ? kMissing : comparer_.code_in_partner(swaps_[s].comparison, code);
    }
  }
}

void BlockValues::gather_signatures(const GatheredBlock& block) {
  if (has_signatures_) return;
  has_signatures_ = true;
  const std::uint32_t size = block.size();
  signatures_.resize(size * classed_.size());
  for (const std::size_t c : classed_) {
    for (std::uint32_t i = 0; i < size; ++i) comparer_.level_bound(c).prefetch(block.code(i, c));
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    LevelBound::Signature* to = signatures_.data() + i * classed_.size();
    for (const std::size_t c : classed_) {
      *to++ = comparer_.level_bound(c).signature(block.code(i, c));
    }
  }
}

}  // namespace tessera
