// The update of openIMIS's social protection: rows of what it has itself, with what changed.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "exchange/flat_person.hpp"
#include "exchange/outbound.hpp"

namespace tessera {

/// Details that changed, by names of person.csv, of people by the receiver's record id.
using ChangedDetails = std::map<std::string, FlatFields, std::less<>>;

/// An upload that updates people of the receiver: `ID`, and the columns of its own `files`. Each
/// row is the receiver's, with the changed details in the columns that say them, for openIMIS
/// replaces all it keeps of somebody beside names and birth date by the row, drops the location
/// that a row does not name, puts the person into the group of its `group_code`, and refuses a file
/// that has columns which its schema does not know or an ID that it does not have. So the sender's
/// group, role, identifiers and further columns stand in none of it. Birth dates are whole, in ISO
/// form.
///
/// Left out and counted: whose id is no UUID, who is not in the files, who has nothing but details
/// for which the files have no column; such details are counted for the others, too. REQUIRES:
/// `tables` is the finished import of `files`. Throws Error as for_each_row.
/// Source: openimis-be-individual, workflows/base_individual_update.py and utils.py.
Written write_updates(std::span<const std::filesystem::path> files, const Import& tables,
                      const ChangedDetails& changed);

}  // namespace tessera
