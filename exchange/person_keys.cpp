#include "exchange/person_keys.hpp"

#include <set>

namespace tessera {
namespace {

std::string holder_key(const TableRow& row) {
  return std::string(row["authority"]) + Import::kSeparator + std::string(row["value"]);
}

}  // namespace

FhirIdentifier lasting_identifier(const Feed& feed, std::int64_t entity) {
  FhirIdentifier identifier;
  identifier.system = "urn:tessera:person";
  identifier.value = feed.identifier(entity);
  return identifier;
}

FhirIdentifier lasting_family(const Feed& feed, std::size_t source, std::string_view family) {
  FhirIdentifier identifier;
  identifier.system = "urn:tessera:family";
  identifier.value = feed.group_identifier(source, family);
  return identifier;
}

PersonKeys::PersonKeys(const FlowSource& source) : source_(source) {
  std::set<std::pair<std::string, std::string>> seen;  // one holder may have it twice
  for (const TableRow& row : all_rows(source.tables, CanonicalTable::kIdentifier)) {
    if (row["owner"] != "person") continue;
    if (seen.emplace(holder_key(row), row.key()).second) ++holders_[holder_key(row)];
  }
}

const TableRow* PersonKeys::own(const std::vector<TableRow>& rows) const {
  for (const TableRow& row : rows) {
    if (row["may_key_a_link"] != "true" || row["authority"].find(':') == std::string_view::npos) {
      continue;
    }
    if (holders_.at(holder_key(row)) == 1) return &row;
  }
  return nullptr;
}

FhirIdentifier PersonKeys::of(std::string_view record) const {
  const std::vector<TableRow> rows = identifiers_of(source_.tables, "person", record);
  if (const TableRow* row = own(rows); row != nullptr) return fhir_identifier(*row);
  FhirIdentifier identifier;
  identifier.system = "urn:tessera:source:" + source_.name;
  identifier.value = record;
  return identifier;
}

bool PersonKeys::has_own(std::string_view record) const {
  return own(identifiers_of(source_.tables, "person", record)) != nullptr;
}

std::vector<FhirIdentifier> PersonKeys::all(std::string_view record) const {
  std::vector<FhirIdentifier> identifiers = {of(record)};
  for (const TableRow& row : identifiers_of(source_.tables, "person", record)) {
    if (row["may_key_a_link"] != "true") continue;
    FhirIdentifier next = fhir_identifier(row);
    const FhirIdentifier& first = identifiers.front();
    if (next.system == first.system && next.value == first.value) continue;
    identifiers.push_back(std::move(next));
  }
  return identifiers;
}

}  // namespace tessera
