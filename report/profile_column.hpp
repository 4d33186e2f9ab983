// Profiles one column from its distinct texts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "data/clean_kinds.hpp"
#include "data/dictionary.hpp"
#include "data/kind.hpp"
#include "report/profile.hpp"

namespace tessera {

/// A column as read: its distinct texts and the rows that hold each.
struct CountedColumn {
  Dictionary texts;
  std::vector<std::uint64_t> records;  ///< per code; [0]: rows without text
};

/// What is known of a column beside its values.
struct ColumnReading {
  Kind kind = Kind::kText;
  SourceReading reading = {};
  bool is_record_id = false;  ///< Its values name records: none may repeat.
};

/// Fills in all of the report but name, kind and use. least_holders: as in ProfileOptions. Cost:
/// every distinct text is cleaned once, and sorted.
ColumnReport profile_column(const CountedColumn& column, const ColumnReading& reading,
                            std::uint64_t least_holders);

}  // namespace tessera
