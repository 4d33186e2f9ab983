// Levenshtein and OSA distance a column at a time, 64 rows in a word. Internal to the distance
// kernels.
//
// In the matrix of distances D[i][j] (first i of the pattern, first j of the right text) neighbours
// differ by -1, 0 or +1, so a column is two words of vertical differences, VP (+1) and VN (-1), and
// one addition carries a run of equal letters down the column (Myers 1999). OSA adds the diagonal
// that a swap opens (Hyyrö 2003). A pattern of more than 64 is cut into stripes of 64 rows, swept
// one after the other, each handing the differences along its last row to the next.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "scoring/letter_bag.hpp"
#include "scoring/pattern_words.hpp"
#include "scoring/stack_buffer.hpp"
#include "scoring/text_view.hpp"

namespace tessera {

enum class Swaps : bool { kNo, kYes };

/// What one stripe carries from column to column, and the step to the next one.
template <Swaps kSwaps>
struct EditColumn {
  std::uint64_t plus = ~std::uint64_t{0};  // rows where D grows by one over the row above
  std::uint64_t minus = 0;                 // rows where it falls by one
  std::uint64_t diagonal = 0;              // rows whose D equals that up and to the left
  std::uint64_t last_word = 0;             // the word of the character before

  /// Differences along a row, in bits: bit i says row i of the stripe grew or fell.
  struct Row {
    std::uint64_t grew;
    std::uint64_t fell;
    std::uint64_t swap;  // rows below which a swap may end at the next row
  };

