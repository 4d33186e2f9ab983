// Turns batches of rows into columns of codes: every value is interned once, whatever format it
// came in.
#pragma once

#include <cstdint>
#include <vector>

#include "data/batch_interner.hpp"
#include "data/column_plan.hpp"
#include "data/row_batch.hpp"
#include "data/table.hpp"

namespace tessera {

/// The line of each row, kept as runs of successive lines: a clean file has one.
class LineMap {
 public:
  void append(Row row, std::uint64_t line);
  /// REQUIRES: `row` was appended. Cost: a binary search over the runs.
  std::uint64_t line_of(Row row) const;

 private:
  struct Run {
    Row first_row;
    std::uint64_t first_line;
  };
  std::vector<Run> runs_;
  Row next_row_ = 0;
  std::uint64_t next_line_ = 0;
};

/// All rows in the order of the input, sources one behind the other in the spec's order.
struct EncodedRows {
  std::vector<RawColumn> columns;  ///< one per attribute
  RawColumn updated;               ///< codes: size n or 0
  TextList record_ids;             ///< size n
  LineMap lines;
  std::vector<Row> source_begins;  ///< size sources + 1: source s holds rows source_begins[s] …
                                   ///< source_begins[s + 1] - 1
};

/// Encodes rows, batch by batch. Values of one column are interned in row order, so codes are
/// numbered by first appearance; columns are encoded in parallel, which no code can tell.
class RowEncoder {
 public:
  /// has_updated: some source has an update column.
  RowEncoder(std::size_t attributes, bool has_updated);

  /// The rows to come are of the next source.
  void begin_source(SourcePlan plan);

  /// Takes all rows of a batch that have a record id; those that have none are returned as faults.
  /// Throws Error(kResource) past 2^32 - 1 rows. Cost: about 40 ns a field.
  std::vector<RowFault> add(RowBatch& batch);

  /// All that was added; the encoder must not be used after.
  EncodedRows finish() &&;

 private:
  struct ColumnEncoder {
    BatchInterner interner;
    std::vector<Code> codes;  // one per row so far

    void add(const RowBatch& batch, const FieldPlan& plan);
  };

  std::vector<RowFault> drop_rows_without_id(RowBatch& batch) const;
  void add_ids(const RowBatch& batch);

  SourcePlan plan_;
  std::vector<ColumnEncoder> attributes_;
  ColumnEncoder updated_;
  bool has_updated_;
  TextList record_ids_;
  LineMap lines_;
  std::vector<Row> source_begins_;
};

}  // namespace tessera
