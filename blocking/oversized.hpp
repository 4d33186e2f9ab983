// Splits a block that is too large by further attributes (DESIGN rule 4) and counts what that
// leaves uncompared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// How one block, or part of one, was split: kept, it makes later blocks of the same key fall into
/// the same parts, so that whether two records are compared depends on them alone.
struct SplitNode {
  std::uint64_t node = 0;    ///< split_root of the block's key, or split_child of a part's value.
  std::uint32_t column = 0;  ///< Splits it; kNotSplit: what is in it is not compared.

  friend bool operator==(const SplitNode&, const SplitNode&) = default;
  friend auto operator<=>(const SplitNode&, const SplitNode&) = default;
};

inline constexpr std::uint32_t kNotSplit = 0xffffffff;

/// Names a block by its rule's place and its key (KeyNumbers::kByText), and a part of it by the
/// text of its value.
std::uint64_t split_root(std::size_t rule, std::uint64_t key);
std::uint64_t split_child(std::uint64_t node, std::string_view value);

/// The parts of a split block, and the pairs that no part holds.
struct SplitBlock {
  std::vector<std::vector<Row>> parts;   ///< each of 2 or more rows, ascending
  std::uint64_t pairs_not_compared = 0;  ///< of the block's pairs, those that share no part
  std::vector<std::uint32_t> by;         ///< columns used, in order of first use
  std::vector<SplitNode> nodes;          ///< what was decided, in order of work
};

/// Splits `rows` by the column (not in `used`) that leaves the fewest pairs while keeping most
/// rows, and again where a part is still too large, at most three columns deep. A row without the
/// column's value is in no part. What is still too large after that is not compared. Deterministic:
/// ties go to the earlier column.
SplitBlock split_block(const Table& table, std::vector<Row> rows, std::vector<std::uint32_t> used,
                       std::uint64_t max_records, std::uint64_t root = 0);

/// Splits `rows` of the block `root` as `nodes` (ascending) say; a part that they do not name is
/// compared whole, whatever its size. `used` is not asked.
SplitBlock split_as_before(const Table& table, std::vector<Row> rows, std::uint64_t root,
                           std::span<const SplitNode> nodes);

/// The decision for `node` in `nodes` (ascending); null if there is none.
const SplitNode* find_split(std::span<const SplitNode> nodes, std::uint64_t node);

/// k (k - 1) / 2.
constexpr std::uint64_t pairs_of(std::uint64_t k) {
  return k < 2 ? 0 : k * (k - 1) / 2;
}

}  // namespace tessera
