// JSON as trees: one document, pages of them, or one a line.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "exchange/tree.hpp"

namespace tessera {

/// Why and where a text is no JSON that is taken.
struct TreeFault {
  std::string what;  ///< A sentence; never a value. Empty: there is no fault.
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

/// Parses one JSON value (RFC 8259) with nothing behind it. Refuses what nests deeper than
/// kMaxDepth or holds more than kMaxValues. Numbers keep their text where they are no integers of
/// 64 bits. Cost: about 20 ns a byte.
TreeFault parse_json(std::string_view text, Node& out);

/// Calls `take` for each document of `text`: its one value, or, where the first line is a whole
/// value and others follow, each line (NDJSON). A line that is no JSON goes to `reject` and the
/// next one is read; where the text is one document, its fault goes to `reject` and nothing is
/// taken. `take` gets the line on which the document begins.
void for_each_json(std::string_view text, const std::function<void(Node&, std::uint64_t)>& take,
                   const std::function<void(const TreeFault&)>& reject);

/// Line and column, from 1, of the byte at `offset`.
TreeFault fault_at(std::string_view text, std::size_t offset, std::string what);

}  // namespace tessera
