// The parts that FHIR resources share: ids, references, names, addresses, identifiers.
#pragma once

#include <string>
#include <string_view>

#include "exchange/import.hpp"
#include "exchange/record.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// The id in a reference: `Patient/12`, `Patient/12/_history/3`, an absolute URL, `urn:uuid:12`.
std::string reference_id(std::string_view reference);

/// What names a resource: its `id`; else its identifier of openIMIS's type UUID, else of type Code;
/// else its first identifier as `authority's last part|value`. Empty if it has none of them.
std::string resource_id(Node& resource);

/// The id that a Reference at `path` (empty: `resource` itself) leads to: of its `reference`, else
/// its identifier's value.
std::string refer(Node& resource, const std::string& path);

/// All of the resource's identifiers, as rows of identifier.csv.
void add_fhir_identifiers(Node& resource, std::string_view owner, const std::string& owner_id,
                          Import& import, Record* person);

/// The official name into the row (else the usual one, else the first), the others as details.
void take_names(Node& resource, Record& person);

/// The home address into the row (else the first), the others as details. `path` leads to them.
void take_addresses(Node& resource, std::string_view path, Record& row);

/// A family name after given names, for people of whom only a display name is kept.
std::string display_name(Node& resource);

}  // namespace tessera
