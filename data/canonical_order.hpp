// Puts rows in canonical order, so that nothing after depends on the order of the input.
//
// Rows are ordered by source, then by the bytes of the record id; codes are renumbered by first
// appearance in that order; values that no row holds are dropped. Of rows with the same id in one
// source, the one whose content is least is kept (attributes in the spec's order, then the update
// date, compared by their bytes): whichever came first does not matter.
#pragma once

#include <vector>

#include "data/row_encoder.hpp"
#include "data/table.hpp"

namespace tessera {

/// A row that was dropped because another of its source has the same record id.
struct RepeatedRow {
  SourceId source;
  std::uint64_t line;
};

struct OrderedRows {
  RawTable table;                     ///< sources and rejects are left empty
  std::vector<RepeatedRow> repeated;  ///< by source, line
};

/// Orders all rows (consumed). Cost: eight passes over 8 bytes of each id, comparisons where those
/// are equal, then a gather per column, in parallel; next to nothing where the input is in order.
/// Memory: 36 bytes a row of the largest source beyond the result, then one column per thread
/// twice.
OrderedRows order_rows(EncodedRows rows);

}  // namespace tessera
