// Lists of people: a row or a flat object each, whatever the columns are called.
#pragma once

#include <string_view>

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Reads one person: OpenG2P, OpenSPP, SoSYS-like exports, openIMIS's social protection upload
/// (`first_name,last_name,dob,group_code,individual_role,recipient_info`), GovStack records.
/// Columns are known by name in a dozen languages (engine/propose_names.hpp) and by the table of
/// identifiers (exchange/codes.hpp); a column that is neither is kept as a detail under its own
/// name. A row without an id gets one made of its content, so that the order of rows does not
/// matter.
void read_list_row(Node& row, Import& import);

/// Reads a JSON document that holds people: one object, a list, or lists of objects anywhere in it.
void read_list_document(Node& document, Import& import);

}  // namespace tessera
