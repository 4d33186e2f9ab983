// How many pairs blocking rules make: from the sizes of their groups, and what each adds.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "blocking/blocks.hpp"
#include "blocking/rule.hpp"
#include "data/table.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// What the keys of one rule make of a table.
struct KeyedPairs {
  std::uint64_t rows_with_key = 0;
  std::uint64_t groups = 0;  ///< Keys that two rows or more have.
  /// Distinct pairs of rows that have a key in common and may be linked, however large their group.
  std::uint64_t pairs = 0;
  /// Whether `pairs` is that number. Else it counts some pairs once per key in common: a row has
  /// more than kMostCombinedKeys keys.
  bool exact = true;
  std::vector<std::uint64_t> largest;  ///< Rows of the largest groups, at most five, descending.
  std::vector<std::pair<Row, Row>> drawn;  ///< Some of the pairs, drawn at random: see PairDraws.
};

/// How many pairs of a rule to draw. Each pair is as likely as any other (one of several keys in
/// common as often as it has keys in common), and may be drawn twice. Fewer come where hardly any
/// pair within a group may be linked.
struct PairDraws {
  std::size_t count = 0;
  std::uint64_t seed = 1;
};

/// Rows with more keys than this are not combined: a text of very many words.
inline constexpr std::size_t kMostCombinedKeys = 10;

/// Counts the pairs of a rule without making one: Σ over keys of the pairs that their rows make.
/// Where rows have several keys, a pair with more than one in common is counted once, by inclusion
/// and exclusion over the sets of keys that rows have. Cost: one sort of the rows' keys, or of
/// their sets of keys: 2^k - 1 for a row of k keys. Memory: 16 bytes each.
KeyedPairs count_keyed_pairs(const Table& table, const BlockingRule& rule, const PairSpace& space,
                             const PairDraws& draws = {});

/// Per rule: the pairs of its blocks that no earlier rule makes, as scoring walks them: those whose
/// key's block was split are left out. Cost: one step a pair, 1 to 3 ns; nothing is compared.
std::vector<std::uint64_t> count_added_pairs(const Table& table, const Blocking& blocking,
                                             const PairSpace& space);

}  // namespace tessera
