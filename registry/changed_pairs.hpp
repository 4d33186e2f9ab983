// The pairs that an increment compares: of the records that came or changed, and those that share a
// block with one.
#pragma once

#include <cstdint>
#include <vector>

#include "registry/key_index.hpp"
#include "registry/store.hpp"

namespace tessera {

struct ChangedPairs {
  /// By their rows in the store, each with a changed record, as `row`. Ascending, each pair once.
  /// All that share a block, and some that do not: the index knows 32 bits of a block's name, and
  /// what a record was known by before it changed.
  std::vector<SharedKey> pairs;
  std::vector<std::vector<Posting>> postings;  ///< Of the changed records, by rule.
};

/// changed: live rows, ascending. Cost: reads them, and some pages of the index for each key.
ChangedPairs find_pairs(Store& store, const PinnedModel& pinned,
                        const std::vector<std::int64_t>& changed, const RunLimits& limits);

}  // namespace tessera
