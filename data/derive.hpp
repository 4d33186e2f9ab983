// Makes attributes of others.
#pragma once

#include <span>

#include "data/spec.hpp"
#include "data/table.hpp"

namespace tessera {

/// Appends a column for each derived attribute. A record has the first value of its columns that
/// is not missing; equal texts have one code, numbered column by column. No raw values.
/// REQUIRES: first_of names columns of the table. Cost: one pass over the rows and the values of
/// the columns.
void append_derived(std::span<const DerivedAttribute> derived, Table& table);

}  // namespace tessera
