// Blocking by likeness: pairs of each record with those most like it, for records that exact keys
// leave with few candidates.
//
// Exact keys miss a pair that has an error in every key. The index (index/nearest.hpp) finds it
// all the same, as long as the two have something rare in common, equal or nearly so. Its pairs
// are compared and weighed as all others are; the model is trained without them, for they are
// chosen by how alike they are and would teach it that strangers are alike.
#pragma once

#include <cstdint>

#include "blocking/blocks.hpp"
#include "data/table.hpp"
#include "engine/job.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// The pairs that an index rule adds to those of the exact rules.
struct IndexedPairs {
  /// Each pair is a block of two, so that whatever walks blocks walks them. Pairs that an exact
  /// rule makes, and those that may not be linked, are left out.
  RuleBlocks blocks;
  std::uint64_t looked_up = 0;     ///< Records.
  std::uint64_t not_complete = 0;  ///< Of them, those whose search met its limit of rows.
};

/// Looks up every record, or those that `exact` leaves with few candidates: the sum over its
/// blocks of the other records in them is under rule.few. A pair is made if either record is among
/// the `top` most like the other; where rule.pairs is given, only the so many of these pairs that
/// are most alike: by the greater likeness of their two searches, times the share that it is of
/// what either record says (own_likeness), then by rows. The same at any thread count and row
/// order. Throws Error(kResource) if the pairs were more than 2^31. Cost: building the index, and
/// 0.02 to 0.3 ms a record looked up; 12 bytes a pair, before some are taken, and thread's share.
IndexedPairs find_indexed_pairs(const Table& table, const JobSpec& job, const IndexRule& rule,
                                const Blocking& exact, const PairSpace& space);

}  // namespace tessera
