// FHIR messages of any shape: a resource, a bundle, bundles within bundles, pages, NDJSON.
#pragma once

#include <string_view>

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Reads one document. Resources that have no place in the canonical tables are counted by type;
/// what is no resource is rejected.
void read_fhir(Node& document, Import& import);

}  // namespace tessera
