// What the values of a sampled column look like, before anybody knows what they mean.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/read.hpp"
#include "engine/propose_names.hpp"

namespace tessera {

/// Figures of one column's values. Shares are of the filled values, in [0, 1]; 0 when there are
/// none.
struct ColumnProfile {
  std::uint64_t rows = 0;
  std::uint64_t filled = 0;    ///< Rows with a value that is no null word.
  std::uint64_t distinct = 0;  ///< Distinct folded values.
  double dates =
      0.0;  ///< Parse as dates with at least a year; numbers that are no such date do not.
  double whole_dates = 0.0;  ///< Parse as dates with day, month and year.
  double numbers = 0.0;      ///< Parse as numbers.
  double decimals = 0.0;     ///< Are numbers with a fraction.
  double phones = 0.0;       ///< 6 to 15 digits with nothing but signs between.
  double phone_signs = 0.0;  ///< Are phones with a plus, blank, dash, slash or bracket in them.
  double emails = 0.0;
  double sexes = 0.0;      ///< Words or codes of a sex.
  double sex_words = 0.0;  ///< Words of a sex: codes of one digit left out.
  double with_digit = 0.0;
  double mean_length = 0.0;  ///< In code points.
  double mean_words = 0.0;
  int low_year =
      0;  ///< 5th and 95th hundredth of the dates' years, and of whole numbers like years.
  int high_year = 0;
  std::uint64_t day_first = 0;     ///< Numeric dates whose first number is over 12.
  std::uint64_t month_first = 0;   ///< … whose second number is.
  std::uint64_t either_first = 0;  ///< … that do not tell.

  double filled_share() const { return rows == 0 ? 0.0 : double(filled) / double(rows); }
  double distinct_share() const { return filled == 0 ? 0.0 : double(distinct) / double(filled); }
};

/// The profile of some values. Cost: one pass; dates are parsed once per distinct value.
ColumnProfile profile_values(std::span<const std::string_view> values);

/// One file as sampled.
struct SampledFile {
  SourceSpec source;
  FileSample sample;
};

/// A column name with its values in all files that have it: columns of one name are judged
/// together.
struct SampledColumn {
  std::string name;
  std::vector<std::uint32_t> files;          ///< ascending
  std::vector<std::uint32_t> places;         ///< size files.size(): its place in each file
  std::vector<ColumnProfile> file_profiles;  ///< size files.size()
  ColumnProfile profile;                     ///< of all files together
};

/// The columns of all files, by first appearance.
std::vector<SampledColumn> sampled_columns(std::span<const SampledFile> files);

/// Whether values such as these can be of that meaning. `vague`: the name alone says little (a
/// column called `date`).
bool fits_meaning(const ColumnProfile& profile, Meaning meaning, bool vague);

}  // namespace tessera
