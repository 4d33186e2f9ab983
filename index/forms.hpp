// Forms of a word: what it shares with words that an error, an ear or another script made of it.
//
// Two words that have a form in common are near each other. The one-less forms of a word are itself
// and itself without one of its letters (the deletion neighbourhood): words that differ by one
// inserted, left out, replaced or transposed letter, the first one too, always share one of them,
// so that none is missed. "amina" and "amyna" share "amna"; "nalule" and "anlule" share "nlule".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data/kind.hpp"

namespace tessera {

enum class FormKind : std::uint8_t {
  kWhole,      ///< The word: of kinds that have no one-less forms.
  kOneLess,    ///< The word, or the word without one code point.
  kSound,      ///< Double Metaphone, primary or alternate.
  kSkeleton,   ///< Its consonants: names of scripts that write no vowels.
  kYearMonth,  ///< Of dates, two parts of three, and
  kYearDay,
  kMonthDay,
  kDayMonth,  ///< the year with day and month in either order,
  kYear,      ///< and the year alone.
  kTail,      ///< The last seven characters of a number: with or without a country's prefix.
};

/// One form, by a hash that differs by kind.
struct Form {
  FormKind kind = FormKind::kOneLess;
  std::uint64_t hash = 0;

  friend bool operator==(const Form&, const Form&) = default;
  friend auto operator<=>(const Form&, const Form&) = default;
};

/// Words of more code points than this have no one-less forms but themselves.
inline constexpr std::size_t kLongestWithOneLess = 64;

/// The forms of a word of a column of that kind, ascending, each once. Names, places, addresses and
/// texts: one-less, sound and skeleton; numbers, codes and sets: one-less, phones and identifiers
/// their tail; dates (EDTF) their parts. REQUIRES: Latin letters where sound is to count. Cost: a
/// hash a form, and 0.3 µs for the sound.
/// Source: T. Bocek, E. Hunt, B. Stiller, Fast similarity search in large dictionaries (2007),
/// FastSS: deletion neighbourhoods.
std::vector<Form> forms_of(Kind kind, std::string_view word);

}  // namespace tessera
