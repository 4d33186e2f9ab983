// Bit words of a pattern: for each code point, the positions (of up to 64) at which the pattern has
// it. Internal to the distance kernels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "scoring/prepared_pattern.hpp"

namespace tessera {

inline constexpr std::size_t kWordBits = 64;

/// Code points under this are looked up directly, others by hash.
inline constexpr char32_t kDirectCodePoints = 256;

/// The slot of 128 where the search for a code point begins (Fibonacci hashing: Knuth 6.4).
inline std::size_t first_slot(char32_t code_point) {
  return (static_cast<std::uint32_t>(code_point) * 0x9E37'79B1U) >> 25;
}

/// The slot that holds `code_point`, or the empty one where it would go. REQUIRES: an empty slot.
inline std::size_t find_slot(const std::array<char32_t, 128>& keys, char32_t code_point) {
  std::size_t slot = first_slot(code_point);
  while (keys[slot] != code_point && keys[slot] != 0) slot = (slot + 1) & 127;
  return slot;
}

/// The words of a PreparedPattern of at most 64 code points.
struct PatternWords {
  const PreparedPattern& pattern;

  std::uint64_t operator()(unsigned char c) const { return pattern.low_[c]; }
  std::uint64_t operator()(char32_t c) const {
    const std::uint32_t in_block = static_cast<std::uint32_t>(c) - pattern.block_base_;
    if (in_block < PreparedPattern::kBlock) return pattern.block_[in_block];
    if (c < kDirectCodePoints) return pattern.low_[c];
    if (!pattern.hashed_) return 0;
    return pattern.masks_[find_slot(pattern.keys_, c)];
  }
};

/// Words of an ASCII pattern made for one comparison. The table is left unset but for the letters
/// of the two texts: clearing 2 kB would cost more than comparing two names.
class AsciiStackWords {
 public:
  /// REQUIRES: pattern.size() <= 64, and only letters of `pattern` and `right` are asked for.
  AsciiStackWords(std::span<const unsigned char> pattern, std::span<const unsigned char> right) {
    for (const unsigned char c : right) words_[c] = 0;
    for (const unsigned char c : pattern) words_[c] = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) words_[pattern[i]] |= std::uint64_t{1} << i;
  }
  std::uint64_t operator()(unsigned char c) const { return words_[c]; }

 private:
  std::array<std::uint64_t, 256> words_;
};

/// Words of any pattern, made for one comparison.
class StackWords {
 public:
  /// REQUIRES: pattern.size() <= 64.
  template <class Char>
  explicit StackWords(std::span<const Char> pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      // Code point 0 marks an empty slot, so it is kept under a number that is no code point.
      const char32_t key = pattern[i] == 0 ? kNul : static_cast<char32_t>(pattern[i]);
      const std::size_t slot = find_slot(keys_, key);
      if (keys_[slot] == 0) {
        keys_[slot] = key;
        words_[slot] = 0;
      }
      words_[slot] |= std::uint64_t{1} << i;
    }
  }
  template <class Char>
  std::uint64_t operator()(Char c) const {
    const std::size_t slot = find_slot(keys_, c == 0 ? kNul : static_cast<char32_t>(c));
    return keys_[slot] == 0 ? 0 : words_[slot];
  }

 private:
  static constexpr char32_t kNul = 0xFFFF'FFFF;
  std::array<char32_t, 128> keys_{};
  std::array<std::uint64_t, 128> words_;  // set where keys_ is
};

}  // namespace tessera
