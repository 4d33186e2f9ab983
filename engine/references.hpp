// What a job learned from all its records and may be held to later: then the weight of a pair, and
// whether it is compared at all, depend on its two records alone.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "blocking/oversized.hpp"
#include "data/column_judgement.hpp"
#include "data/table.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// A value by its hash_bytes, and the records that held it.
struct ValueCount {
  std::uint64_t value = 0;
  std::uint32_t records = 0;

  friend bool operator==(const ValueCount&, const ValueCount&) = default;
  friend auto operator<=>(const ValueCount&, const ValueCount&) = default;
};

/// How often the values of one column occur. A value that one record held, and one not seen yet,
/// count alike: as one record's.
struct ColumnFrequencies {
  std::uint64_t filled = 0;          ///< Records with a value; 0: frequencies of the column are not
                                     ///< asked for.
  std::vector<ValueCount> repeated;  ///< Values that two records or more held, ascending.

  friend bool operator==(const ColumnFrequencies&, const ColumnFrequencies&) = default;
};

/// Beside the model all that scoring takes from other records than the two at hand. No value stands
/// in it, only hashes of values.
struct References {
  std::vector<ColumnKnowledge> cleaning;       ///< one per attribute
  std::vector<ColumnFrequencies> frequencies;  ///< one per column, derived ones too
  std::vector<SplitNode> splits;               ///< ascending

  friend bool operator==(const References&, const References&) = default;
};

/// The frequencies of a table's columns, where a level of `model` is adjusted by them. compared:
/// the column of each comparison. Cost: one pass over the values.
std::vector<ColumnFrequencies> learn_frequencies(const Table& table, const Model& model,
                                                 std::span<const std::uint32_t> compared);

/// Sets Column::frequencies to what was learned: for the table it was learned from, to the doubles
/// that its own counts give. REQUIRES: one entry a column.
void set_frequencies(Table& table, std::span<const ColumnFrequencies> frequencies);

}  // namespace tessera
