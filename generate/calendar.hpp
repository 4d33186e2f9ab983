// Day numbers and calendar dates.
#pragma once

#include <cstdint>

namespace tessera {

/// Days since 1970-01-01, proleptic Gregorian.
using Day = std::int32_t;

struct CivilDate {
  std::int32_t year;
  std::int32_t month;  ///< 1 … 12
  std::int32_t day;    ///< 1 … 31
};

/// The date of a day number. The engine itself needs
/// only the other way (data/date.hpp). Source: H. Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", civil_from_days.
constexpr CivilDate civil_from_days(Day days) {
  days += 719468;
  const std::int32_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int32_t of_era = days - era * 146097;
  const std::int32_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t shifted = (5 * of_year + 2) / 153;
  const std::int32_t day = of_year - (153 * shifted + 2) / 5 + 1;
  const std::int32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

/// The day number of a date. Source: as above, days_from_civil.
constexpr Day day_number(CivilDate date) {
  const std::int32_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int32_t year_of_era = year - era * 400;
  const std::int32_t of_year =
      (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
  const std::int32_t of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
  return era * 146097 + of_era - 719468;
}

/// The day on which the population is seen; nothing is dated later.
inline constexpr Day kToday = day_number({2025, 1, 1});
inline constexpr Day kYear = 365;  ///< Of days, where a year need not be exact.

}  // namespace tessera
