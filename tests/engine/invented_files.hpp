// Small files of invented people under whatever column names a registry might use.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/propose_columns.hpp"

namespace tessera::test {

/// A property of invented person `i`, as text: `given`, `family`, `full` (both), `iso` (birth date
/// 1990-04-05), `dmy`, `mdy`, `compact` (19900405), `year`, `month`, `day`, `sex` (F, M), `sexcode`
/// (1, 2), `phone`, `email`, `nid`, `postcode`, `village`, `street` (with number), `number` (row
/// number), `key` (r-N), `digits` (8 opaque digits, repeated), `age`, `visit` (a date of this
/// decade), `job`, `constant`, `blank`. The same for the same i; different persons differ.
std::string invented(const std::string& property, std::uint32_t i);

/// A file of `rows` people: columns are pairs of column name and property.
using Columns = std::vector<std::pair<std::string, std::string>>;
SampledFile invented_file(const Columns& columns, std::uint32_t rows);

/// The same as CSV text.
std::string invented_csv(const Columns& columns, std::uint32_t rows);

}  // namespace tessera::test
