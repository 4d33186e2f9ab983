// Sampling without bias: the pairs are numbered 0 … T-1, distinct numbers are drawn, and each
// number is turned back into its pair. A source contributes its inner pairs (a triangle), then its
// pairs with all later sources (a rectangle).
//
// The numbers are drawn in rounds: draw as many as are missing, drop repeats, again until none is
// missing. No number is treated unlike another and nothing drawn is given up, so every set of k
// numbers is equally likely. (Dropping surplus numbers after sorting would favour small ones.) When
// more than half is wanted, the numbers to leave out are drawn.
#include "scoring/pair_space.hpp"

#include <algorithm>
#include <cmath>

#include "data/check.hpp"
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t pairs_within(std::uint64_t rows) {
  return rows < 2 ? 0 : rows * (rows - 1) / 2;
}

/// The pairs that one source contributes.
struct SourcePairs {
  std::uint64_t within = 0;
  std::uint64_t with_later = 0;
};

SourcePairs source_pairs(const PairSpace& space, std::size_t s) {
  const std::uint64_t size = space.source_begin[s + 1] - space.source_begin[s];
  const bool closed = !space.closed.empty() && space.closed[s];
  SourcePairs pairs;
  if (space.scope != PairScope::kAcrossSources && !closed) pairs.within = pairs_within(size);
  if (space.scope != PairScope::kWithinSource) {
    pairs.with_later = size * (space.rows() - space.source_begin[s + 1]);
  }
  return pairs;
}

/// The i-th pair of rows 0 … ∞ in the order (0,1) (0,2) (1,2) (0,3) …: right is the largest r with
/// r(r-1)/2 <= i.
std::pair<Row, Row> triangle_pair(std::uint64_t i) {
  auto right =
      static_cast<std::uint64_t>((1.0 + std::sqrt(1.0 + 8.0 * static_cast<double>(i))) / 2.0);
  while (pairs_within(right) > i) --right;  // the square root may be off by one either way
  while (pairs_within(right + 1) <= i) ++right;
  return {static_cast<Row>(i - pairs_within(right)), static_cast<Row>(right)};
}

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  /// A number under `bound`, each equally likely. Source: Lemire (2019), ACM TOMACS 29(1), with
  /// SplitMix64 beneath.
  std::uint64_t below(std::uint64_t bound) {
    Wide product = Wide{next()} * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
      const std::uint64_t threshold = (0 - bound) % bound;
      while (static_cast<std::uint64_t>(product) < threshold) product = Wide{next()} * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

 private:
  std::uint64_t next() { return mix64(state_++ * 0x9e3779b97f4a7c15ULL); }

  std::uint64_t state_;
};

/// `how_many` distinct numbers under `bound`, ascending. REQUIRES: how_many <= bound.
std::vector<std::uint64_t> distinct_numbers(std::uint64_t how_many, std::uint64_t bound,
                                            std::uint64_t seed) {
  Draws draws(mix64(seed));
  std::vector<std::uint64_t> numbers;
  numbers.reserve(how_many);
  while (numbers.size() < how_many) {
    for (std::uint64_t missing = how_many - numbers.size(); missing > 0; --missing) {
      numbers.push_back(draws.below(bound));
    }
    sort_unique(numbers);
  }
  return numbers;
}

std::vector<std::uint64_t> all_but(const std::vector<std::uint64_t>& left_out,
                                   std::uint64_t bound) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(bound - left_out.size());
  auto skip = left_out.begin();
  for (std::uint64_t i = 0; i < bound; ++i) {
    if (skip != left_out.end() && *skip == i) {
      ++skip;
    } else {
      numbers.push_back(i);
    }
  }
  return numbers;
}

}  // namespace

PairSpace pair_space(const Table& table, PairScope scope, bool respect_duplicate_free) {
  PairSpace space;
  space.scope = scope;
  space.source_begin.clear();
  for (std::size_t s = 0; s <= table.sources.size(); ++s) {
    const auto first = std::lower_bound(
        table.row_source.begin(), table.row_source.end(), s,
        [](SourceId id, std::size_t wanted) { return static_cast<std::size_t>(id) < wanted; });
    space.source_begin.push_back(static_cast<Row>(first - table.row_source.begin()));
  }
  for (const SourceFacts& source : table.sources) {
    space.closed.push_back(respect_duplicate_free && source.duplicate_free);
  }
  return space;
}

std::uint64_t possible_pairs(const PairSpace& space, SourceId a, SourceId b) {
  const auto first = static_cast<std::size_t>(a);
  const auto second = static_cast<std::size_t>(b);
  if (a == b) return source_pairs(space, first).within;
  if (space.scope == PairScope::kWithinSource) return 0;
  return std::uint64_t{space.source_begin[first + 1] - space.source_begin[first]} *
         (space.source_begin[second + 1] - space.source_begin[second]);
}

std::uint64_t possible_pairs(const PairSpace& space) {
  std::uint64_t pairs = 0;
  for (std::size_t s = 0; s + 1 < space.source_begin.size(); ++s) {
    const SourcePairs of_source = source_pairs(space, s);
    pairs += of_source.within + of_source.with_later;
  }
  return pairs;
}

std::vector<std::pair<Row, Row>> sample_pairs(const PairSpace& space, std::uint64_t how_many,
                                              std::uint64_t seed) {
  const std::uint64_t possible = possible_pairs(space);
  how_many = std::min(how_many, possible);
  const std::vector<std::uint64_t> numbers =
      how_many <= possible / 2
          ? distinct_numbers(how_many, possible, seed)
          : all_but(distinct_numbers(possible - how_many, possible, seed), possible);
  std::vector<std::pair<Row, Row>> pairs;
  pairs.reserve(numbers.size());
  std::uint64_t begin = 0;  // number of the source's first pair
  auto number = numbers.begin();
  for (std::size_t s = 0; s + 1 < space.source_begin.size(); ++s) {
    const SourcePairs of_source = source_pairs(space, s);
    const Row first = space.source_begin[s];
    const Row later = space.source_begin[s + 1];
    for (; number != numbers.end() && *number - begin < of_source.within; ++number) {
      const auto [left, right] = triangle_pair(*number - begin);
      pairs.emplace_back(first + left, first + right);
    }
    begin += of_source.within;
    for (; number != numbers.end() && *number - begin < of_source.with_later; ++number) {
      const std::uint64_t width = space.rows() - later;
      const std::uint64_t i = *number - begin;
      pairs.emplace_back(first + static_cast<Row>(i / width), later + static_cast<Row>(i % width));
    }
    begin += of_source.with_later;
  }
  TESSERA_CHECK(pairs.size() == how_many);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace tessera
