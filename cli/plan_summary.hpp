// A plan in words: counts, a few samples of each change, and what it means for review.
#pragma once

#include <string>

#include "registry/plan.hpp"
#include "registry/plan_groups.hpp"

namespace tessera {

/// A few lines, the last ended. Names identifiers and `source:record_id`, no values. Of families
/// nothing where the registry has none. `store` is as before the plan or as after it.
std::string plan_summary(Store& store, const Plan& plan, const GroupPlan& families);

}  // namespace tessera
