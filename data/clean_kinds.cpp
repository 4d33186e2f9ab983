#include "data/clean_kinds.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "data/null_words.hpp"
#include "data/placeholders.hpp"
#include "data/sex_words.hpp"
#include "data/sort_unique.hpp"
#include "data/unicode.hpp"
#include "data/word_list.hpp"

namespace tessera {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

CleanedValue fault(CleanFault why) {
  return CleanedValue{.text = {}, .fault = why};
}

CleanedValue value_or(std::string text, CleanFault why_empty) {
  if (text.empty()) return fault(why_empty);
  return CleanedValue{.text = std::move(text), .fault = CleanFault::kNone};
}

// 7364009.0: a spreadsheet or data frame took the digits for a number.
std::string_view without_float_tail(std::string_view text) {
  if (text.size() > 2 && text.ends_with(".0") && is_digits(text.substr(0, text.size() - 2))) {
    text.remove_suffix(2);
  }
  return text;
}

// 7.36401e+06, 2,54712E+11: a spreadsheet has thrown digits away.
bool is_in_exponent_form(std::string_view text) {
  const std::size_t mark = text.find("e+");
  if (mark == std::string_view::npos || mark == 0 || mark + 2 == text.size()) return false;
  const std::string_view mantissa = text.substr(0, mark);
  return is_digits(text.substr(mark + 2)) && is_digit(mantissa[0]) &&
         mantissa.find_first_not_of("0123456789.,") == std::string_view::npos;
}

std::string upper_case(std::string text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) {
    icu::UnicodeString letters = icu::UnicodeString::fromUTF8(text);
    text.clear();
    letters.toUpper(icu::Locale::getRoot()).toUTF8String(text);
    return text;
  }
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return text;
}

// Letters and digits only, upper case.
std::string compact_upper(std::string_view folded) {
  std::string text = fold_name(folded);
  std::erase(text, ' ');
  return upper_case(std::move(text));
}

// The number that a text is from its first character to its last: -12.5, +3, 1e6.
std::optional<double> plain_decimal(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0.0;
  const char* end = text.data() + text.size();
  const auto [at, status] = std::from_chars(text.data(), end, number);
  if (status != std::errc() || at != end || !std::isfinite(number)) return std::nullopt;
  return number == 0.0 ? 0.0 : number;  // no -0
}

// The decimal number that a text is: 12.5, 12,5, 1 234.5, 1,234,567. Nothing else may stand in it.
std::optional<double> decimal_of(std::string_view folded) {
  std::string digits;
  const auto commas = std::count(folded.begin(), folded.end(), ',');
  const auto dots = std::count(folded.begin(), folded.end(), '.');
  const std::size_t last_comma = folded.rfind(',');
  const std::size_t last_dot = folded.rfind('.');
  // The last of two sorts of mark is the decimal one. A lone comma is, unless it groups thousands.
  char decimal_mark = '.';
  if (commas > 0 && dots > 0) {
    decimal_mark = last_comma > last_dot ? ',' : '.';
  } else if (commas == 1 && folded.size() - last_comma != 4) {
    decimal_mark = ',';
  } else if (dots > 1) {
    decimal_mark = ',';
  }
  for (const char c : folded) {
    if (c == decimal_mark) {
      digits.push_back('.');
    } else if (c != ',' && c != '.' && c != ' ' && c != '\'') {
      digits.push_back(c);
    }
  }
  return plain_decimal(digits);
}

std::string shortest_decimal(double number) {
  char buffer[400];  // the longest double in fixed form has 309 digits before the point
  const auto [end, status] =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  return status == std::errc() ? std::string(buffer, end) : std::string();
}

// Whether a date lies after another as far as it is known.
bool is_after(const Date& date, const Date& today) {
  if (date.year == 0) return false;
  if (date.year != today.year) return date.year > today.year;
  if (date.month == 0) return false;
  if (date.month != today.month) return date.month > today.month;
  return date.day > today.day;
}

// +254 700 123 456 ext. 12: what stands before the extension, or before a second number.
std::string_view first_phone(std::string_view folded) {
  const auto digits_in = [](std::string_view text) {
    return std::count_if(text.begin(), text.end(), is_digit);
  };
  constexpr std::ptrdiff_t kWholeNumber = 7;
  for (const std::string_view mark : {std::string_view("ext"), std::string_view("/"),
                                      std::string_view(";"), std::string_view(",")}) {
    const std::size_t at = folded.find(mark);
    if (at == std::string_view::npos || digits_in(folded.substr(0, at)) < kWholeNumber) continue;
    if (mark == "ext" || digits_in(folded.substr(at)) >= kWholeNumber)
      folded = folded.substr(0, at);
  }
  return folded;
}

CleanedValue clean_kind(std::string_view folded, Kind kind, const SourceReading& reading,
                        const std::optional<Date>& today) {
  switch (kind) {
    case Kind::kPersonName:
    case Kind::kName:
      // b/o Mary: baby of Mary. Without the stroke they would be initials.
      if (folded.starts_with("b/o")) return fault(CleanFault::kPlaceholder);
      return clean_words(folded);
    case Kind::kPlace:
    case Kind::kAddress:
    case Kind::kText:
      return clean_words(folded);
    case Kind::kDate:
      return clean_date(folded, reading.date_order, today);
    case Kind::kIdentifier:
      return clean_identifier(folded);
    case Kind::kSex:
      return clean_sex(folded, reading.m_is_woman);
    case Kind::kPhone:
      return clean_phone(folded);
    case Kind::kEmail:
      return clean_email(folded);
    case Kind::kPostcode:
      return clean_postcode(folded);
    case Kind::kNumber:
      return clean_number(folded);
    case Kind::kGeo:
      return clean_geo(folded);
    case Kind::kSet:
      return clean_set(folded);
  }
  return fault(CleanFault::kImpossible);
}

}  // namespace

