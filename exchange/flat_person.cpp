#include "exchange/flat_person.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "data/csv_writer.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

auto place_of(const FlatFields& fields, std::string_view name) {
  return std::find_if(fields.begin(), fields.end(),
                      [&](const auto& field) { return field.first == name; });
}

// Under the name, or the first of `name_2`, `name_3`, … that is free; a value that is there already
// under one of these is not put in twice.
void add(FlatFields& fields, const std::string& name, std::string_view value) {
  std::string free = name;
  for (int i = 2;; ++i) {
    const auto at = place_of(fields, free);
    if (at == fields.end()) break;
    if (at->second == value) return;
    free = name + "_" + std::to_string(i);
  }
  fields.emplace_back(free, value);
}

// The details of a person: packed rows are sorted, and begin with the table and the record.
std::vector<TableRow> details_of(const Import& tables, std::string_view record) {
  const std::string begin = std::string("person") + Import::kSeparator + std::string(record) +
                            std::string(1, Import::kSeparator);
  const std::vector<std::string>& packed = tables.packed_rows(CanonicalTable::kDetail);
  std::vector<TableRow> rows;
  for (auto at = std::lower_bound(packed.begin(), packed.end(), begin);
       at != packed.end() && at->starts_with(begin); ++at) {
    rows.emplace_back(CanonicalTable::kDetail, *at);
  }
  return rows;
}

// The columns of person.csv that hold an identifier.
constexpr std::array<std::string_view, 3> kNumbers = {"national_id", "insurance_id",
                                                      "birth_registration"};

}  // namespace

FlatFields flat_person(const Import& tables, std::string_view record) {
  FlatFields fields;
  const std::vector<TableRow> persons = rows_of(tables, CanonicalTable::kPerson, record);
  if (persons.empty()) return fields;
  const std::vector<TableRow> identifiers = identifiers_of(tables, "person", record);
  const auto is_named = [&](std::string_view value) {
    return std::any_of(identifiers.begin(), identifiers.end(),
                       [&](const TableRow& row) { return row["value"] == value; });
  };
  for (const CanonicalColumn& column : contract(CanonicalTable::kPerson).columns.subspan(1)) {
    const std::string_view value = persons.front()[column.name];
    const bool number = std::find(kNumbers.begin(), kNumbers.end(), column.name) != kNumbers.end();
    if (value.empty() || (number && is_named(value))) continue;
    fields.emplace_back(column.name, value);
  }
  for (const TableRow& row : identifiers) {
    if (row["type"] == "temporary_vid" || row["type"] == "partner_token") continue;
    if (row["type"] == "record_id" && row["value"] == record) continue;  // it is the row's name
    add(fields, std::string(row["code"].empty() ? row["type"] : row["code"]), row["value"]);
  }
  for (const TableRow& row : details_of(tables, record)) {
    add(fields, std::string(row["name"]), row["value"]);
  }
  return fields;
}

std::string_view value_of(const FlatFields& fields, std::string_view name) {
  const auto at = place_of(fields, name);
  return at == fields.end() ? std::string_view() : std::string_view(at->second);
}

std::string take_value(FlatFields& fields, std::string_view name) {
  const auto at = place_of(fields, name);
  if (at == fields.end()) return {};
  std::string value = at->second;
  fields.erase(at);
  return value;
}

std::string flat_csv(const std::vector<std::string>& first, const std::vector<FlatFields>& rows) {
  std::set<std::string> others;
  for (const FlatFields& row : rows) {
    for (const auto& [name, value] : row) {
      if (std::find(first.begin(), first.end(), name) == first.end()) others.insert(name);
    }
  }
  std::vector<std::string> header = first;
  header.insert(header.end(), others.begin(), others.end());
  std::string text;
  const auto line = [&](const auto& field_at) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (i > 0) text += ',';
      append_csv_field(text, field_at(header[i]));
    }
    text += '\n';
  };
  line([](const std::string& name) { return std::string_view(name); });
  for (const FlatFields& row : rows) {
    line([&](const std::string& name) { return value_of(row, name); });
  }
  return text;
}

}  // namespace tessera
