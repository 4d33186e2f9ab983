// One pair's comparison vector, packed: four bits a comparison.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tessera {

/// The level that each comparison reached. Comparison c has bits 4c … 4c+3: 0 = null (a side is
/// missing), 1 = its first (strongest) level, 2 = the second, … the last = `else`.
using Pattern = std::uint64_t;

inline constexpr unsigned kLevelBits = 4;
inline constexpr std::size_t kMaxComparisons = 16;
inline constexpr std::size_t kMaxLevels = 15;  ///< Of one comparison, `else` included, null not.
inline constexpr unsigned kNullLevel = 0;
inline constexpr std::string_view kNullLevelText = "null";  ///< In links.csv.

/// The level of comparison `c`.
constexpr unsigned level_of(Pattern pattern, std::size_t c) {
  return static_cast<unsigned>(pattern >> (kLevelBits * c)) & 0xfU;
}

/// `pattern` with comparison `c`, so far null, at `level`.
constexpr Pattern with_level(Pattern pattern, std::size_t c, unsigned level) {
  return pattern | (static_cast<Pattern>(level) << (kLevelBits * c));
}

/// How many pairs showed a pattern.
struct PatternCount {
  Pattern pattern = 0;
  /// Term-frequency adjustment shared by these pairs; 0 when EM ignores it.
  double adjustment_bits = 0.0;
  std::uint64_t pairs = 0;
};

/// Sorted by pattern, then adjustment; each once.
using PatternCounts = std::vector<PatternCount>;

}  // namespace tessera
