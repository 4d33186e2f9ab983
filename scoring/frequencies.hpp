// u from how often values occur: exact for equality, sampled for fuzzy levels, the matches taken
// out of both.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "data/table.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// Pairs counted, not estimated.
struct EqualPairs {
  std::uint64_t pairs = 0;     ///< Pairs that may be linked and have a value on both sides.
  std::uint64_t agreeing = 0;  ///< Of which the two values are the same.

  /// P(two random records that may be linked and have values agree); 0 when there is no such pair.
  double probability() const;
};

/// Counts the pairs of `space` that agree on the column: Σ c(c-1)/2 over values, less the pairs
/// that the space leaves out. Exact (all numbers are under 2^63). REQUIRES: space is of the
/// column's table. Cost: O(values) when any pair may be linked, else O(rows + values).
EqualPairs count_equal_pairs(const Column& column, const PairSpace& space);

/// Each value's share of the rows that have one; size column.values.size(), [0] = 0. Σ = 1. As
/// Splink's tf tables. Those of column.frequencies, if it has them.
std::vector<double> term_frequencies(const Column& column);

/// The adjustment for a pair at `level` whose value (of two, the more frequent) has frequency `tf`,
/// in bits: tf_exponent · tf_weight(level) · log2(u_exact / max(tf, tf_minimum)). u_exact is the u
/// of the comparison's level `exact`, or of the level itself if there is none. 0 when the level has
/// no adjustment, is null, or tf is 0. REQUIRES: level <= levels of c. Source: Splink (pull request
/// 107), as its 5.0 computes it; Winkler (2000).
double tf_adjustment_bits(const ComparisonModel& comparison, unsigned level, double tf);

/// What is known about one comparison's levels among random pairs.
struct LevelShares {
  std::optional<double>
      exact_share;  ///< P(equal) of count_equal_pairs; absent unless level 1 is `exact`.
  std::vector<std::uint64_t> sampled;  ///< per level: random pairs that reached it (nulls left out)
  std::vector<double> m;               ///< per level
  double prior = 0.0;                  ///< Share of matches among random pairs, in [0, 1).
  std::uint64_t distinct_values = 0;   ///< Of the column; 0: no floor from it.
};

/// u of every level, summing to 1. Random pairs hold matches, a share `prior` of them, so u =
/// (share − prior · m) / (1 − prior). Level 1's share is exact_share when given; the others divide
/// the rest as the sample does, and a level that the sample never met counts as half a pair. Level
/// 1's u is at least 1 / distinct_values when exact_share is given (values drawn from D agree at
/// least that often, by Cauchy–Schwarz) and every u at least kLeastProbability. REQUIRES: sizes
/// agree and are at least 1.
std::vector<double> estimate_u(const LevelShares& shares);

}  // namespace tessera
