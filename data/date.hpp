// Calendar dates with the precision that a registry really knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "data/spec.hpp"

namespace tessera {

/// A date of birth or event, whole or partial. Text form: EDTF (ISO 8601-2), with X for what is
/// unknown:
///   1990-04-05 · 1990-04 · 1990 · 1990-XX-05 · XXXX-04-05 · XXXX-04 · XXXX-XX-05
///   1990-01-01~   day and month are a heap (a registry's default) and say little
struct Date {
  std::int16_t year = 0;   ///< 1 … 9999; 0 = unknown
  std::uint8_t month = 0;  ///< 1 … 12; 0 = unknown
  std::uint8_t day = 0;    ///< 1 … 31; 0 = unknown
  bool coarse = false;     ///< Partial, or day and month are a heap.

  /// Whether year, month and day are all known.
  bool is_whole() const { return year != 0 && month != 0 && day != 0; }
  /// Whether nothing is known.
  bool is_unknown() const { return year == 0 && month == 0 && day == 0; }

  friend bool operator==(const Date&, const Date&) = default;
};

enum class DateFault : std::uint8_t {
  kNone,
  kNotADate,    ///< The text is no date that is understood.
  kImpossible,  ///< It is one, of a day that never was: 31 June, month 13.
};

/// With kNone, `date` may still be unknown: empty text, 00/00/0000, 99/99/9999, xx/xx/xxxx.
struct ParsedDate {
  Date date;
  DateFault fault = DateFault::kNone;
};

/// Reads one date: ISO (with or without a time behind it), yyyymmdd, d/m/y, d.m.y, d-m-y or m/d/y
/// as `order` says (a number over 12 settles it), two-digit years by a pivot on the job's year (a
/// year up to the pivot's is of this century), month names in a dozen languages, year and month,
/// year alone, `y-m-d` with a part missing. A day or month of 0, 99 or xx is an unknown one. Digits
/// of any script count. 31 February is kImpossible. Never throws but for memory. Cost: one fold and
/// one pass.
ParsedDate parse_date(std::string_view text, DateOrder order, int pivot_year = 2026);

/// The EDTF text of a date; empty if nothing is known. parse_edtf reads it back.
std::string edtf(const Date& date);

/// Reads the text that `edtf` writes (what a date Column holds); nullopt for anything else.
std::optional<Date> parse_edtf(std::string_view text);

/// The days of a month, 28 … 31; the most there can be where the year or the month is 0 (unknown).
int days_in_month(int year, int month);

/// Days since 1970-01-01 in the proleptic Gregorian calendar. REQUIRES: day, month and year are
/// known. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
std::int32_t days_from_civil(const Date& date);

}  // namespace tessera
