// Calendar dates with the precision that a registry really knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "data/spec.hpp"

namespace tessera {

/// A date of birth or event, whole or partial. Text form: EDTF (ISO 8601-2), `1990-04-05`, `1990-04`, `1990`,
/// `1990-04-05~` where day and month are a heap and say little.
struct Date {
  std::int16_t year = 0;    ///< 1 … 9999; 0 = unknown
  std::uint8_t month = 0;   ///< 1 … 12; 0 = unknown
  std::uint8_t day = 0;     ///< 1 … 31; 0 = unknown
  bool coarse = false;      ///< Partial, or day and month are a heap.

  friend bool operator==(const Date&, const Date&) = default;
};

enum class DateFault : std::uint8_t { kNone, kNotADate, kImpossible };

struct ParsedDate {
  Date date;
  DateFault fault = DateFault::kNone;
};

/// Reads one date: ISO (with or without a time behind it), yyyymmdd, d/m/y, d.m.y, d-m-y or m/d/y as `order` says
/// (a first number over 12 settles it), two-digit years by a pivot on the job's year, month names in English, French,
/// Portuguese, Spanish and German, year and month, year alone, `y-m-d` with a part missing. Devanagari and Arabic digits count.
/// 31 February is kImpossible. Never throws.
ParsedDate parse_date(std::string_view text, DateOrder order, int pivot_year = 2026);

/// The EDTF text of a date; parse_edtf reads it back.
std::string edtf(const Date& date);

/// Reads the text that `edtf` writes (what a date Column holds); nullopt for anything else.
std::optional<Date> parse_edtf(std::string_view text);

/// Days since 1970-01-01 in the proleptic Gregorian calendar. REQUIRES: day, month and year are known.
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
std::int32_t days_from_civil(const Date& date);

}  // namespace tessera
