// Looking things up in the canonical tables of a finished import.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// A row of a canonical table. Valid as long as the import.
class TableRow {
 public:
  TableRow(CanonicalTable table, std::string_view packed)
      : table_(table), fields_(unpack_row(packed)) {}

  /// The value of a column. REQUIRES: the table has it.
  std::string_view operator[](std::string_view column) const;
  std::string_view key() const { return fields_.front(); }

 private:
  CanonicalTable table_;
  std::vector<std::string_view> fields_;
};

/// All rows, by key. REQUIRES here and below: the import is finished.
std::vector<TableRow> all_rows(const Import& import, CanonicalTable table);

/// The rows whose first column is `key`. Cost: log n.
std::vector<TableRow> rows_of(const Import& import, CanonicalTable table, std::string_view key);

/// The identifiers of a record of `owner` (person, family, coverage, …).
std::vector<TableRow> identifiers_of(const Import& import, std::string_view owner,
                                     std::string_view record);

}  // namespace tessera
