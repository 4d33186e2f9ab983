// Letter bags: 16 bytes of a text that bound, without reading it, how alike two texts can be.
//
// Idea: an upper bound on the letters in common is an upper bound on Jaro–Winkler and a lower bound
// on edit distance, so a pair whose bound is under a level's threshold need not be compared. Code
// points fall into 32 classes, and each class counts to three in unary, one bit per count, so that
// the surplus of one bag over another is a popcount of `a & ~b`. "anna" and "hanna" share 4 letters
// and the bags say 4; "banana" and "ananas" share 5 and the bags say 5. Two letters in one class,
// or a fourth repeat, are not told apart: the bound is then too high, never too low.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "scoring/text_view.hpp"

namespace tessera {

/// A multiset of letter classes, counted to three, and the length of the text.
struct LetterBag {
  std::uint64_t once_twice = 0;  ///< Bit c: class c occurs; bit 32 + c: at least twice.
  std::uint32_t thrice = 0;      ///< Bit c: class c occurs at least three times.
  std::uint32_t length = 0;      ///< Code points in the text.

  friend bool operator==(const LetterBag&, const LetterBag&) = default;
};

/// The bag of a text. Cost: one pass. The same text gives the same bag as ASCII and as code points.
LetterBag letter_bag(AsciiText text);
LetterBag letter_bag(WideText text);

namespace detail {
inline std::uint32_t count_bits(std::uint64_t word) {
#if defined(__POPCNT__) || defined(__aarch64__)
  return static_cast<std::uint32_t>(std::popcount(word));
#else  // without the instruction std::popcount is a call and a table
  word -= (word >> 1) & 0x5555'5555'5555'5555U;
  word = (word & 0x3333'3333'3333'3333U) + ((word >> 2) & 0x3333'3333'3333'3333U);
  word = (word + (word >> 4)) & 0x0F0F'0F0F'0F0F'0F0FU;
  return static_cast<std::uint32_t>((word * 0x0101'0101'0101'0101U) >> 56);
#endif
}
}  // namespace detail

/// At least how many letters of `a`, counted with repeats, have no partner in `b`.
inline std::uint32_t surplus_letters_bound(const LetterBag& a, const LetterBag& b) {
  return detail::count_bits(a.once_twice & ~b.once_twice) +
         detail::count_bits(a.thrice & ~b.thrice);
}

/// At most how many letters, counted with repeats, the two texts share. Proof: clipping counts at 3
/// and merging classes can only lessen Σ max(0, a_c − b_c), and what a and b share is |a| less that
/// sum, which is also |b| less the other sum.
inline std::uint32_t common_letters_bound(const LetterBag& a, const LetterBag& b) {
  const std::uint32_t from_a = a.length - surplus_letters_bound(a, b);
  const std::uint32_t from_b = b.length - surplus_letters_bound(b, a);
  return from_a < from_b ? from_a : from_b;
}

/// At least the levenshtein, osa and damerau_levenshtein distance of the two texts: one edit frees
/// at most one letter on each side, a swap none. Source: the bag distance of Bartolini, Ciaccia &
/// Patella (2002), SPIRE.
inline std::uint32_t levenshtein_bound(const LetterBag& a, const LetterBag& b) {
  const std::uint32_t longer = a.length > b.length ? a.length : b.length;
  return longer - common_letters_bound(a, b);
}

/// At least jaro_winkler(a, b) for any texts of these lengths with at most `common_letters` letters
/// in common and at most `common_prefix` at their start: every common letter is taken to agree in
/// order. Never below the function itself, to the last bit. Cost: one division.
double jaro_winkler_bound(std::size_t length_a, std::size_t length_b, std::size_t common_letters,
                          std::size_t common_prefix = 4);

}  // namespace tessera
