#include "data/date.hpp"

#include <array>

#include "data/check.hpp"

namespace tessera {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The two digits at `at`, or 0 for XX; nullopt for anything else.
std::optional<int> two_digits(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "XX") return 0;
  if (!is_digit(text[at]) || !is_digit(text[at + 1])) return std::nullopt;
  const int value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  if (value == 0) return std::nullopt;
  return value;
}

void append_padded(std::string& out, int value, int width) {
  if (value == 0) {
    out.append(static_cast<std::size_t>(width), 'X');
    return;
  }
  const std::string digits = std::to_string(value);
  out.append(static_cast<std::size_t>(width) - digits.size(), '0');
  out += digits;
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 0) return 31;
  const bool leap = year == 0 || (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2 && !leap) return 28;
  return kDays[static_cast<std::size_t>(month - 1)];
}

std::string edtf(const Date& date) {
  std::string text;
  if (date.is_unknown()) return text;
  append_padded(text, date.year, 4);
  if (date.month == 0 && date.day == 0) return text;
  text.push_back('-');
  append_padded(text, date.month, 2);
  if (date.day == 0) return text;
  text.push_back('-');
  append_padded(text, date.day, 2);
  if (date.coarse && date.is_whole()) text.push_back('~');
  return text;
}

std::optional<Date> parse_edtf(std::string_view text) {
  Date date;
  if (text.size() == 11 && text.back() == '~') {
    date.coarse = true;
    text.remove_suffix(1);
  }
  const std::size_t length = text.size();
  if (length != 4 && length != 7 && length != 10) return std::nullopt;
  if (text.substr(0, 4) != "XXXX") {
    for (const char c : text.substr(0, 4)) {
      if (!is_digit(c)) return std::nullopt;
      date.year = static_cast<std::int16_t>(date.year * 10 + (c - '0'));
    }
    if (date.year == 0) return std::nullopt;
  }
  if (length >= 7) {
    const std::optional<int> month = two_digits(text, 5);
    if (text[4] != '-' || !month || *month > 12) return std::nullopt;
    date.month = static_cast<std::uint8_t>(*month);
  }
  if (length == 10) {
    const std::optional<int> day = two_digits(text, 8);
    if (text[7] != '-' || !day || *day > days_in_month(date.year, date.month)) return std::nullopt;
    date.day = static_cast<std::uint8_t>(*day);
  }
  if (date.coarse && !date.is_whole()) return std::nullopt;
  if (!date.is_whole()) date.coarse = true;
  // One date, one text: what edtf would not write is refused.
  if (edtf(date).size() != length + (date.is_whole() && date.coarse ? 1 : 0)) return std::nullopt;
  return date;
}

std::int32_t days_from_civil(const Date& date) {
  TESSERA_DEBUG_CHECK(date.is_whole());
  const std::int32_t month = date.month;
  const std::int32_t year = date.year - (month <= 2 ? 1 : 0);
  const std::int32_t era = year / 400;
  const std::int32_t year_of_era = year - era * 400;
  const std::int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int32_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

}  // namespace tessera
