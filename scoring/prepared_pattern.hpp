// One text made ready to be compared with many: the left value of a block against all the right
// ones.
//
// Idea: for each code point, a word whose bit i says "the pattern has it at i". One look-up then
// answers a whole column of the comparison: Jaro's window becomes a mask, Levenshtein's column an
// addition (Myers 1999). A pattern of up to 64 code points is one word per code point and its
// comparisons allocate nothing; a longer one has ⌈n/64⌉ words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scoring/text_view.hpp"

namespace tessera {

/// A left text, prepared. Holds its own copy of the text, so it outlives what it was made from.
///
/// About 8 kB; make one per thread and call `assign` for each left value, which clears only what
/// it had set. Reading it from several threads is safe. All comparisons equal the free functions of
/// distance.hpp, to the last bit.
class PreparedPattern {
 public:
  PreparedPattern() = default;
  explicit PreparedPattern(AsciiText text) { assign(text); }
  explicit PreparedPattern(WideText text) { assign(text); }

  /// Takes a new left text. Cost: linear in the old and the new text; allocates only beyond 64 code
  /// points.
  void assign(AsciiText text);
  void assign(WideText text);

  /// Code points in the pattern.
  std::size_t size() const { return size_; }

  /// As the functions of that name in distance.hpp, pattern against `right`. Cost: linear in
  /// `right` while the pattern has at most 64 code points (jaro: and `right` too).
  double jaro(AsciiText right) const;
  double jaro(WideText right) const;
  double jaro_winkler(AsciiText right) const;
  double jaro_winkler(WideText right) const;
  std::uint32_t levenshtein(AsciiText right, std::uint32_t limit = kNoLimit) const;
  std::uint32_t levenshtein(WideText right, std::uint32_t limit = kNoLimit) const;
  std::uint32_t osa(AsciiText right, std::uint32_t limit = kNoLimit) const;
  std::uint32_t osa(WideText right, std::uint32_t limit = kNoLimit) const;

 private:
  friend struct PatternWords;  // the kernels' view of the masks (scoring/pattern_words.hpp)

  static constexpr std::size_t kSlots = 128;  // at most 64 distinct keys: never over half full
  static constexpr std::uint32_t kBlock = 512;
  static constexpr std::uint32_t kNoBlock = 0xFFFF'FE00;  // no code point lies there

  WideText text() const { return long_.empty() ? WideText(text_).first(size_) : WideText(long_); }
  void clear();
  void add(char32_t code_point, std::size_t place);

  // Three tables of masks: a right code point is looked up in the script's block, then in low_,
  // then by hash. Names keep to one script, so nearly all are found in the first or the second.
  std::array<std::uint64_t, kBlock> block_{};  // of code points block_base_ + 0 … kBlock - 1
  std::array<std::uint64_t, 256> low_{};       // of code points under 256, always
  std::array<char32_t, kSlots> keys_{};        // open addressing for all others; 0 is empty
  std::array<std::uint64_t, kSlots> masks_{};  // size kSlots, beside keys_
  std::array<char32_t, 64> text_{};            // the text, when not longer than 64
  std::uint32_t block_base_ = kNoBlock;        // a multiple of kBlock
  bool hashed_ = false;                        // keys_ is not empty
  std::size_t size_ = 0;
  std::vector<char32_t> long_;  // the text, when longer
};

}  // namespace tessera
