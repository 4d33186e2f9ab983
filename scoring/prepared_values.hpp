// What comparing needs to know of each distinct value, worked out once per column.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "scoring/comparison.hpp"
#include "scoring/value_pair.hpp"

namespace tessera {

/// Sorted numbers per code: phonetic codes or nickname groups; equal numbers, equal codes.
struct CodeSets {
  std::vector<std::uint32_t> offsets;  ///< size codes + 1
  std::vector<std::uint32_t> numbers;

  /// Whether two codes have a number in common.
  bool share(Code a, Code b) const;
};

/// The sets for one of the functions kSoundex, kNysiis, kMetaphone, kDoubleMetaphone, kNickname.
CodeSets prepare_sets(LevelFunction function, const Column& column, const NicknameTable& nicknames);

/// One date per code; year 0 and all else 0 where the value is none.
std::vector<PreparedDate> prepare_dates(const Column& column);

/// One number per code; NaN where the value is none.
std::vector<double> prepare_numbers(const Column& column);

/// Latitude and longitude in degrees per code; NaN where the value is none.
std::vector<std::pair<double, double>> prepare_places(const Column& column);

/// One flag per code: all bytes ASCII.
std::vector<bool> prepare_ascii(const Column& column);

}  // namespace tessera
