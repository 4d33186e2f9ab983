// MOSIP: identities as JSON, with the mapping and the locations that give their codes a meaning.
#pragma once

#include <filesystem>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// Reads identity documents (one, a list, NDJSON, bare or in `identity` or `response.identity`). An
/// identity-mapping.json among the files says which field is which; without one MOSIP's default is
/// used. A location.csv among them (`lang_code,code,name,…`) names places. Of a value in several
/// languages the first, English before others, stands in the row, the others in detail.csv by
/// language. A UIN and a perpetual VID may key a link; a temporary VID, a partner's token and a
/// registration id never do, and stand in identifier.csv alone.
void import_mosip(const std::vector<std::filesystem::path>& files, Import& import);

}  // namespace tessera
