#include "exchange/table_view.hpp"

#include <algorithm>

#include "data/check.hpp"

namespace tessera {
namespace {

std::string_view first_field(std::string_view packed) {
  return packed.substr(0, packed.find(Import::kSeparator));
}

}  // namespace

std::string_view TableRow::operator[](std::string_view column) const {
  const std::optional<std::size_t> place = column_of(table_, column);
  TESSERA_CHECK(place.has_value());
  return fields_[*place];
}

std::vector<TableRow> all_rows(const Import& import, CanonicalTable table) {
  std::vector<TableRow> rows;
  rows.reserve(import.packed_rows(table).size());
  for (const std::string& packed : import.packed_rows(table)) rows.emplace_back(table, packed);
  return rows;
}

std::vector<TableRow> rows_of(const Import& import, CanonicalTable table, std::string_view key) {
  // The separator sorts before all that a key may hold, so packed rows are in the keys' order.
  const std::vector<std::string>& packed = import.packed_rows(table);
  auto at = std::lower_bound(
      packed.begin(), packed.end(), key,
      [](const std::string& row, std::string_view wanted) { return first_field(row) < wanted; });
  std::vector<TableRow> rows;
  for (; at != packed.end() && first_field(*at) == key; ++at) rows.emplace_back(table, *at);
  return rows;
}

std::vector<TableRow> identifiers_of(const Import& import, std::string_view owner,
                                     std::string_view record) {
  std::vector<TableRow> rows;
  for (TableRow& row : rows_of(import, CanonicalTable::kIdentifier, record)) {
    if (row["owner"] == owner) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tessera
