// The canonical tables themselves as a format: what `tessera import` wrote is read again, so that a
// message needs parsing once.
#pragma once

#include <filesystem>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// Reads files named as the canonical tables (`person.csv`, `family.csv`, …) and `raw.csv`, as
/// `write_canonical` writes them; columns may stand in any order and those without a value may be
/// absent. rejects.csv and import.json are no data and are left out, counted. What comes out is
/// what was written: the same rows, the same raw values.
///
/// Throws Error(kUsage) for a file of another name, and for a column that its table has not: its
/// values would be lost. A row whose key is empty, and a row of raw.csv that names no table or no
/// repair, is a reject. Cost: as reading a table.
void import_canonical(const std::vector<std::filesystem::path>& files, Import& import);

}  // namespace tessera
