// Counts the patterns of candidate pairs: what EM learns from.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/candidates.hpp"
#include "engine/record_comparer.hpp"
#include "scoring/mixture.hpp"
#include "scoring/pair_space.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// The patterns of one rule's pairs.
struct RulePatterns {
  PatternCounts all;  ///< Every pair of the rule's blocks.
  /// Those that no earlier rule makes: over all rules, each candidate pair once. By pair of sources
  /// (source_pair_number).
  std::vector<PatternCounts> owned;
  std::uint64_t pairs = 0;  ///< Pairs of the rule's blocks, whether counted or not.
  /// Of the pairs, one in this many was compared; counts are multiplied by it.
  std::uint64_t one_in = 1;
};

struct CountOptions {
  /// Above it, pairs are sampled: of each run of `one_in` pairs, in block order, one is drawn.
  std::uint64_t max_pairs_per_rule = 1 << 16;
  std::uint64_t seed = 1;
  /// Called when a rule is counted, from the calling thread. May be empty.
  std::function<void(std::size_t rule)> rule_counted = {};
};

/// Counts, rule by rule, integers only: the same at any thread count. `walked` holds the
/// comparer's columns (compared_columns).
std::vector<RulePatterns> count_patterns(const WalkedTable& walked, const RecordComparer& comparer,
                                         const CountOptions& options);

/// The union of the rules' owned patterns: all candidate pairs, each once, by pair of sources.
std::vector<SourcePairCounts> owned_patterns(const std::vector<RulePatterns>& rules,
                                             const PairSpace& space);

/// The same pairs, whatever their sources.
PatternCounts all_patterns(const std::vector<SourcePairCounts>& owned);

/// Levels met among random pairs, per comparison and level (nulls left out): sampled[c][level - 1].
std::vector<std::vector<std::uint64_t>> sample_levels(const WalkedTable& walked,
                                                      const RecordComparer& comparer,
                                                      std::uint64_t how_many, std::uint64_t seed);

}  // namespace tessera