  /// Takes one right character whose word is `word`; the row above the stripe grew, fell, and
  /// offers a swap as the bits of `above` (0 or 1 each).
  Row step(std::uint64_t word, Row above) {
    std::uint64_t swap_ends = 0;
    std::uint64_t swap_starts = 0;
    if constexpr (kSwaps == Swaps::kYes) {
      swap_starts = ~diagonal & word;
      swap_ends = ((swap_starts << 1) | above.swap) & last_word;
      last_word = word;
    }
    const std::uint64_t equal = word | above.fell;
    diagonal = (((equal & plus) + plus) ^ plus) | equal | minus | swap_ends;
    const std::uint64_t grew = minus | ~(diagonal | plus);
    const std::uint64_t fell = diagonal & plus;
    const std::uint64_t grew_down = (grew << 1) | above.grew;
    const std::uint64_t fell_down = (fell << 1) | above.fell;
    plus = fell_down | ~(diagonal | grew_down);
    minus = grew_down & diagonal;
    return {grew, fell, swap_starts};
  }
};

/// Right texts up to this are read to their end: giving up early costs more than it saves.
inline constexpr std::size_t kReadToEnd = 16;

/// Distance of a pattern of 1 to 64 characters, given by its words, to `right`; limit + 1 if more.
template <Swaps kSwaps, class Words, class Char>
std::uint32_t edit_distance_word(const Words& words, std::size_t length,
                                 std::span<const Char> right, std::uint32_t limit) {
  EditColumn<kSwaps> column;
  if (right.size() <= kReadToEnd) {
    for (const Char c : right) column.step(words(c), {1, 0, 0});
    // Down the last column from D[0][n] = n.
    const std::uint64_t rows = ~std::uint64_t{0} >> (kWordBits - length);
    const std::uint32_t distance = static_cast<std::uint32_t>(right.size()) +
                                   detail::count_bits(column.plus & rows) -
                                   detail::count_bits(column.minus & rows);
    return std::min(distance, limit + 1);
  }
  const std::size_t last_row = length - 1;
  std::int64_t distance = static_cast<std::int64_t>(length);
  // Each column left can lessen the distance by one at most: this is the most it may be by then.
  std::int64_t ceiling = std::int64_t{limit} + static_cast<std::int64_t>(right.size());
  for (const Char c : right) {
    const auto row = column.step(words(c), {1, 0, 0});
    distance += static_cast<std::int64_t>((row.grew >> last_row) & 1);
    distance -= static_cast<std::int64_t>((row.fell >> last_row) & 1);
    if (distance > --ceiling) return limit + 1;
  }
  return static_cast<std::uint32_t>(distance);
}

/// Distance of texts of any length, `pattern` not empty; limit + 1 if more.
/// Memory: a byte for each right character. Cost: O(⌈|pattern| / 64⌉ · |right|).
template <Swaps kSwaps, class CharA, class CharB>
std::uint32_t edit_distance_stripes(std::span<const CharA> pattern, std::span<const CharB> right,
                                    std::uint32_t limit) {
  constexpr unsigned char kGrew = 1;
  constexpr unsigned char kFell = 2;
  constexpr unsigned char kSwap = 4;
  StackBuffer<unsigned char, 512> boundary(right.size(), kGrew);
  std::int64_t distance = 0;
  for (std::size_t start = 0; start < pattern.size(); start += kWordBits) {
    const std::size_t rows = std::min(kWordBits, pattern.size() - start);
    const std::size_t last_row = rows - 1;
    const StackWords words(pattern.subspan(start, rows));
    EditColumn<kSwaps> column;
    const std::size_t rows_left = pattern.size() - start - rows;
    distance = static_cast<std::int64_t>(start + rows);
    std::int64_t least = distance + static_cast<std::int64_t>(std::max(rows_left, right.size()) -
                                                              std::min(rows_left, right.size()));
    for (std::size_t j = 0; j < right.size(); ++j) {
      const unsigned char above = boundary[j];
      const auto row = column.step(
          words(right[j]), {above & 1U, (above >> 1) & 1U, static_cast<std::uint64_t>(above >> 2)});
      const std::uint64_t grew = (row.grew >> last_row) & 1;
      const std::uint64_t fell = (row.fell >> last_row) & 1;
      const std::uint64_t swap = (row.swap >> last_row) & 1;
      boundary[j] = static_cast<unsigned char>(grew * kGrew | fell * kFell | swap * kSwap);
      distance += static_cast<std::int64_t>(grew) - static_cast<std::int64_t>(fell);
      const std::size_t columns_left = right.size() - j - 1;
      least =
          std::min(least, distance + static_cast<std::int64_t>(std::max(rows_left, columns_left) -
                                                               std::min(rows_left, columns_left)));
    }
    // Every path crosses this row once (a swap may step over it, which saves one at most).
    if (least > std::int64_t{limit} + 1) return limit + 1;
  }
  return distance > std::int64_t{limit} ? limit + 1 : static_cast<std::uint32_t>(distance);
}

/// Whether the lengths alone put the distance over the limit.
inline bool lengths_exceed(std::size_t a, std::size_t b, std::uint32_t limit) {
  return std::max(a, b) - std::min(a, b) > limit;
}

/// The two texts without the characters they share at both ends: no edit distance changes.
template <class CharA, class CharB>
struct TrimmedPair {
  std::span<const CharA> a;
  std::span<const CharB> b;
};

template <class CharA, class CharB>
TrimmedPair<CharA, CharB> trim_common_ends(std::span<const CharA> a, std::span<const CharB> b) {
  while (!a.empty() && !b.empty() && char32_t{a.front()} == char32_t{b.front()}) {
    a = a.subspan(1);
    b = b.subspan(1);
  }
  while (!a.empty() && !b.empty() && char32_t{a.back()} == char32_t{b.back()}) {
    a = a.first(a.size() - 1);
    b = b.first(b.size() - 1);
  }
  return {a, b};
}

/// Distance where at most one edit counts: then hardly anything is left between common ends, and
/// most pairs differ before the second character.
template <Swaps kSwaps, class CharA, class CharB>
std::uint32_t within_one_edit(std::span<const CharA> a, std::span<const CharB> b,
                              std::uint32_t limit) {
  const auto [left, right] = trim_common_ends(a, b);
  const std::size_t longer = std::max(left.size(), right.size());
  if (longer <= 1) return static_cast<std::uint32_t>(longer);
  const bool swap = kSwaps == Swaps::kYes && left.size() == 2 && right.size() == 2 &&
                    char32_t{left[0]} == char32_t{right[1]} &&
                    char32_t{left[1]} == char32_t{right[0]};
  return swap ? 1 : limit + 1;
}

/// Distance of any two texts, nothing prepared; limit + 1 if more.
template <Swaps kSwaps, class CharA, class CharB>
std::uint32_t edit_distance(std::span<const CharA> a, std::span<const CharB> b,
                            std::uint32_t limit) {
  if (lengths_exceed(a.size(), b.size(), limit)) return limit + 1;
  if (limit <= 1) return within_one_edit<kSwaps>(a, b, limit);
  if (a.size() > kWordBits && b.size() > kWordBits) {
    const auto trimmed = trim_common_ends(a, b);
    a = trimmed.a;
    b = trimmed.b;
  }
  if (a.empty() || b.empty()) return static_cast<std::uint32_t>(std::max(a.size(), b.size()));
  if (a.size() > b.size()) return edit_distance<kSwaps, CharB, CharA>(b, a, limit);
  if (a.size() > kWordBits) return edit_distance_stripes<kSwaps>(a, b, limit);
  if constexpr (sizeof(CharA) == 1 && sizeof(CharB) == 1) {
    return edit_distance_word<kSwaps>(AsciiStackWords(a, b), a.size(), b, limit);
  } else {
    return edit_distance_word<kSwaps>(StackWords(a), a.size(), b, limit);
  }
}

}  // namespace tessera
