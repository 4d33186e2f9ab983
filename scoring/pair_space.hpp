// Which pairs of records may be linked at all: how many they are, and a fair sample of them.
//
// u and the prior are shares of "all pairs that may be linked", so what is counted, sampled and
// scored must agree on them.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// The pairs that a job may link.
enum class PairScope : std::uint8_t {
  kAnyPair,        ///< Within and across sources (link_and_dedupe).
  kAcrossSources,  ///< Of different sources only (link_only).
  kWithinSource,   ///< Of one source only (dedupe_only).
};

/// All unordered pairs of distinct rows that may be linked. A plain value.
struct PairSpace {
  PairScope scope = PairScope::kAnyPair;
  std::vector<Row> source_begin{
      0};  ///< size sources + 1: source s has rows [begin[s], begin[s+1]); last = n.
  std::vector<bool>
      closed;  ///< per source, or empty: true where no two rows of the source may be linked.

  Row rows() const { return source_begin.back(); }
};

/// The pair space of a table, whose rows are ordered by source. `respect_duplicate_free`: a source
/// that is free of duplicates is closed. Cost: one look-up a source.
PairSpace pair_space(const Table& table, PairScope scope, bool respect_duplicate_free);

/// How many pairs there are. Cost: one step a source.
std::uint64_t possible_pairs(const PairSpace& space);

/// Unordered pairs of `sources` sources, a source with itself included.
constexpr std::size_t count_source_pairs(std::size_t sources) {
  return sources * (sources + 1) / 2;
}

/// The number of an unordered pair of sources, 0 … count_source_pairs - 1:
/// (0,0) (0,1) (1,1) (0,2) …
constexpr std::size_t source_pair_number(SourceId a, SourceId b) {
  const auto low = static_cast<std::size_t>(a < b ? a : b);
  const auto high = static_cast<std::size_t>(a < b ? b : a);
  return high * (high + 1) / 2 + low;
}

/// How many pairs there are of two sources, or within one. Constant time.
std::uint64_t possible_pairs(const PairSpace& space, SourceId a, SourceId b);

/// `how_many` distinct pairs (left < right), every set of that many equally likely, sorted by
/// (left, right); all pairs if there are no more. The same for the same space, number and seed, on
/// every machine. Cost: O(k log k) time, 16 bytes a pair; k = how_many.
std::vector<std::pair<Row, Row>> sample_pairs(const PairSpace& space, std::uint64_t how_many,
                                              std::uint64_t seed);

}  // namespace tessera
