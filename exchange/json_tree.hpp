// One JSON document as a tree.
#pragma once

#include <cstdint>
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

/// Line and column, from 1, of the byte at `offset`.
TreeFault fault_at(std::string_view text, std::size_t offset, std::string what);

}  // namespace tessera
