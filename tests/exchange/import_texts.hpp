// Imports as plain text, and shorthands to make them, for the tests of exchange/.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera::test {

/// The committed samples of a format, by name.
std::vector<std::filesystem::path> samples(std::string_view format);

/// All rows of a table, each `column=value` of what is not empty, joined by ` | `.
std::vector<std::string> table_lines(const Import& import, CanonicalTable table);

/// All that an import found, table by table, then raw values, rejects and counts: for golden files.
std::string import_text(const Import& import);

/// One value of the row whose first column is `id`; empty if there is no such row.
std::string cell(const Import& import, CanonicalTable table, std::string_view id,
                 std::string_view column);

/// A tree from JSON. Throws std::runtime_error if it is none.
Node json(std::string_view text);

/// Imports a JSON text with one reader, to the end.
Import imported(std::string_view text, void (*read)(Node&, Import&));

/// Texts of `documents` marked as mapped that stand nowhere in the import: neither in a table nor
/// among the raw values. Empty: nothing was lost.
std::vector<std::string> lost_texts(const Import& import, const std::vector<Node>& documents);

}  // namespace tessera::test
