// A date is split into parts (numbers, a month's name, blanks where a part is missing), then every
// order of day, month and year that could be meant is tried, the declared one first; the first that
// gives a day of the calendar wins.
#include <algorithm>
#include <vector>

#include "data/date.hpp"
#include "data/date_words.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr int kFirstLikelyYear = 1800;  // for readings without separators, where order is a guess

enum class PartKind : std::uint8_t { kNumber, kMonthName, kUnknown, kAbsent };

struct Part {
  PartKind kind = PartKind::kAbsent;
  int value = 0;
  int digits = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_unknown_mark(char c) {
  return c == '?' || c == '_' || c == '*';
}

// 1990-01-01T10:00Z, 24-08-2017 00:00, 19900101T1000: what stands before the time.
std::string_view without_time(std::string_view text) {
  std::size_t end = text.size();
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool iso_time = text[i] == 't' && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    const bool zulu_date = text[i + 1] == 'z' && i + 2 == text.size() && is_digit(text[i]);
    if (iso_time) end = std::min(end, i);
    if (zulu_date) end = std::min(end, i + 1);
  }
  const std::size_t colon = text.substr(0, end).find(':');
  if (colon == std::string_view::npos) return text.substr(0, end);
  end = colon;
  while (end > 0 && is_digit(text[end - 1])) --end;
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '+' || text[end - 1] == '-')) --end;
  return text.substr(0, end);
}

// Splits folded text into parts; nullopt if something in it belongs to no date.
class Splitter {
 public:
  std::optional<std::vector<Part>> split(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t start = i;
      if (is_digit(text[i])) {
        while (i < text.size() && is_digit(text[i])) ++i;
        if (!add_number(text.substr(start, i - start))) return std::nullopt;
      } else if (is_letter(text[i])) {
        while (i < text.size() && is_letter(text[i])) ++i;
        if (!add_word(text.substr(start, i - start))) return std::nullopt;
      } else if (is_unknown_mark(text[i])) {
        while (i < text.size() && is_unknown_mark(text[i])) ++i;
        add(unknown(i - start));
      } else {
        if (!add_separator(text[i])) return std::nullopt;
        ++i;
      }
      if (parts_.size() > 4) return std::nullopt;
    }
    // `1949-7-`: the day was left out.
    while (separators_-- > 0 && parts_.size() < 3) parts_.push_back(Part{});
    return std::move(parts_);
  }

 private:
  bool add_number(std::string_view digits) {
    if (digits.size() > 4) return false;
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    add(Part{.kind = PartKind::kNumber, .value = value, .digits = static_cast<int>(digits.size())});
    return true;
  }

  bool add_word(std::string_view word) {
    if (word.find_first_not_of('x') == std::string_view::npos) {
      add(unknown(word.size()));
    } else if (const std::optional<int> month = month_of_word(word)) {
      add(Part{.kind = PartKind::kMonthName, .value = *month});
    } else {
      return is_date_filler(word);
    }
    return true;
  }

  bool add_separator(char c) {
    constexpr std::string_view kNothing = " ,'()[]";
    if (kNothing.find(c) != std::string_view::npos) return true;
    if (c == '.' && (parts_.empty() || dots_mean_nothing())) return true;
    if (c != '-' && c != '/' && c != '.' && c != '\\') return false;
    if (c == '.' && parts_.size() >= 3) return true;
    ++separators_;
    return true;
  }

  static Part unknown(std::size_t length) {
    return Part{.kind = PartKind::kUnknown,
                .digits = static_cast<int>(std::min<std::size_t>(length, 5))};
  }

  // `5. Apr. 1990`: a dot behind a month's name abbreviates.
  bool dots_mean_nothing() const { return parts_.back().kind == PartKind::kMonthName; }

  void add(Part part) {
    const int missing = parts_.empty() ? separators_ : separators_ - 1;
    for (int i = 0; i < missing && parts_.size() < 4; ++i) parts_.push_back(Part{});
    parts_.push_back(part);
    separators_ = 0;
  }

  std::vector<Part> parts_;
  int separators_ = 0;
};

// Four digits, or four signs that stand for them.
bool is_year(const Part& part) {
  return part.digits == 4;
}

// A day or month: 0 if unknown, by absence or by code.
int small_part(const Part& part) {
  if (part.kind == PartKind::kUnknown || part.kind == PartKind::kAbsent) return 0;
  if (part.kind == PartKind::kNumber && part.digits <= 2 && part.value == 99) return 0;
  return part.value;
}

int year_part(const Part& part, int pivot_year) {
  if (part.kind != PartKind::kNumber || part.digits == 4) return part.value;
  const int century = pivot_year - pivot_year % 100;
  return part.value <= pivot_year % 100 ? century + part.value : century - 100 + part.value;
}

struct Reading {
  Part year;
  Part month;
  Part day;
};

