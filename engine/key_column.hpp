// One key function over a whole table: asked which pairs agree on it.
#pragma once

#include "blocking/key_values.hpp"
#include "blocking/row_keys.hpp"
#include "blocking/rule.hpp"
#include "data/table.hpp"

namespace tessera {

/// Not to be moved: its parts refer to each other. REQUIRES: `table` outlives it.
class KeyColumn {
 public:
  KeyColumn(const KeyPart& part, const Table& table);
  KeyColumn(const KeyColumn&) = delete;
  KeyColumn& operator=(const KeyColumn&) = delete;

  /// Whether two rows have a key of the function in common. Cost: their keys.
  bool agrees(Row left, Row right) const;

 private:
  PartColumns keys_;
  BoundPart bound_;
};

}  // namespace tessera
