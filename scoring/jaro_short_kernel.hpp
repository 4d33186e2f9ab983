// Jaro's counts for short ASCII names, which most are. Internal to the distance kernels.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "scoring/jaro_kernel.hpp"
#include "scoring/letter_bag.hpp"

namespace tessera {

/// The longest texts of the unrolled kernel.
inline constexpr std::size_t kShortRight = 8;
inline constexpr std::size_t kShortPattern = 16;

/// Windows of the unrolled kernel: [right length][bound][place in the right text]; nothing is in
/// reach from beyond the right text's end.
using ShortWindows =
    std::array<std::array<std::array<std::uint32_t, kShortRight>, kShortPattern / 2>,
               kShortRight + 1>;

constexpr ShortWindows make_short_windows() {
  ShortWindows windows{};
  for (std::size_t length = 0; length <= kShortRight; ++length) {
    for (std::size_t bound = 0; bound < kShortPattern / 2; ++bound) {
      for (std::size_t j = 0; j < length; ++j) {
        const std::size_t begin = j > bound ? j - bound : 0;
        windows[length][bound][j] =
            ((std::uint32_t{1} << (j + bound + 1)) - 1) & ~((std::uint32_t{1} << begin) - 1);
      }
    }
  }
  return windows;
}

inline constexpr ShortWindows kShortWindows = make_short_windows();

/// Whether jaro_counts_short takes texts of these lengths.
constexpr bool fits_short_kernel(std::size_t pattern_length, std::size_t right_length) {
  return pattern_length - 1 < kShortPattern && right_length - 4 <= kShortRight - 4;
}

/// Jaro's counts for a pattern of 1 to 16 and an ASCII text of 4 to 8, in a fixed eight steps: most
/// names are this short, and a loop whose length changes from name to name costs more in
/// mispredicted branches than the steps that it saves. REQUIRES: fits_short_kernel.
template <class Words>
JaroCounts jaro_counts_short(const Words& words, std::size_t length,
                             std::span<const unsigned char> right) {
  static_assert(std::endian::native == std::endian::little, "letters are read as one word");
  std::uint32_t head = 0;
  std::uint32_t tail = 0;
  std::memcpy(&head, right.data(), 4);
  std::memcpy(&tail, right.data() + right.size() - 4, 4);
  const std::uint64_t letters = head | ((std::uint64_t{tail} >> (8 * (8 - right.size()))) << 32);
  const auto& windows = kShortWindows[right.size()][jaro_window(length, right.size())];
  std::array<std::uint32_t, kShortRight> found;  // where each right letter stands in the pattern
  std::array<std::uint32_t, kShortRight> first;  // the place that it took, 0 if none
  std::uint32_t taken = 0;
  std::uint32_t backwards = 0;  // steps that took a place before one already taken
#pragma GCC unroll 8
  for (std::size_t j = 0; j < kShortRight; ++j) {
    found[j] = static_cast<std::uint32_t>(words(static_cast<unsigned char>(letters >> (8 * j))));
    const std::uint32_t candidates = found[j] & windows[j] & ~taken;
    first[j] = candidates & (~candidates + 1);
    backwards += static_cast<std::uint32_t>(first[j] - 1 < taken);
    taken |= first[j];
  }
  const std::size_t common = detail::count_bits(taken);
  if (backwards == 0) return {common, 0};
  std::uint32_t out_of_order = 0;
#pragma GCC unroll 8
  for (std::size_t j = 0; j < kShortRight; ++j) {
    const std::uint32_t next = taken & (~taken + 1);  // in the pattern's order
    const std::uint32_t took = first[j] != 0 ? ~std::uint32_t{0} : 0;
    out_of_order += static_cast<std::uint32_t>((found[j] & next) == 0) & took;
    taken ^= next & took;
  }
  return {common, out_of_order / 2};
}

}  // namespace tessera
