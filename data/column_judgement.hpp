// What only a whole column shows of its values: which are no evidence, and which dates are heaps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/dictionary.hpp"
#include "data/kind.hpp"

namespace tessera {

/// What cleaning learned of a whole column and may be held to later, so that the cleaning of a
/// value no longer depends on the records beside it. Values by hash_bytes of their text: no value
/// stands in it.
struct ColumnKnowledge {
  std::vector<std::uint64_t> dropped;      ///< Values that are no evidence, ascending.
  std::vector<std::uint64_t> heaped;       ///< Dates that heap whatever their day, ascending.
  std::vector<std::uint16_t> heaped_days;  ///< Days of the year that heap, ascending.
  std::vector<bool> m_is_woman;            ///< Per source; kind sex only, else empty.

  friend bool operator==(const ColumnKnowledge&, const ColumnKnowledge&) = default;
};

/// The judgement of a column's distinct values.
struct Judgement {
  std::vector<bool> dropped;               ///< size values: no evidence of anybody
  std::vector<bool> heaped;                ///< size values: dates to be marked ~
  std::vector<std::uint16_t> heaped_days;  ///< Days of the year that heap, ascending.
  bool changes_values = false;
  std::uint64_t rows_dropped = 0;  ///< Rows that hold a dropped value.
  std::uint64_t rows_coarse = 0;   ///< Rows that hold a partial or heaped date.
};

/// Judges a column by its own counts: placeholders by use (data/placeholders.hpp), heaps and
/// default dates (data/date_heaps.hpp). counts: size values.size(), rows per value; dates are in
/// EDTF without `~`. Cost: a few passes over the values.
Judgement judge_column(const Dictionary& values, std::span<const std::uint32_t> counts, Kind kind);

/// The same by what an earlier column showed: each value's judgement depends on its text alone.
Judgement judge_by_knowledge(const Dictionary& values, std::span<const std::uint32_t> counts,
                             Kind kind, const ColumnKnowledge& known);

/// What `judgement` of `values` teaches, m_is_woman aside: judge_by_knowledge with it judges these
/// values as judge_column did.
ColumnKnowledge knowledge_from(const Dictionary& values, const Judgement& judgement);

}  // namespace tessera
