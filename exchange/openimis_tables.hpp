// openIMIS's own tables as CSV: insured persons, families, policies, claims, locations.
#pragma once

#include <filesystem>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// Reads tblInsuree, tblFamilies, tblPolicy, tblInsureePolicy, tblClaim, tblClaimItems,
/// tblClaimServices and tblLocations, told by their columns, in any order; what is not there is not
/// needed. Rows of earlier versions (ValidityTo is set) are counted and left out. Persons, families
/// and policies are named by their UUIDs. Reads each file twice, to know what its numbers mean.
/// Throws Error(kUsage) for a file that is none of them.
void import_openimis_tables(const std::vector<std::filesystem::path>& files, Import& import);

}  // namespace tessera
