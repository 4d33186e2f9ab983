// When each record was last written, for survivorship: dates as codes that can be compared.
#pragma once

#include <span>
#include <vector>

#include "data/source_rows.hpp"
#include "data/spec.hpp"
#include "data/table.hpp"

namespace tessera {

/// As Table::updated and Table::updated_days.
struct UpdatedDays {
  std::vector<Code> codes;  ///< size n, or 0 if no source says
  Dictionary days;
};

/// The update dates of all rows, each read in its source's order of day and month. A heap or a part
/// unknown but the year says what it says; without a year the day is unknown. `blocks`: those of
/// raw.row_source. Cost: one parse of each distinct text and source, then a look-up a row.
UpdatedDays clean_updated_days(const RawTable& raw, std::span<const SourceSpec> sources,
                               std::span<const SourceRows> blocks);

}  // namespace tessera
