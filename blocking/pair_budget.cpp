#include "blocking/pair_budget.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <vector>

#include "blocking/oversized.hpp"

namespace tessera {

void PairsBySize::add_block(std::uint64_t records) {
  pairs_[static_cast<std::size_t>(std::bit_width(records))] += pairs_of(records);
}

void PairsBySize::add(const PairsBySize& more) {
  for (std::size_t b = 0; b < pairs_.size(); ++b) pairs_[b] += more.pairs_[b];
}

std::uint64_t PairsBySize::total() const {
  return std::accumulate(pairs_.begin(), pairs_.end(), std::uint64_t{0});
}

std::uint64_t PairsBySize::in_blocks_up_to(std::uint64_t records) const {
  // A size of b bits is at most 2^b - 1.
  const auto bits = static_cast<std::ptrdiff_t>(std::bit_width(records + 1)) - 1;
  return std::accumulate(pairs_.begin(), pairs_.begin() + bits + 1, std::uint64_t{0});
}

std::uint64_t pair_budget(Row rows) {
  constexpr std::uint64_t kPairsPerRecord = 100;
  constexpr std::uint64_t kAnyway = 100'000'000;
  return std::max(kAnyway, kPairsPerRecord * rows);
}

std::uint64_t share_of_pairs(std::span<const std::uint64_t> pairs, std::uint64_t budget) {
  std::vector<std::uint64_t> ascending(pairs.begin(), pairs.end());
  std::sort(ascending.begin(), ascending.end());
  std::uint64_t left = budget;
  for (std::size_t r = 0; r < ascending.size(); ++r) {
    const std::uint64_t share = left / (ascending.size() - r);
    if (ascending[r] > share) return share;
    left -= ascending[r];
  }
  return kNoShare;
}

std::uint64_t smaller_limit(const PairsBySize& pairs, std::uint64_t max_records,
                            std::uint64_t share) {
  constexpr std::uint64_t kLeast = 30;
  std::uint64_t limit = max_records;
  while (limit / 2 >= kLeast && (limit == max_records || pairs.in_blocks_up_to(limit) > share)) {
    limit /= 2;
  }
  return limit;
}

}  // namespace tessera
