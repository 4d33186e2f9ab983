#include "report/damage.hpp"

#include <algorithm>
#include <array>

namespace tessera {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// 1.2E+11, 9E+10, 2.5411e12; a lone E between digits (12E4, a code) is not taken for one.
bool is_scientific(std::string_view text) {
  const std::size_t whole = digits_from(text, 0);
  if (whole != 1) return false;
  std::size_t at = whole;
  std::size_t fraction = 0;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    fraction = digits_from(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at >= text.size() || (text[at] != 'E' && text[at] != 'e')) return false;
  ++at;
  const bool sign = at < text.size() && (text[at] == '+' || text[at] == '-');
  if (!sign && fraction == 0) return false;
  if (sign) ++at;
  const std::size_t exponent = digits_from(text, at);
  return exponent >= 1 && exponent <= 3 && at + exponent == text.size();
}

bool is_error_mark(std::string_view text) {
  constexpr std::array kMarks = std::to_array<std::string_view>(
      {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"});
  if (std::ranges::find(kMarks, text) != kMarks.end()) return true;
  return text.size() >= 3 && text.find_first_not_of('#') == std::string_view::npos;
}

bool ends_in_zero_fraction(std::string_view text) {
  return text.size() > 2 && text.ends_with(".0") && digits_from(text, 0) == text.size() - 2;
}

// Days since 1899-12-30, as spreadsheets count: 10000 is 1927, 60000 is 2064.
bool is_day_number(std::string_view text) {
  return text.size() == 5 && digits_from(text, 0) == 5 && text[0] >= '1' && text[0] <= '5';
}

// UTF-8 read as Latin-1 or Windows-1252 and written again: a letter of U+00C2 … U+00C3 before
// what was the second byte of another.
bool is_misread(std::string_view text) {
  if (text.find("\xEF\xBF\xBD") != std::string_view::npos) return true;
  for (std::size_t at = text.find('\xC3'); at != std::string_view::npos;
       at = text.find('\xC3', at + 1)) {
    if (at + 3 >= text.size() || (text[at + 1] != '\x82' && text[at + 1] != '\x83')) continue;
    const auto lead = static_cast<unsigned char>(text[at + 2]);
    if (lead == 0xC2) return true;  // U+0080 … U+00BF
  }
  return false;
}

}  // namespace

std::string_view damage_of(std::string_view value, Kind kind) {
  if (is_error_mark(value)) return "is a spreadsheet's error mark";
  if (is_misread(value)) return "was read in a wrong encoding";
  if (kind == Kind::kNumber || kind == Kind::kGeo) return {};
  if (is_scientific(value)) return "a spreadsheet wrote in scientific notation: digits are lost";
  if (kind == Kind::kDate && is_day_number(value)) return "is a spreadsheet's day number";
  const bool is_code = kind == Kind::kIdentifier || kind == Kind::kPhone || kind == Kind::kPostcode;
  if (is_code && ends_in_zero_fraction(value)) {
    return "ends in .0: it was taken for a number, leading zeros may be lost";
  }
  return {};
}

}  // namespace tessera
