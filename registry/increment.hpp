// Which records an increment must resolve anew, so that the outcome is that of resolving them all.
//
// Under one model a pair's weight, and whether it is compared, depend on its two records alone
// (engine/references.hpp). So a changed record can only make or lose links of its own, and clusters
// are found component by component: records that links or decisions hold together. An increment
// resolves
//   - the records that came or changed,
//   - the records to which a changed one is linked: found by the index of block names,
//   - the components in which any of them, or a record that went, or one that a decision since
//     names, was or is;
// no other component has another record, link or decision than before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/index_page.hpp"
#include "registry/store.hpp"

namespace tessera {

/// Two records whose weight lies between the review and the link threshold.
struct DoubtfulPair {
  std::int64_t row = 0;
  std::int64_t other_row = 0;
  double weight_bits = 0.0;
};

/// What to resolve.
struct Increment {
  std::vector<std::int64_t> changed;  ///< Live rows that came or changed; ascending.
  std::vector<std::int64_t> touched;  ///< Live rows to resolve: whole components; ascending.
  /// Pairs of a changed record with one outside `touched`.
  std::vector<DoubtfulPair> doubtful;
  /// Of the changed records, by rule, for the index.
  std::vector<std::vector<Posting>> postings;
  std::uint64_t pairs_compared = 0;
  std::uint64_t records_read = 0;
};

/// Why an increment will not do, in the user's words; empty: it will.
std::string why_all(Store& store, const std::optional<PinnedModel>& pinned);

/// Finds what an increment must resolve; nothing where that would be more than half of the store.
/// REQUIRES: why_all is empty. Cost: in proportion to the changed records and those that share a
/// block with one.
std::optional<Increment> find_increment(Store& store, const PinnedModel& pinned,
                                        const RunLimits& limits);

}  // namespace tessera