// The date of a reading, if the calendar has it.
std::optional<Date> date_of(const Reading& reading, int pivot_year) {
  const int year = year_part(reading.year, pivot_year);
  const int month = small_part(reading.month);
  const int day = small_part(reading.day);
  if (year < 0 || year > 9999 || month > 12 || day > days_in_month(year, month))
    return std::nullopt;
  Date date{.year = static_cast<std::int16_t>(year),
            .month = static_cast<std::uint8_t>(month),
            .day = static_cast<std::uint8_t>(day)};
  date.coarse = !date.is_whole();
  // 99/99/9999: every part is the code for unknown.
  if (year == 9999 && month == 0 && day == 0) return Date{.coarse = true};
  return date;
}

ParsedDate not_a_date() {
  return ParsedDate{.date = {}, .fault = DateFault::kNotADate};
}

ParsedDate first_possible(const std::vector<Reading>& readings, int pivot_year) {
  for (const Reading& reading : readings) {
    if (const std::optional<Date> date = date_of(reading, pivot_year)) {
      if (date->is_unknown()) return ParsedDate{};
      return ParsedDate{.date = *date, .fault = DateFault::kNone};
    }
  }
  return ParsedDate{.date = {}, .fault = DateFault::kImpossible};
}

Part number(std::string_view digits) {
  Part part{.kind = PartKind::kNumber, .value = 0, .digits = static_cast<int>(digits.size())};
  for (const char c : digits) part.value = part.value * 10 + (c - '0');
  return part;
}

// Digits without separators.
ParsedDate parse_compact(std::string_view digits, DateOrder order, int pivot_year) {
  const std::size_t length = digits.size();
  if (digits.find_first_not_of('0') == std::string_view::npos) return ParsedDate{};
  if (length == 4) return first_possible({{number(digits), {}, {}}}, pivot_year);
  if (length == 12 || length == 14) return parse_compact(digits.substr(0, 8), order, pivot_year);

  const auto cut = [&](std::size_t start, std::size_t count) {
    return number(digits.substr(start, count));
  };
  std::vector<Reading> readings;
  const bool month_first = order == DateOrder::kMonthDayYear;
  if (length == 8) {
    const Reading ymd{cut(0, 4), cut(4, 2), cut(6, 2)};
    const Reading dmy{cut(4, 4), cut(2, 2), cut(0, 2)};
    const Reading mdy{cut(4, 4), cut(0, 2), cut(2, 2)};
    const auto likely = [&](const Reading& reading) {
      return reading.year.value >= kFirstLikelyYear && reading.year.value <= pivot_year + 1;
    };
    if (likely(ymd)) readings.push_back(ymd);
    for (const Reading& reading : {month_first ? mdy : dmy, month_first ? dmy : mdy}) {
      if (likely(reading)) readings.push_back(reading);
    }
    readings.push_back(ymd);
  } else if (length == 7 && order != DateOrder::kYearMonthDay) {
    // The leading zero was lost: 5041990.
    readings.push_back(month_first ? Reading{cut(3, 4), cut(0, 1), cut(1, 2)}
                                   : Reading{cut(3, 4), cut(1, 2), cut(0, 1)});
  } else if (length == 6) {
    const Reading year_month{cut(0, 4), cut(4, 2), {}};
    const bool likely =
        year_month.year.value >= kFirstLikelyYear && year_month.year.value <= pivot_year + 1;
    if (order == DateOrder::kYearMonthDay) {
      if (likely) readings.push_back(year_month);
      readings.push_back({cut(0, 2), cut(2, 2), cut(4, 2)});
    } else {
      readings.push_back(month_first ? Reading{cut(4, 2), cut(0, 2), cut(2, 2)}
                                     : Reading{cut(4, 2), cut(2, 2), cut(0, 2)});
      if (likely) readings.push_back(year_month);
    }
  } else {
    return not_a_date();
  }
  return first_possible(readings, pivot_year);
}

// A month's name and one or two numbers around it.
ParsedDate parse_named(const std::vector<Part>& parts, DateOrder order, int pivot_year) {
  Part month;
  std::vector<Part> others;
  for (const Part& part : parts) {
    if (part.kind != PartKind::kMonthName) {
      others.push_back(part);
    } else if (month.kind == PartKind::kAbsent) {
      month = part;
    } else {
      return not_a_date();
    }
  }
  if (others.empty() || others.size() > 2) return not_a_date();
  if (others.size() == 1) {
    const bool year = is_year(others[0]) || others[0].value > 31;
    return first_possible({year ? Reading{others[0], month, {}} : Reading{{}, month, others[0]}},
                          pivot_year);
  }
  const bool year_first =
      is_year(others[0]) || others[0].value > 31 ||
      (!is_year(others[1]) && others[1].value <= 31 && order == DateOrder::kYearMonthDay);
  return first_possible(
      {year_first ? Reading{others[0], month, others[1]} : Reading{others[1], month, others[0]}},
      pivot_year);
}

