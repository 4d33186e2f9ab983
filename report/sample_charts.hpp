// Waterfalls: how the evidence on a pair adds up.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/explanation.hpp"
#include "report/page.hpp"

namespace tessera {

/// A pair with what its chart is called.
struct PairChart {
  std::string id;     ///< Of the chart on its page.
  std::string title;  ///< Before the weight.
  std::string says;   ///< What is to be known of it, in sentences; may be empty.
  Explanation pair;
};

/// One chart a pair. Without show_values neither the records' names nor what they hold: levels and
/// bits only.
std::vector<Chart> pair_charts(std::span<const PairChart> pairs, bool show_values);

/// The same of a job's examples, numbered from 1: `pair-1`, …
std::vector<Chart> sample_charts(std::span<const Explanation> pairs, bool show_values);

}  // namespace tessera
