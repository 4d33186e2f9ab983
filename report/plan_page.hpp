// The charts of a plan: what happens to identifiers.
#pragma once

#include <vector>

#include "registry/plan.hpp"
#include "registry/plan_groups.hpp"
#include "report/page.hpp"

namespace tessera {

/// The page of a plan, made or applied: identifiers that stay as they are, and those that come, go
/// or change, by how, of persons and (where there are some) of families; pairs that wait for
/// review. No record and no identifier is named.
Page plan_page(const Plan& plan, const GroupPlan& families, bool applied);

}  // namespace tessera
