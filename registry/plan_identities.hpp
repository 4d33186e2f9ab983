// Who every record is after a resolution, and what that means for identities.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/resolve.hpp"
#include "registry/plan.hpp"
#include "registry/records.hpp"

namespace tessera {

/// Which cluster each row is in, clusters numbered by their first row.
struct NumberedClusters {
  std::vector<std::uint32_t> of_row;  ///< size n
  std::uint32_t clusters = 0;
};
NumberedClusters number_clusters(const Clusters& clusters);

/// Gives every cluster its identity: first those that live, by what they hold now; then retired
/// ones whose own records stand together again and would otherwise be strangers; else a fresh one.
/// Fills of `plan` what follows: minted, restored, moves, changed, merged, split, retired, kin,
/// kin_of. REQUIRES: `records` holds all records of each identity that one of them has.
void plan_identities(Store& store, const StoredRecords& records, const Resolution& resolution,
                     const NumberedClusters& clusters, const RowDecisions& decisions, Plan& plan);

}  // namespace tessera
