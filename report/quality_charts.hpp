// Charts of how right a result should be, without labels, and of what a person should check.
#pragma once

#include <string_view>
#include <vector>

#include "report/page.hpp"

namespace tessera {

/// From the text of run.json; none if it holds no expected quality or there are no links. Throws
/// Error(kUsage) if the text is no run.json.
std::vector<Chart> quality_charts(std::string_view run_json);

}  // namespace tessera
