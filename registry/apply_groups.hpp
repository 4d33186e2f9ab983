// Gives groups that last their members and identifiers anew, once persons have theirs.
#pragma once

#include <cstdint>

#include "registry/plan_groups.hpp"

namespace tessera {

/// Makes the change and tells the ledger, within the transaction at hand, after `apply_plan`.
/// Returns the events written: none where nothing changed. Deterministic but for the letters drawn.
/// Throws Error(kResource). Cost: in proportion to what changes.
std::uint64_t apply_groups(Store& store, const GroupPlan& groups, const RunInfo& run);

}  // namespace tessera
