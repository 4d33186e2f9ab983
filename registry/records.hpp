// The records of a store: from a file into it, and out of it as a table to resolve.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/table.hpp"
#include "registry/store.hpp"

namespace tessera {

/// A record's fields as stored: per attribute its text as read, then the update date; each a length
/// (LEB128) and bytes.
std::string encode_fields(std::span<const std::string_view> texts);
/// The texts, views into `bytes`. Throws Error(kDamaged) naming `where` if the bytes are not such.
std::vector<std::string_view> decode_fields(std::string_view bytes, const std::string& where);

/// The records that are live, as read, in canonical order, with what is known of each.
struct StoredRecords {
  RawTable table;
  std::vector<std::int64_t> rows;      ///< size n: the record's row in the store
  std::vector<std::int64_t> entity;    ///< size n: as last applied; 0: none
  std::vector<std::int64_t> former;    ///< size n: before that; 0: none
  std::vector<std::uint64_t> digests;  ///< size n: of the fields
};

/// Reads all live records, or those of `only` (rows of the store, ascending; those that are not
/// live are left out). Verifies each record's digest: Error(kDamaged) names the first that does not
/// fit. Cost: about 2 µs a record.
StoredRecords read_records(Store& store);
StoredRecords read_records(Store& store, std::span<const std::int64_t> only);

/// As read_records of `only`, but ordered by source, then by row in the store: for records that are
/// but compared. Cost: about 1 µs a record.
StoredRecords read_to_compare(Store& store, std::span<const std::int64_t> only);

/// A record by name; the row, or 0 if the store has none of it.
std::int64_t find_record(Store& store, std::string_view source, std::string_view id);

/// `source:record_id`, or `(erased record)`.
std::string record_name(Store& store, std::int64_t row);

/// What `SOURCE:ID` names: the row. The source ends at the first colon. Throws Error(kUsage) if the
/// store has no such source or record.
std::int64_t row_of_name(Store& store, const std::string& name);

}  // namespace tessera
