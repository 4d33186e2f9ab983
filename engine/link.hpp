// A pair of records with its weight.
#pragma once

#include <cstdint>
#include <string_view>

#include "data/table.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// A scored pair at or over the review threshold. left < right. Sorted lists are ordered by (left,
/// right).
struct Link {
  Row left = 0;
  Row right = 0;
  Pattern pattern = 0;
  double weight_bits = 0.0;
  /// The blocking rule that made the pair; kClosureRule: found through common neighbours.
  std::uint16_t rule = 0;
};

/// The order of sorted lists. An object, not a function: algorithms then call it in line.
inline constexpr auto by_ends = [](const Link& a, const Link& b) {
  const auto ends = [](const Link& link) { return std::uint64_t{link.left} << 32 | link.right; };
  return ends(a) < ends(b);
};

inline constexpr std::uint16_t kClosureRule = 0xffff;
/// What links.csv has for it in its column `rule`.
inline constexpr std::string_view kClosureRuleText = "common_neighbours";

}  // namespace tessera
