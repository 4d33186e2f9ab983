// Evaluates key functions, once per distinct value of a column.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blocking/rule.hpp"
#include "data/table.hpp"

namespace tessera {

/// For each code of a column, the numbers of its keys under one key part: equal numbers, equal
/// keys; none is 0 (KeyNumbers says which). A value without a key (no digits, a date
/// without a day, …) has none.
struct PartKeys {
  std::vector<std::uint32_t> offsets;  ///< size column.values.size() + 1, into numbers
  /// several for tokens and double_metaphone; sorted, each once, per code
  std::vector<std::uint32_t> numbers;
  bool several = false;  ///< Whether any code has more than one.
};

/// The keys of a part over its column, and over its second one, numbered alike.
struct PartColumns {
  PartKeys first;
  std::optional<PartKeys> second;
};

/// The keys of one text under a part; empty if it has none. Exposed for tests.
std::vector<std::string> key_texts(const KeyPart& part, std::string_view text);

/// How keys are numbered.
enum class KeyNumbers : std::uint8_t {
  kByOrder,  ///< From 1, in the order of codes: no two keys share a number.
  kByText,   ///< 32 bits of the key's hash: the same in every table. Two keys rarely share one.
};

/// Evaluates `part` over its columns of `table`. Cost: one evaluation per distinct value.
PartColumns evaluate_part(const KeyPart& part, const Table& table,
                          KeyNumbers numbers = KeyNumbers::kByOrder);

}  // namespace tessera
