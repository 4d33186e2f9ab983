// One opened extract, whatever its format: its columns, then its rows in batches.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/row_batch.hpp"
#include "data/spec.hpp"

namespace tessera {

/// What is known of a file once its rows are read.
struct FileFacts {
  std::string format;             ///< As SourceFacts::format.
  std::optional<char> delimiter;  ///< For CSV.
  std::uint64_t size_bytes = 0;
  std::string digest;  ///< As SourceFacts::digest.
};

/// The seam between formats and all that follows. Used by one thread at a time.
class SourceReader {
 public:
  virtual ~SourceReader() = default;

  /// The names of the file's columns, blanks trimmed, in file order.
  virtual std::span<const std::string> columns() const = 0;

  /// Whether a column's values have a text form: in Parquet some types have none.
  virtual bool has_text(std::size_t column) const = 0;

  /// Chooses the columns, by place in columns(), whose fields the batches carry, in this order.
  /// Call once, first. Throws Error(kUsage) if one of them cannot be read as text.
  virtual void select(std::vector<std::size_t> columns) = 0;

  /// The next rows, at least one row or fault; nothing at the end. `recycled` gives its memory (any
  /// batch, or {}). Throws Error: kUsage if the file is damaged, kResource if the disk fails.
  virtual std::optional<RowBatch> next(RowBatch recycled) = 0;

  /// Size and digest are complete once `next` returned nothing.
  virtual FileFacts facts() const = 0;
};

/// Opens a source and reads its header (CSV), schema (Parquet) or first lines (NDJSON). The format
/// is told by the content (`PAR1`, a `{`) and else by the name; anything else is CSV. Throws Error:
/// kUsage for a missing or empty file, a folder, a repeated column; kResource if it cannot be read.
std::unique_ptr<SourceReader> open_source(const SourceSpec& source);

/// The sentence for rejects.csv; never holds a field's value. `columns`: names, `declared`: the
/// source's encoding.
std::string fault_reason(const RowFault& fault, std::size_t column_count, Encoding declared);

}  // namespace tessera
