// The slow twin of data/csv_scanner.hpp: one character at a time over the whole text, from the
// rules that its header states.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_scanner.hpp"

namespace tessera::test {

/// A row, or why there is none.
struct ScannedRow {
  std::uint64_t line = 0;
  std::optional<RowFaultKind> fault;
  std::vector<std::string> fields;  ///< Quotes off and doubled quotes single; blanks kept.

  friend bool operator==(const ScannedRow&, const ScannedRow&) = default;
};

/// All rows of a file. Takes rows back as often as it must: quadratic on hostile input.
std::vector<ScannedRow> scan_csv_slowly(std::string_view text, const CsvDialect& dialect);

}  // namespace tessera::test
