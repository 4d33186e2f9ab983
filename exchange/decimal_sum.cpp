#include "exchange/decimal_sum.hpp"

#include <cstdlib>

namespace tessera {
namespace {

constexpr int kPlaces = 6;

}  // namespace

bool DecimalSum::add(std::string_view text) {
  if (text.empty()) return true;
  const bool is_negative = text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  std::int64_t value = 0;
  int places = -1;  // behind the point; -1: before it
  bool has_digit = false;
  for (const char c : text) {
    if (c == '.' && places < 0) {
      places = 0;
      continue;
    }
    if (c < '0' || c > '9') return false;
    has_digit = true;
    if (places == kPlaces) {
      if (c != '0') return false;
      continue;
    }
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, std::int64_t{c - '0'}, &value)) {
      return false;
    }
    if (places >= 0) ++places;
  }
  if (!has_digit) return false;
  for (int i = places < 0 ? 0 : places; i < kPlaces; ++i) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return false;
  }
  return !__builtin_add_overflow(millionths_, is_negative ? -value : value, &millionths_);
}

std::string DecimalSum::text() const {
  std::string digits = std::to_string(std::llabs(millionths_));
  if (digits.size() <= kPlaces) digits.insert(0, kPlaces + 1 - digits.size(), '0');
  digits.insert(digits.size() - kPlaces, ".");
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return (millionths_ < 0 ? "-" : "") + digits;
}

}  // namespace tessera
