// Finds the days on which a column of dates heaps: 1 January, 1 July, a program's default date.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "data/date.hpp"

namespace tessera {

/// One distinct date and the records that hold it.
struct DateCount {
  Date date;
  std::uint32_t records = 0;
};

/// For each of `dates` (distinct), whether its day and month say little because the column heaps
/// there. Partial dates are not judged (false). Heaps are of two sorts:
///
/// A day of the year (01-01, 06-15). A day holds n / 365.25 of n whole dates if births fall evenly;
/// seasons move that by a tenth. It is a heap when, its most frequent year left out (which could be
/// one person's many records or one default date), it still holds over kHeapRatio times as much and
/// lies kHeapDeviations above, in standard deviations of the column's own days: several records a
/// person spread the counts wider than chance, so the deviation is taken from the days themselves,
/// the fullest tenth left out.
///
/// One whole date (1900-01-01, 1970-01-01) that holds over kDefaultDateRatio times what nine in ten
/// of the records on less frequent dates see.
///
/// Nothing is judged below kLeastDates whole dates. Cost: a few passes over `dates` and a sort.
std::vector<bool> heaped_dates(std::span<const DateCount> dates);

/// A day of the year as a number, 0 … 371. REQUIRES: `date` is whole.
std::uint16_t day_of_year_number(const Date& date);

/// The days of the year on which `dates` heap, ascending: what heaped_dates finds of the first
/// sort, and what judges dates that come later.
std::vector<std::uint16_t> heaped_days_of_year(std::span<const DateCount> dates);

/// For each of `dates`, whether it is a program's default and says nothing of anybody: a heap
/// (`heaped`, as heaped_dates gave it) of at least kLeastLonely records in years that hold hardly
/// any other date, kLonelyShare of its own records at most within kLonelyYears of it. So
/// 1900-01-01 in a register of the living is no age told in round years, as 1950-01-01 is.
/// Cost: one pass over `dates`.
std::vector<bool> default_dates(std::span<const DateCount> dates, const std::vector<bool>& heaped);

inline constexpr std::uint32_t kLeastLonely = 20;
inline constexpr double kLonelyShare = 0.05;
inline constexpr int kLonelyYears = 3;

inline constexpr double kHeapRatio = 5.0;
inline constexpr double kHeapDeviations = 6.0;
inline constexpr std::size_t kHeapYears = 5;
inline constexpr double kDefaultDateRatio = 20.0;
inline constexpr std::uint32_t kLeastDefaultDate = 50;
inline constexpr std::uint64_t kLeastDates = 200;

}  // namespace tessera
