// FHIR written as XML, as the same trees that its JSON gives.
#pragma once

#include <string_view>

#include "exchange/json_tree.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Reads one XML document by FHIR's rules (https://hl7.org/fhir/R4/xml.html): an element is a key,
/// its `value` attribute the text, a resource's name its `resourceType`; XHTML is left out. No
/// document type is followed, so no entity is expanded. Refuses what parse_json refuses.
TreeFault parse_fhir_xml(std::string_view text, Node& out);

}  // namespace tessera
