// Waterfalls: how the evidence on a pair adds up.
#pragma once

#include <span>
#include <vector>

#include "engine/explanation.hpp"
#include "report/page.hpp"

namespace tessera {

/// One chart a pair. Without show_values neither the records' names nor what they hold: levels and
/// bits only.
std::vector<Chart> sample_charts(std::span<const Explanation> pairs, bool show_values);

}  // namespace tessera
