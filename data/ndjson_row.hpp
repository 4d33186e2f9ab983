// One line of NDJSON as its scalar values, each with the dotted path that leads to it.
//
// Why not simdjson: the Arrow wheel's libparquet exports a simdjson of its own, of another version;
// linked side by side the two take each other's functions and crash (docs/decisions).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/row_batch.hpp"

namespace tessera {

/// Parses lines, one at a time, strictly by RFC 8259: bad JSON anywhere in a line is found.
class NdjsonRow {
 public:
  /// Objects and arrays nested deeper than this below the line's object are bad rows.
  static constexpr int kMaxDepth = 64;

  /// A value: `{"name": {"given": ["Ana", "Lu"]}}` has two, both of path `name.given` and in_array.
  /// Strings are unescaped, numbers as their source text, booleans `true` and `false`, null the
  /// empty text.
  struct Value {
    FieldRef path;
    FieldRef text;
    bool in_array = false;
  };

  /// Parses a line; returns why it is bad, if it is. Cost: about 2 ns a byte.
  std::optional<RowFaultKind> parse(std::string_view line);

  /// The values of the last line that `parse` took, in its order.
  const std::vector<Value>& values() const { return values_; }

  std::string_view text(FieldRef piece) const {
    return std::string_view(bytes_).substr(piece.begin, piece.length);
  }

 private:
  struct Walker;

  std::string bytes_;
  std::vector<Value> values_;
};

/// Whether `text` is a number by RFC 8259, section 6.
bool is_json_number(std::string_view text);

}  // namespace tessera
