// Each row's keys under a whole rule, as 64-bit numbers ready to be grouped.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "blocking/key_values.hpp"
#include "data/table.hpp"

namespace tessera {

/// One key of one row. Grouping sorts these by (key, row).
struct RowKey {
  std::uint64_t key = 0;
  Row row = 0;
  friend bool operator==(const RowKey&, const RowKey&) = default;
  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

/// One part of a rule, with the column whose codes index its keys.
struct BoundPart {
  const Column* column = nullptr;
  const PartKeys* keys = nullptr;
};

/// The keys of all rows: every combination of the parts' keys; rows lacking a part have none.
/// Ordered by row. A row's combinations are cut at 64 (a text of very many words). Cost: linear;
/// parallel.
std::vector<RowKey> row_keys(Row rows, std::span<const BoundPart> parts);

/// Sorts by (key, row): partitions by the upper bits, then sorts the parts in parallel.
void sort_row_keys(std::vector<RowKey>& keys);

}  // namespace tessera
