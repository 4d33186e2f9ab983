// An explanation as JSON, for programs.
#pragma once

#include <span>
#include <string>

#include "engine/explanation.hpp"

namespace tessera {

/// One JSON object, ended by a line feed: all of Explanation, its names as keys (docs/why.md).
/// show_values: otherwise the members `as_written` and `as_compared` are left out. notes: what the
/// reader must know of the result, as `notes`. Numbers as they are, not rounded.
std::string explanation_json(const Explanation& explanation, bool show_values,
                             std::span<const std::string> notes);

}  // namespace tessera
