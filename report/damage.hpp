// Values that a spreadsheet or a wrong encoding has damaged.
#pragma once

#include <string_view>

#include "data/kind.hpp"

namespace tessera {

/// What happened to a value, in words that complete `N records hold a value that …`; empty if
/// nothing is seen. Long numbers in scientific notation (1.2E+11), error marks (#N/A, ####), whole
/// numbers with `.0` and day numbers (32874 for 1990-01-01) are spreadsheets'; `Ã©` and U+FFFD are
/// text read in a wrong encoding. kind: of the column; numbers may be written so.
std::string_view damage_of(std::string_view value, Kind kind);

}  // namespace tessera
