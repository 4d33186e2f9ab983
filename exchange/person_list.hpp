// Lists of people: a row or a flat object each, whatever the columns are called.
#pragma once

#include <string>
#include <string_view>

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Whether a text is a UUID as RFC 9562 writes it, in letters of either case.
bool is_uuid(std::string_view text);

/// Reads one person: OpenG2P, OpenSPP, SoSYS-like exports, openIMIS's social protection upload
/// (`first_name,last_name,dob,group_code,individual_role,recipient_info`), GovStack records.
/// Columns are known by name in a dozen languages (engine/propose_names.hpp) and by the table of
/// identifiers (exchange/codes.hpp); a column that is neither is kept as a detail under its own
/// name. A UUID in a column `ID`, as openIMIS has it, names the record before any other column. A
/// row without an id gets one made of its content, so that the order of rows does not matter.
void read_list_row(Node& row, Import& import);

/// The column of person.csv that a column of a list fills; empty for one that fills none.
std::string_view list_column(std::string_view name);

/// Whether a column of a list holds a number that names people (`nid`, `UIN`, `passport_no`).
bool list_identifier(std::string_view name);

/// Whether a column of that name may hold the id of the row's record.
bool is_record_id_column(std::string_view name);

/// The id of a row's record, as read_list_row takes it; empty where no column has one.
std::string list_record_id(Node& row);

/// Reads a JSON document that holds people: one object, a list, or lists of objects anywhere in it.
void read_list_document(Node& document, Import& import);

}  // namespace tessera
