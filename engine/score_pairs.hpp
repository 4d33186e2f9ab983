// Blocks and scores in one sweep: candidate pairs are never a table, only links are kept.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/candidates.hpp"
#include "engine/link.hpp"
#include "engine/pair_weigher.hpp"

namespace tessera {

struct ScoredPairs {
  std::vector<Link> links;                   ///< weight >= keep_bits, sorted by (left, right)
  std::vector<std::uint64_t> pairs_of_rule;  ///< per rule: pairs that it made first
  std::uint64_t pairs_compared = 0;          ///< their sum
};

struct ScoreOptions {
  /// Pairs below are dropped, as soon as no comparison left could lift them.
  double keep_bits = 0.0;
  /// False: every pair is compared in full; the links are the same (a test says so).
  bool prune = true;
  /// Called when a rule's pairs are all scored, in the order of the rules. May be empty.
  std::function<void(std::size_t rule)> rule_scored = {};
};

/// Scores every candidate pair once. Deterministic at any thread count. Memory: links only.
/// Cost: per pair a few vectorised operations a comparison; a text kernel only for pairs that could
/// still reach keep_bits.
/// `walked` holds the comparer's columns (compared_columns).
ScoredPairs score_pairs(const WalkedTable& walked, const PairWeigher& weigher,
                        const ScoreOptions& options);

/// Rows to compare with others: a star is a row and those it is compared with, laid end to end as
/// the members of a block are.
using Stars = Members;

/// Scores the pairs of each star's first row with its others, as score_pairs scores those of
/// blocks; those that may not be linked are left out. REQUIRES: a rule under which no row of
/// `walked` is in a block (no_blocks); no pair stands in two stars. Memory: links only.
ScoredPairs score_stars(const WalkedTable& walked, const PairWeigher& weigher, const Stars& stars,
                        const ScoreOptions& options);

/// One rule under which none of `rows` rows is in a block.
Blocking no_blocks(Row rows);

}  // namespace tessera
