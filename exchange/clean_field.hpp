// One value of a message, put into the form that its column promises. Lenient in, strict out.
#pragma once

#include <string>
#include <string_view>

#include "data/spec.hpp"
#include "exchange/canonical.hpp"

namespace tessera {

/// What had to be done to a value. The raw one is kept wherever it is not kNone (raw.csv).
enum class Repair : std::uint8_t {
  kNone,
  kBlanks,       ///< Blanks at the ends or doubled, control characters, a line break.
  kNotUtf8,      ///< Bytes that are no UTF-8 became U+FFFD.
  kWritten,      ///< A date, number or truth value in another notation.
  kCoded,        ///< A code of the source in the canonical word.
  kTimeDropped,  ///< A date-time in a column of days.
  kNotKnown,     ///< A code for "not known": left empty.
  kNotReadable,  ///< Nothing of the column's kind: left empty.
  kNoCode,       ///< A code that the table of codes does not hold: `other`, or left as it was.
};

inline constexpr std::size_t kRepairs = 9;

std::string_view repair_name(Repair repair);

struct CleanedField {
  std::string text;
  Repair repair = Repair::kNone;
};

/// `order` says how dates like 05/04/1990 are meant. Empty in, empty out, and no repair.
/// Cost: about 0.3 µs.
CleanedField clean_field(std::string_view raw, FieldKind kind, DateOrder order);

}  // namespace tessera