CleanedValue clean_value(std::string_view raw, Kind kind, const SourceReading& reading,
                         const std::optional<Date>& today) {
  const std::string folded = fold(raw);
  if (is_null_word(raw, folded, kind)) return fault(CleanFault::kNullWord);
  CleanedValue value = clean_kind(folded, kind, reading, today);
  if (value.fault == CleanFault::kNone && is_placeholder(value.text, kind)) {
    return fault(CleanFault::kPlaceholder);
  }
  return value;
}

CleanedValue clean_words(std::string_view folded) {
  return value_or(fold_name(folded), CleanFault::kNullWord);
}

CleanedValue clean_date(std::string_view folded, DateOrder order,
                        const std::optional<Date>& today) {
  const int pivot_year = today ? today->year : 2026;
  ParsedDate parsed = parse_date(folded, order, pivot_year);
  if (parsed.fault != DateFault::kNone) return fault(CleanFault::kImpossible);
  if (today && is_after(parsed.date, *today)) {
    // A two-digit year of this year, later than today, was of the last century.
    parsed = parse_date(folded, order, pivot_year - 1);
    if (is_after(parsed.date, *today)) {
      return fault(parsed.date.year == 9999 ? CleanFault::kPlaceholder : CleanFault::kFuture);
    }
  }
  return value_or(edtf(parsed.date), CleanFault::kNullWord);
}

CleanedValue clean_identifier(std::string_view folded) {
  std::string type;
  const std::size_t colon = folded.find(':');
  if (colon != std::string_view::npos) {
    type = fold_name(folded.substr(0, colon));
    std::replace(type.begin(), type.end(), ' ', '_');
    folded = folded.substr(colon + 1);
    while (folded.starts_with(' ')) folded.remove_prefix(1);
  }
  if (is_in_exponent_form(folded)) return fault(CleanFault::kImpossible);
  std::string value = compact_upper(without_float_tail(folded));
  if (value.empty()) return fault(CleanFault::kNullWord);
  if (!type.empty()) value = type + ":" + value;
  return CleanedValue{.text = std::move(value), .fault = CleanFault::kNone};
}

CleanedValue clean_sex(std::string_view folded, bool m_is_woman) {
  if (is_unknown_sex(folded)) return fault(CleanFault::kNullWord);
  if (m_is_woman && folded == "m") return CleanedValue{.text = "f", .fault = CleanFault::kNone};
  const std::optional<char> sex = sex_of_word(folded);
  if (!sex) return fault(CleanFault::kImpossible);
  return CleanedValue{.text = std::string(1, *sex), .fault = CleanFault::kNone};
}

CleanedValue clean_phone(std::string_view folded) {
  if (is_in_exponent_form(folded)) return fault(CleanFault::kImpossible);
  folded = without_float_tail(folded);
  const std::string_view number = first_phone(folded);
  std::string digits;
  for (std::size_t i = 0; i < number.size(); ++i) {
    // +44 (0)20: the zero is dialled at home only.
    if (number.substr(i).starts_with("(0)") && number.starts_with('+')) {
      i += 2;
    } else if (is_digit(number[i])) {
      digits.push_back(number[i]);
    }
  }
  constexpr std::size_t kShortestAbroad = 9;
  const bool all_zeros = digits.find_first_not_of('0') == std::string::npos;
  if (digits.starts_with("00") && digits.size() >= kShortestAbroad && !all_zeros)
    digits.erase(0, 2);
  return value_or(std::move(digits), CleanFault::kImpossible);
}

CleanedValue clean_email(std::string_view folded) {
  std::string text(folded);
  std::erase(text, ' ');
  if (text.starts_with("mailto:")) text.erase(0, 7);
  if (text.size() > 2 && text.front() == '<' && text.back() == '>') {
    text = text.substr(1, text.size() - 2);
  }
  return value_or(std::move(text), CleanFault::kNullWord);
}

CleanedValue clean_postcode(std::string_view folded) {
  return value_or(compact_upper(without_float_tail(folded)), CleanFault::kNullWord);
}

CleanedValue clean_number(std::string_view folded) {
  const std::optional<double> number = decimal_of(folded);
  return value_or(number ? shortest_decimal(*number) : std::string(), CleanFault::kImpossible);
}

CleanedValue clean_geo(std::string_view folded) {
  const std::size_t mark = folded.find_first_of(",; ");
  if (mark == std::string_view::npos) return fault(CleanFault::kImpossible);
  const std::size_t rest = folded.find_first_not_of(",; ", mark);
  if (rest == std::string_view::npos) return fault(CleanFault::kImpossible);
  const std::optional<double> latitude = plain_decimal(folded.substr(0, mark));
  const std::optional<double> longitude = plain_decimal(folded.substr(rest));
  if (!latitude || !longitude || std::abs(*latitude) > 90.0 || std::abs(*longitude) > 180.0) {
    return fault(CleanFault::kImpossible);
  }
  return CleanedValue{.text = shortest_decimal(*latitude) + "," + shortest_decimal(*longitude),
                      .fault = CleanFault::kNone};
}

CleanedValue clean_set(std::string_view folded) {
  std::string separated(folded);
  for (char& c : separated) {
    if (c == ';' || c == ',') c = '|';
  }
  std::vector<std::string> words;
  for_each_part(separated, '|', [&](std::string_view word) {
    const std::string trimmed = fold(word);
    if (!is_null_word(word, trimmed, Kind::kSet)) words.push_back(fold_name(trimmed));
  });
  sort_unique(words);
  std::string text;
  for (const std::string& word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text.push_back('|');
    text += word;
  }
  return value_or(std::move(text), CleanFault::kNullWord);
}

}  // namespace tessera
