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

/// The keys of one column's codes.
struct BoundKeys {
  const Column* column = nullptr;
  const PartKeys* keys = nullptr;

  /// The keys of a row's value; none if it is missing.
  std::span<const std::uint32_t> of(Row row) const {
    const Code code = column->codes[row];
    const std::uint32_t from = keys->offsets[code];
    return {keys->numbers.data() + from, keys->offsets[code + 1] - from};
  }
};

/// One part of a rule, with the one or two columns whose codes index its keys.
struct BoundPart {
  BoundKeys first;
  BoundKeys second;     ///< Without a column: none.
  bool as_one = false;  ///< All keys of a row are one key, in any order (sorted_sounds).

  /// Whether a row may have more than one key.
  bool several() const;
  /// Whether a row's key is the only one of its value in one column.
  bool is_plain() const;
};

/// Binds a part to the table that its keys were evaluated over; both must outlive the result.
BoundPart bind_part(const KeyPart& part, const Table& table, const PartColumns& keys);

/// Makes the keys of one row after another. Not thread-safe.
class RowKeyMaker {
 public:
  /// REQUIRES: the columns and keys of `parts` outlive this.
  explicit RowKeyMaker(std::span<const BoundPart> parts) : parts_(parts) {}

  /// Every combination of the parts' keys, cut at 64 (a text of very many words); none if the row
  /// lacks a part. Valid until the next call.
  std::span<const std::uint64_t> keys_of(Row row);

 private:
  std::span<const BoundPart> parts_;
  std::vector<std::uint64_t> keys_;
};

/// What the hash of a row's numbers under the parts of a rule starts from.
inline constexpr std::uint64_t kKeySeed = 0x7465737365726121ULL;

/// The hash of the numbers so far and the next part's.
constexpr std::uint64_t add_part(std::uint64_t key, std::uint64_t number) {
  return mix64(key ^ number);
}

/// The keys of all rows: every combination of the parts' keys; rows lacking a part have none.
/// Ordered by row. A row's combinations are cut at 64 (a text of very many words). Cost: linear;
/// parallel.
std::vector<RowKey> row_keys(Row rows, std::span<const BoundPart> parts);

/// Sorts by (key, row): partitions by the upper bits, then sorts the parts in parallel.
void sort_row_keys(std::vector<RowKey>& keys);

}  // namespace tessera
