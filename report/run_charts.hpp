// The charts of a run: what the records hold, what blocking cost, what came of it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/page.hpp"

namespace tessera {

/// From the text of run.json (engine/run_facts.hpp): completeness, records that cannot be linked,
/// blocking costs, kept pairs by weight, links between sources, sizes of entities and their weakest
/// links. What the run did not measure (a run.json of an older program) is left out. Throws
/// Error(kUsage) if the text is no run.json.
std::vector<Chart> run_charts(std::string_view run_json);

/// The page's figures: records, links, entities, … by name.
std::vector<std::pair<std::string, std::string>> run_figures(std::string_view run_json);

}  // namespace tessera
