// One function per kind: from a text to its normalised form, or why it has none. The forms:
// data/clean.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "data/date.hpp"
#include "data/kind.hpp"

namespace tessera {

enum class CleanFault : std::uint8_t { kNone, kNullWord, kPlaceholder, kImpossible, kFuture };

/// text is empty if and only if there is a fault.
struct CleanedValue {
  std::string text;
  CleanFault fault = CleanFault::kNone;
};

/// What a source says about its columns, needed where a text alone does not tell.
struct SourceReading {
  DateOrder date_order = DateOrder::kDayMonthYear;
  bool m_is_woman = false;  ///< Sex codes are H and M (hombre, mujer), not M and F.

  friend bool operator==(const SourceReading&, const SourceReading&) = default;
};

/// Cleans one value of any kind: null words, then the kind's own function, then placeholders by
/// form. today: dates after it are kFuture; none: no date is. Cost: about 0.2 µs for a short ASCII
/// text.
CleanedValue clean_value(std::string_view raw, Kind kind, const SourceReading& reading,
                         const std::optional<Date>& today);

/// The functions behind it. All take folded text (data/unicode.hpp), and none knows null words or
/// placeholders.
CleanedValue clean_words(std::string_view folded);  ///< name, person_name, place, address, text
CleanedValue clean_date(std::string_view folded, DateOrder order, const std::optional<Date>& today);
CleanedValue clean_identifier(std::string_view folded);
CleanedValue clean_sex(std::string_view folded, bool m_is_woman);
CleanedValue clean_phone(std::string_view folded);
CleanedValue clean_email(std::string_view folded);
CleanedValue clean_postcode(std::string_view folded);
CleanedValue clean_number(std::string_view folded);
CleanedValue clean_geo(std::string_view folded);
CleanedValue clean_set(std::string_view folded);

}  // namespace tessera
