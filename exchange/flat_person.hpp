// A person as one flat row: what stands in the tables of an import, under names by which the reader
// of lists knows it again.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// Name and value, each name once, no value empty.
using FlatFields = std::vector<std::pair<std::string, std::string>>;

/// The columns of person.csv but `record_id`, in their order (less the numbers that the identifiers
/// repeat); then the identifiers by the names their source has for them, and the details by name. A
/// further value of a name stands under the name and `_2`, `_3`, …. A temporary VID and a partner's
/// token are nobody else's business and never in it. Empty if there is no such person. Cost: log n,
/// and what is known of the person.
FlatFields flat_person(const Import& tables, std::string_view record);

/// The value of a name; empty if it is not there.
std::string_view value_of(const FlatFields& fields, std::string_view name);

/// Takes a name out, and gives what it had.
std::string take_value(FlatFields& fields, std::string_view name);

/// CSV (RFC 4180) with a header: `first` in that order, then all other names that any row has, each
/// sorted, but those in none of the rows. Line feeds end lines.
std::string flat_csv(const std::vector<std::string>& first, const std::vector<FlatFields>& rows);

}  // namespace tessera
