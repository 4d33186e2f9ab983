// Splits a block that is too large by further attributes (DESIGN rule 4) and counts what that
// leaves uncompared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// The parts of a split block, and the pairs that no part holds.
struct SplitBlock {
  std::vector<std::vector<Row>> parts;   ///< each of 2 or more rows, ascending
  std::uint64_t pairs_not_compared = 0;  ///< of the block's pairs, those that share no part
  std::vector<std::uint32_t> by;         ///< columns used, in order of first use
};

/// Splits `rows` by the column (not in `used`) that leaves the fewest pairs while keeping most
/// rows, and again where a part is still too large, at most three columns deep. A row without the
/// column's value is in no part. What is still too large after that is not compared. Deterministic:
/// ties go to the earlier column.
SplitBlock split_block(const Table& table, std::vector<Row> rows, std::vector<std::uint32_t> used,
                       std::uint64_t max_records);

/// k (k - 1) / 2.
constexpr std::uint64_t pairs_of(std::uint64_t k) {
  return k < 2 ? 0 : k * (k - 1) / 2;
}

}  // namespace tessera
