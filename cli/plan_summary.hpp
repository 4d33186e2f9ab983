// A plan in words: counts, a few samples of each change, and what it means for review.
#pragma once

#include <string>

#include "registry/apply_groups.hpp"
#include "registry/plan.hpp"

namespace tessera {

/// A few lines, the last ended. Names identifiers and `source:record_id`, no values.
std::string plan_summary(Store& store, const Plan& plan);

/// One line on the families, empty where the registry has none.
std::string families_summary(const GroupChanges& families);

}  // namespace tessera
