#include "scoring/value_pair.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "scoring/distance.hpp"

namespace tessera {
namespace {

QgramMeasure qgram_measure(LevelFunction function) {
  if (function == LevelFunction::kQgramJaccard) return QgramMeasure::kJaccard;
  return function == LevelFunction::kQgramDice ? QgramMeasure::kDice : QgramMeasure::kCosine;
}

// All words of the shorter list stand in the longer: `garcia` in `garcia lopez`. One-letter words
// say too little.
template <class Text>
bool words_contained(Text a, Text b) {
  const auto left = split_tokens(a);
  const auto right = split_tokens(b);
  if (left.size() == right.size()) return false;
  const auto& few = left.size() < right.size() ? left : right;
  const auto& many = left.size() < right.size() ? right : left;
  return !few.empty() && std::all_of(few.begin(), few.end(), [&](const Text& word) {
    return word.size() > 1 && std::any_of(many.begin(), many.end(), [&](const Text& other) {
             return std::equal(word.begin(), word.end(), other.begin(), other.end());
           });
  });
}

template <class Text>
double measure(LevelFunction function, unsigned q, std::uint32_t limit, Text a, Text b) {
  switch (function) {
    case LevelFunction::kLevenshtein:
      return levenshtein(a, b, limit);
    case LevelFunction::kDamerauLevenshtein:
      return damerau_levenshtein(a, b, limit);
    case LevelFunction::kOsa:
      return osa(a, b, limit);
    case LevelFunction::kOneEdit:
      return levenshtein(a, b, 1) == 1 ? 1.0 : 0.0;
    case LevelFunction::kTransposition:
      return is_one_transposition(a, b) ? 1.0 : 0.0;
    case LevelFunction::kJaro:
      return jaro(a, b);
    case LevelFunction::kJaroWinkler:
      return jaro_winkler(a, b);
    case LevelFunction::kQgramJaccard:
    case LevelFunction::kQgramDice:
    case LevelFunction::kQgramCosine:
      return qgram_similarity(a, b, q, qgram_measure(function));
    case LevelFunction::kCommonPrefix:
      return static_cast<double>(longest_common_prefix(a, b));
    case LevelFunction::kTokenSet:
      return token_set_similarity(split_tokens(a), split_tokens(b));
    case LevelFunction::kSoftTokenSet:
      return soft_token_set_similarity(split_tokens(a), split_tokens(b));
    case LevelFunction::kContains:
      return words_contained(a, b) ? 1.0 : 0.0;
    case LevelFunction::kInitial:
      return is_initial_of(a, b) || is_initial_of(b, a) ? 1.0 : 0.0;
    default:
      return 0.0;
  }
}

constexpr double kDaysPerYear = 365.2425;
constexpr double kDaysPerMonth = kDaysPerYear / 12;

// The lowest bit of each digit that differs.
std::uint32_t differing_digits(std::uint32_t a, std::uint32_t b) {
  std::uint32_t differing = a ^ b;
  differing |= differing >> 1;
  differing |= differing >> 2;
  return differing & 0x1111'1111;
}

// One digit differs, or two neighbours are exchanged.
bool one_digit_edit(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t differing = differing_digits(a, b);
  const int digits = std::popcount(differing);
  if (digits != 2) return digits == 1;
  const int low = std::countr_zero(differing);
  if (differing != std::uint32_t{0x11} << low) return false;
  const std::uint32_t of_a = (a >> low) & 0xff;
  const std::uint32_t of_b = (b >> low) & 0xff;
  return of_a == ((of_b >> 4) | ((of_b & 0xf) << 4));
}

bool is_whole(const Date& date) {
  return date.year != 0 && date.month != 0 && date.day != 0;
}

using DateText = std::array<unsigned char, 8>;

DateText digits_of(const Date& date) {
  DateText text{};
  int year = date.year;
  for (std::size_t i = 4; i-- > 0; year /= 10)
    text[i] = static_cast<unsigned char>('0' + year % 10);
  text[4] = static_cast<unsigned char>('0' + date.month / 10);
  text[5] = static_cast<unsigned char>('0' + date.month % 10);
  text[6] = static_cast<unsigned char>('0' + date.day / 10);
  text[7] = static_cast<unsigned char>('0' + date.day % 10);
  return text;
}

bool one_date_edit(const Date& a, const Date& b) {
  if (!is_whole(a) || !is_whole(b)) return false;
  const DateText left = digits_of(a);
  const DateText right = digits_of(b);
  std::size_t differing = 0;
  for (std::size_t i = 0; i < left.size(); ++i) differing += left[i] != right[i] ? 1 : 0;
  return differing == 1 || is_one_transposition(AsciiText(left), AsciiText(right));
}

bool coarse_agreement(const Date& a, const Date& b) {
  if (!a.coarse && !b.coarse) return false;
  if (a.year != 0 && b.year != 0) {
    const bool same_year = a.year == b.year;
    // A heap often stands for an age rounded to the year, so a neighbouring year is no
    // contradiction.
    if (!same_year && std::abs(a.year - b.year) > 1) return false;
    const bool plain_a = is_whole(a) && !a.coarse;
    const bool plain_b = is_whole(b) && !b.coarse;
    if (!same_year && plain_a == plain_b) return false;
  }
  const bool heap = (a.coarse && is_whole(a)) || (b.coarse && is_whole(b));
  if (heap) return a.year != 0 && b.year != 0;
  if (a.month != 0 && b.month != 0 && a.month != b.month) return false;
  return a.day == 0 || b.day == 0 || a.day == b.day;
}

// The greatest whole number that is not over a limit.
std::int32_t at_most(double limit) {
  return static_cast<std::int32_t>(std::floor(std::clamp(limit, -1.0, 1e9)));
}

int months_of(const Date& date) {
  return date.year * 12 + date.month;
}

bool within_months(const Date& a, const Date& b, double months) {
  if (!is_whole(a) || !is_whole(b)) return false;
  if (std::abs(months_of(a) - months_of(b)) > months + 1) return false;
  return std::abs(days_from_civil(a) - days_from_civil(b)) <= months * kDaysPerMonth;
}

bool within_years(const Date& a, const Date& b, double years) {
  if (a.year == 0 || b.year == 0) return false;
  if (!is_whole(a) || !is_whole(b)) return std::abs(a.year - b.year) <= years;
  return std::abs(days_from_civil(a) - days_from_civil(b)) <= years * kDaysPerYear;
}

}  // namespace

double text_measure(LevelFunction function, unsigned q, std::uint32_t limit, AsciiText a,
                    AsciiText b) {
  return measure(function, q, limit, a, b);
}

double text_measure(LevelFunction function, unsigned q, std::uint32_t limit, WideText a,
                    WideText b) {
  return measure(function, q, limit, a, b);
}

bool date_claim(const LevelSpec& level, const Date& a, const Date& b) {
  switch (level.function) {
    case LevelFunction::kDateOneEdit:
      return one_date_edit(a, b);
    case LevelFunction::kDateSwap:
      return is_whole(a) && is_whole(b) && a.year == b.year && a.month == b.day &&
             a.day == b.month && a.month != a.day;
    case LevelFunction::kDateCoarse:
      return coarse_agreement(a, b);
    case LevelFunction::kDateWithinDays:
      return is_whole(a) && is_whole(b) &&
             std::abs(days_from_civil(a) - days_from_civil(b)) <= level.threshold;
    case LevelFunction::kDateWithinMonths:
      return within_months(a, b, level.threshold);
    case LevelFunction::kDateWithinYears:
      return within_years(a, b, level.threshold);
    default:
      return false;
  }
}

PreparedDate prepare_date(const Date& date) {
  PreparedDate prepared{date, is_whole(date) && !date.coarse, 0, 0};
  if (!prepared.plain) return prepared;
  for (const unsigned char digit : digits_of(date)) {
    prepared.digits = prepared.digits << 4 | (digit - unsigned{'0'});
  }
  prepared.day = static_cast<std::int32_t>(days_from_civil(date));
  return prepared;
}

bool DateLevels::is_one_edit(const LevelSpec& level) {
  return level.function == LevelFunction::kLevenshtein && level.threshold >= 1.0 &&
         level.threshold < 2.0;
}

DateLevels::DateLevels(std::span<const LevelSpec> levels) : levels_(levels.begin(), levels.end()) {
  for (const LevelSpec& level : levels) {
    Step step{.function = level.function};
    const double days_in_unit = level.function == LevelFunction::kDateWithinYears    ? kDaysPerYear
                                : level.function == LevelFunction::kDateWithinMonths ? kDaysPerMonth
                                                                                     : 1.0;
    step.days = at_most(level.threshold * days_in_unit);
    step.months = at_most(level.threshold + 1);
    step.one_edit = is_one_edit(level);
    steps_.push_back(step);
  }
}

unsigned DateLevels::plain_level(const PreparedDate& a, const PreparedDate& b) const {
  const std::int32_t days = std::abs(a.day - b.day);
  unsigned level = 0;
  for (const Step& step : steps_) {
    ++level;
    switch (step.function) {
      case LevelFunction::kDateOneEdit:
        if (one_digit_edit(a.digits, b.digits)) return level;
        break;
      case LevelFunction::kLevenshtein:
        if (step.one_edit && std::popcount(differing_digits(a.digits, b.digits)) == 1) return level;
        break;
      case LevelFunction::kDateSwap:
        if (a.date.year == b.date.year && a.date.month == b.date.day &&
            a.date.day == b.date.month && a.date.month != a.date.day) {
          return level;
        }
        break;
      case LevelFunction::kDateWithinMonths:
        if (days <= step.days && std::abs(months_of(a.date) - months_of(b.date)) <= step.months) {
          return level;
        }
        break;
      case LevelFunction::kDateWithinDays:
      case LevelFunction::kDateWithinYears:
        if (days <= step.days) return level;
        break;
      default:
        break;  // neither date is coarse, and no other function is one of dates
    }
  }
  return level;
}

unsigned DateLevels::any_level(const PreparedDate& a, const PreparedDate& b) const {
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    if (date_claim(levels_[i], a.date, b.date)) return static_cast<unsigned>(i + 1);
  }
  return static_cast<unsigned>(levels_.size());
}

double kilometres(std::pair<double, double> a, std::pair<double, double> b) {
  constexpr double kRadiusKm = 6371.0088;
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double sin_latitude = std::sin((b.first - a.first) * kRadians / 2);
  const double sin_longitude = std::sin((b.second - a.second) * kRadians / 2);
  const double h = sin_latitude * sin_latitude + std::cos(a.first * kRadians) *
                                                     std::cos(b.first * kRadians) * sin_longitude *
                                                     sin_longitude;
  return 2 * kRadiusKm * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

bool within_percent(double a, double b, double percent) {
  return std::abs(a - b) <= percent / 100.0 * std::max(std::abs(a), std::abs(b));
}

}  // namespace tessera
