// After a registry has changed: the index that look-ups keep beside it is brought along.
#pragma once

#include <filesystem>

#include "cli/console.hpp"
#include "engine/job.hpp"

namespace tessera {

/// Brings the kept file up to date if there is one, and says what became of it (bring_up_look_ups).
/// Never throws Error: the registry is as it is, and the next look-up can do the same.
void bring_look_ups_along(const std::filesystem::path& registry, const RunLimits& limits,
                          Console& console);

}  // namespace tessera
