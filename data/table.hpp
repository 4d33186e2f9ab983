// The records of a job in columns of codes: as read (RawTable) and cleaned (Table).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/dictionary.hpp"
#include "data/kind.hpp"
#include "data/load_ahead.hpp"
#include "data/romanise.hpp"

namespace tessera {

/// A record's place in the job's tables, 0 … n-1. Rows are ordered by source (the spec's order),
/// then by record id (bytes), so that a row's number does not depend on the order of the input.
using Row = std::uint32_t;

/// A source's place in the job's list of sources.
enum class SourceId : std::uint16_t {};

/// A row that was not kept. Columns of rejects.csv.
struct Reject {
  std::string source;
  std::uint64_t line = 0;  ///< In the file, from 1; the row's first line when it spans several.
  std::string column;      ///< Empty when the whole row is at fault.
  std::string reason;      ///< Never a field's value.
};

/// What reading found in one source.
struct SourceFacts {
  std::string name;
  bool duplicate_free = false;
  std::uint64_t rows_read = 0;  ///< rows_kept + rows_rejected, the header not counted.
  std::uint64_t rows_kept = 0;
  std::uint64_t rows_rejected = 0;
  std::uint64_t size_bytes = 0;  ///< Of the file as it lies on disk.
  /// 16 hex digits of the file's content; to tell inputs apart, not for security.
  std::string digest;
  std::string format;  ///< `csv, delimiter ';', utf-8` and the like: stated to the user.
};

/// Many texts end to end, not distinct: the record ids.
class TextList {
 public:
  TextList() = default;
  /// Of what `bytes` and `offsets` gave.
  TextList(std::string bytes, std::vector<std::uint64_t> offsets)
      : bytes_(std::move(bytes)), offsets_(std::move(offsets)) {}

  std::size_t size() const { return offsets_.size() - 1; }
  std::string_view operator[](std::size_t i) const {
    return {bytes_.data() + offsets_[i], offsets_[i + 1] - offsets_[i]};
  }
  /// Starts to load where text i lies; prefetch_text, called some texts later, starts to load the
  /// text itself. For readers of texts in no order.
  void prefetch_place(std::size_t i) const { load_ahead(&offsets_[i]); }
  void prefetch_text(std::size_t i) const { load_ahead(bytes_.data() + offsets_[i]); }
  void append(std::string_view text) {
    bytes_.append(text);
    offsets_.push_back(bytes_.size());
  }
  void reserve(std::size_t texts, std::size_t bytes) {
    offsets_.reserve(texts + 1);
    bytes_.reserve(bytes);
  }

  /// All texts end to end, and where each starts: size() + 1 entries.
  std::string_view bytes() const { return bytes_; }
  std::span<const std::uint64_t> offsets() const { return offsets_; }
  /// Bytes held.
  std::size_t size_bytes() const {
    return bytes_.capacity() + offsets_.capacity() * sizeof(std::uint64_t);
  }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> offsets_{0};
};

/// One attribute as the sources wrote it.
struct RawColumn {
  std::vector<Code> codes;  ///< size n: a row's value, 0 = empty or absent in its source.
  Dictionary values;        ///< Valid UTF-8; codes numbered by first appearance in row order.
};

/// All records that were read, uncleaned.
struct RawTable {
  std::vector<SourceFacts> sources;
  std::vector<SourceId> row_source;  ///< size n
  TextList record_ids;               ///< size n
  std::vector<RawColumn> columns;    ///< one per AttributeSpec, in its order
  /// size n or 0: codes into updated_values (survivorship: most_recent)
  std::vector<Code> updated;
  Dictionary updated_values;
  std::vector<Reject> rejects;  ///< Ordered by source, line.

  Row size() const { return static_cast<Row>(row_source.size()); }
};

/// One attribute, cleaned: rows hold codes of normalised values. What stopped being evidence is
/// code 0.
struct Column {
  std::string name;
  Kind kind = Kind::kText;
  std::vector<Code> codes;  ///< size n
  Dictionary values;        ///< Normalised UTF-8; see data/clean.hpp for the form of each kind.
  /// size values.size(): rows holding each code; counts[0] = rows without.
  std::vector<std::uint32_t> counts;
  /// size values.size() or 0: each value's share of the records that have one, where it was learned
  /// from other records (a registry's model); empty: `counts` tells.
  std::vector<double> frequencies = {};
  Romanised romanised;          ///< Of the values in other scripts, where the kind is text.
  std::vector<Code> raw_codes;  ///< size n: what the source wrote, for golden records.
  Dictionary raw_values;

  /// The value in Latin letters: itself, or as romanised. REQUIRES: code is not kMissing.
  std::string_view in_latin(Code code) const {
    const std::string_view latin = romanised.of(code);
    return latin.empty() ? values[code] : latin;
  }
};

/// All records of a job, cleaned: what blocking, comparing and merging read.
struct Table {
  std::vector<SourceFacts> sources;
  std::vector<SourceId> row_source;  ///< size n
  TextList record_ids;               ///< size n
  std::vector<Column> columns;
  /// size n or 0: codes into updated_days (survivorship: most_recent); 0 = unknown
  std::vector<Code> updated;
  Dictionary updated_days;  ///< ISO dates in ascending order: of two codes the greater is later.

  Row size() const { return static_cast<Row>(row_source.size()); }

  /// `source:record_id`, the name of a record in messages and files.
  std::string record_name(Row row) const {
    return sources[static_cast<std::size_t>(row_source[row])].name + ":" +
           std::string(record_ids[row]);
  }
};

}  // namespace tessera
