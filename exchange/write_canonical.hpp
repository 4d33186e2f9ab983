// Writes an import as files: the canonical tables, raw values, rejects, and the facts of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "exchange/import.hpp"

namespace tessera {

/// Writes one CSV a table into `folder`, raw.csv, rejects.csv and import.json; they appear
/// together. The columns: docs/exchange.md. Throws Error: kResource, kBusy as OutputFolder.
void write_canonical(const std::filesystem::path& folder, const Import& import,
                     std::string_view format);

/// import.json: the format, files and their digests, rows of each table, repairs, rejects, what was
/// left out, and which paths of the messages are mapped and which not. Counts alone; never a value.
std::string import_json(const Import& import, std::string_view format);

}  // namespace tessera