// Three parts without a month's name.
ParsedDate parse_triple(const std::vector<Part>& parts, DateOrder order, int pivot_year) {
  const Reading ymd{parts[0], parts[1], parts[2]};
  const Reading dmy{parts[2], parts[1], parts[0]};
  const Reading mdy{parts[2], parts[0], parts[1]};
  for (std::size_t i = 0; i < 3; ++i) {
    if (parts[i].digits == 3 || (i == 1 && parts[i].digits == 4)) return not_a_date();
  }
  if (is_year(parts[0]) && is_year(parts[2])) return not_a_date();
  if (is_year(parts[0])) return first_possible({ymd}, pivot_year);
  const bool month_first = order == DateOrder::kMonthDayYear;
  std::vector<Reading> readings = {month_first ? mdy : dmy, month_first ? dmy : mdy};
  if (is_year(parts[2])) return first_possible(readings, pivot_year);
  // `-7-22`: three columns were joined, and the year was empty.
  if (parts[0].kind == PartKind::kAbsent) return first_possible({ymd}, pivot_year);
  if (order == DateOrder::kYearMonthDay) {
    readings.insert(readings.begin(), ymd);
  } else if (parts[0].value > 31 && parts[0].value != 99) {
    readings.push_back(ymd);
  }
  return first_possible(readings, pivot_year);
}

ParsedDate parse_pair(const std::vector<Part>& parts, int pivot_year) {
  if (is_year(parts[0]) && parts[1].digits <= 2) {
    return first_possible({{parts[0], parts[1], {}}}, pivot_year);
  }
  if (is_year(parts[1]) && parts[0].digits <= 2) {
    return first_possible({{parts[1], parts[0], {}}}, pivot_year);
  }
  return not_a_date();
}

// Whether every part is missing, or all are 0, or all are nines: no date was known.
bool says_nothing(const std::vector<Part>& parts) {
  const auto all = [&](auto holds) {
    return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
      return part.kind == PartKind::kUnknown || part.kind == PartKind::kAbsent ||
             (part.kind == PartKind::kNumber && holds(part));
    });
  };
  return all([](const Part& part) { return part.value == 0; }) ||
         all([](const Part& part) { return part.value == (part.digits == 2 ? 99 : 9999); });
}

ParsedDate parse_folded(std::string_view folded, DateOrder order, int pivot_year) {
  std::string_view body = without_time(folded);
  while (!body.empty() && (body.back() == '~' || body.back() == '%' || body.back() == ' ')) {
    body.remove_suffix(1);
  }
  if (body.empty()) return folded.empty() ? ParsedDate{} : not_a_date();
  // `1990?` is EDTF for a doubtful year; `??` alone is an unknown part.
  if (body.size() > 1 && body.back() == '?' && is_digit(body[body.size() - 2]))
    body.remove_suffix(1);
  if (body.find_first_not_of("0123456789") == std::string_view::npos) {
    return parse_compact(body, order, pivot_year);
  }
  std::optional<std::vector<Part>> parts = Splitter().split(body);
  if (!parts || parts->empty()) return not_a_date();
  if (says_nothing(*parts)) return ParsedDate{};
  // ISO's --07-22.
  if (parts->size() == 4 && (*parts)[0].kind == PartKind::kAbsent &&
      (*parts)[1].kind == PartKind::kAbsent) {
    parts->erase(parts->begin());
  }
  const bool named = std::any_of(parts->begin(), parts->end(), [](const Part& part) {
    return part.kind == PartKind::kMonthName;
  });
  if (named) return parse_named(*parts, order, pivot_year);
  switch (parts->size()) {
    case 1:
      return (*parts)[0].digits == 4 ? first_possible({{(*parts)[0], {}, {}}}, pivot_year)
                                     : not_a_date();
    case 2:
      return parse_pair(*parts, pivot_year);
    case 3:
      return parse_triple(*parts, order, pivot_year);
    default:
      return not_a_date();
  }
}

// 19650s29, 24-o8-2017: letters that a scanner or a typist put for the digits they look like. Empty
// if the text is not digits with one or two of those.
std::string with_misread_digits(std::string_view folded) {
  constexpr std::string_view kLetters = "oilzsq";
  constexpr std::string_view kDigits = "011259";
  constexpr int kMostLetters = 2;
  constexpr std::ptrdiff_t kLeastDigits = 6;
  if (std::count_if(folded.begin(), folded.end(), is_digit) < kLeastDigits) return {};
  std::string text(folded);
  int letters = 0;
  for (char& c : text) {
    if (!is_letter(c)) continue;
    const std::size_t at = kLetters.find(c);
    if (at == std::string_view::npos || ++letters > kMostLetters) return {};
    c = kDigits[at];
  }
  return text;
}

}  // namespace

ParsedDate parse_date(std::string_view text, DateOrder order, int pivot_year) {
  const std::string folded = fold(text);
  const ParsedDate parsed = parse_folded(folded, order, pivot_year);
  if (parsed.fault != DateFault::kNotADate) return parsed;
  const std::string repaired = with_misread_digits(folded);
  return repaired.empty() ? parsed : parse_folded(repaired, order, pivot_year);
}

}  // namespace tessera
