// The charts of an evaluation: what is right, by threshold and by source.
#pragma once

#include <vector>

#include "report/evaluation.hpp"
#include "report/page.hpp"

namespace tessera {

/// Precision, recall and F1 by threshold, with what evaluate tells as a table; by pair of sources
/// if it was measured.
std::vector<Chart> evaluation_charts(const Evaluation& evaluation);

}  // namespace tessera
