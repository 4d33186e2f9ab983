// What every canonical row promises, whatever bytes it was made of: for the fuzz targets of
// readers.
#pragma once

#include "data/check.hpp"
#include "data/unicode.hpp"
#include "exchange/clean_field.hpp"
#include "exchange/import.hpp"

namespace tessera::test {

/// Fields are as many as columns, UTF-8, and clean: cleaning them again changes nothing.
inline void check_rows(const Import& import) {
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    const auto columns = contract(table).columns;
    for (const std::string& row : import.packed_rows(table)) {
      const auto fields = unpack_row(row);
      TESSERA_CHECK(fields.size() == columns.size());
      for (std::size_t c = 0; c < columns.size(); ++c) {
        TESSERA_CHECK(is_utf8(fields[c]));
        const auto again = clean_field(fields[c], columns[c].kind, DateOrder::kDayMonthYear);
        TESSERA_CHECK(again.text == fields[c]);
      }
    }
  }
}

}  // namespace tessera::test
