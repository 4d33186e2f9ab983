// Jaro and Jaro–Winkler from counts, and the counting itself. Internal to the distance kernels.
//
// Counting: each character of the right text takes the first free equal character of the left one
// that lies within the window. In words of bits that is `left_has[c] & window & free`, lowest bit.
// The characters taken, read in order on each side, are then set against each other; where right
// characters took ever later left ones, nothing is out of order and the second pass is not needed.
//
// "martha" and "marhta": all 6 taken, t and h out of order, so 2 half-transpositions, t = 1, and
// (6/6 + 6/6 + 5/6) / 3 = 0.944. Source: Jaro (1989); as bits, RapidFuzz (Bachmann, 2021).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "scoring/letter_bag.hpp"
#include "scoring/pattern_words.hpp"
#include "scoring/stack_buffer.hpp"

namespace tessera {

/// What Jaro counts in two texts.
struct JaroCounts {
  std::size_t common = 0;  ///< Characters that agree within the window.
  std::size_t transpositions =
      0;  ///< Half the number of those that are out of order, rounded down.
};

/// How far apart two characters may lie and still agree.
inline std::size_t jaro_window(std::size_t length_a, std::size_t length_b) {
  const std::size_t half = std::max(length_a, length_b) / 2;
  return half > 0 ? half - 1 : 0;
}

/// Whether Winkler's boost applies: jaro > 0.7. A jaro of 7/10 itself falls to the side where the
/// usual sum of three quotients rounds to, so that other libraries' scores are met.
inline bool is_boosted(double a, double b, double m, double in_order, double numerator,
                       double denominator) {
  const double excess = 10.0 * numerator - 7.0 * denominator;
  if (excess == 0.0) [[unlikely]] {
    return (m / a + m / b + in_order / m) / 3.0 > 0.7;
  }
  return excess > 0.0;
}

/// Jaro similarity, or with `prefix` > 0 Jaro–Winkler, of texts with these lengths and counts. As a
/// ratio of whole numbers, so that one division rounds once: never out of order, on any machine, up
/// to lengths of 50,000.
inline double jaro_score(std::size_t length_a, std::size_t length_b, JaroCounts counts,
                         std::size_t prefix) {
  if (length_a == 0 && length_b == 0) return 1.0;
  if (counts.common == 0) return 0.0;
  const double a = static_cast<double>(static_cast<std::int64_t>(length_a));
  const double b = static_cast<double>(static_cast<std::int64_t>(length_b));
  const double m = static_cast<double>(static_cast<std::int64_t>(counts.common));
  const double in_order =
      static_cast<double>(static_cast<std::int64_t>(counts.common - counts.transpositions));
  const double numerator = m * m * (a + b) + in_order * (a * b);
  const double denominator = 3.0 * m * (a * b);
  // Winkler's j + p/10 (1 - j) in whole numbers too.
  const bool boosted = is_boosted(a, b, m, in_order, numerator, denominator);
  const double p = static_cast<double>(boosted ? static_cast<std::int64_t>(prefix) : 0);
  return ((10.0 - p) * numerator + p * denominator) / (10.0 * denominator);
}

/// The first characters (up to 4) that both texts share. No branch depends on the letters.
template <class CharA, class CharB>
std::size_t winkler_prefix(std::span<const CharA> a, std::span<const CharB> b) {
  const std::size_t most = std::min<std::size_t>({a.size(), b.size(), 4});
  std::uint32_t differs = std::uint32_t{1} << most;
  if (most == 4) [[likely]] {
    for (std::size_t i = 0; i < 4; ++i) {
      differs |= static_cast<std::uint32_t>(char32_t{a[i]} != char32_t{b[i]}) << i;
    }
  } else {
    for (std::size_t i = 0; i < most; ++i) {
      differs |= static_cast<std::uint32_t>(char32_t{a[i]} != char32_t{b[i]}) << i;
    }
  }
  return static_cast<std::size_t>(std::countr_zero(differs));
}

/// Half the characters out of order, given which of each side were taken. Rounded down.
template <class Words, class Char>
std::size_t count_transpositions(const Words& words, std::span<const Char> right,
                                 std::uint64_t taken, std::uint64_t taken_right) {
  std::size_t out_of_order = 0;
  while (taken != 0) {
    const std::uint64_t first = taken & (~taken + 1);
    const auto j = static_cast<std::size_t>(std::countr_zero(taken_right));
    out_of_order += static_cast<std::size_t>((words(right[j]) & first) == 0);
    taken ^= first;
    taken_right &= taken_right - 1;
  }
  return out_of_order / 2;
}

/// Jaro's counts where both texts have at most 64 characters; `words` are those of the left one.
template <class Words, class Char>
JaroCounts jaro_counts_word(const Words& words, std::size_t length, std::span<const Char> right) {
  const std::size_t bound = jaro_window(length, right.size());
  std::uint64_t window = (std::uint64_t{2} << bound) - 1;  // bound is at most 31
  std::uint64_t taken = 0;
  std::uint64_t taken_right = 0;
  std::uint64_t backwards = 0;  // not 0 once a character took one before another's
  for (std::size_t j = 0; j < right.size(); ++j) {
    const std::uint64_t candidates = words(right[j]) & window & ~taken;
    const std::uint64_t first = candidates & (~candidates + 1);
    backwards |= taken & (~first + 1);
    taken |= first;
    taken_right |= static_cast<std::uint64_t>(candidates != 0) << j;
    window = (window << 1) | static_cast<std::uint64_t>(j < bound);
  }
  const auto common = static_cast<std::size_t>(detail::count_bits(taken));
  if (backwards == 0) return {common, 0};
  return {common, count_transpositions(words, right, taken, taken_right)};
}

/// Jaro's counts for texts of any length. Cost: O(|a| · window).
template <class CharA, class CharB>
JaroCounts jaro_counts_long(std::span<const CharA> a, std::span<const CharB> b) {
  const std::size_t bound = jaro_window(a.size(), b.size());
  StackBuffer<unsigned char, 512> taken_a(a.size(), 0);
  StackBuffer<unsigned char, 512> taken_b(b.size(), 0);
  JaroCounts counts;
  for (std::size_t j = 0; j < b.size(); ++j) {
    const std::size_t end = std::min(a.size(), j + bound + 1);
    for (std::size_t i = j > bound ? j - bound : 0; i < end; ++i) {
      if (taken_a[i] != 0 || char32_t{a[i]} != char32_t{b[j]}) continue;
      taken_a[i] = 1;
      taken_b[j] = 1;
      ++counts.common;
      break;
    }
  }
  std::size_t out_of_order = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (taken_a[i] == 0) continue;
    while (taken_b[j] == 0) ++j;
    out_of_order += static_cast<std::size_t>(char32_t{a[i]} != char32_t{b[j]});
    ++j;
  }
  counts.transpositions = out_of_order / 2;
  return counts;
}

}  // namespace tessera
