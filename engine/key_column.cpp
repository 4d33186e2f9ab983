#include "engine/key_column.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace tessera {

KeyColumn::KeyColumn(const KeyPart& part, const Table& table)
    : keys_(evaluate_part(part, table)), bound_(bind_part(part, table, keys_)) {}

bool KeyColumn::agrees(Row left, Row right) const {
  RowKeyMaker maker(std::span(&bound_, 1));
  const std::span<const std::uint64_t> of_left = maker.keys_of(left);
  const std::vector<std::uint64_t> keys(of_left.begin(), of_left.end());
  const std::span<const std::uint64_t> of_right = maker.keys_of(right);
  return std::ranges::find_first_of(of_right, keys) != of_right.end();
}

}  // namespace tessera
