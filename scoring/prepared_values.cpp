#include "scoring/prepared_values.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include "data/phonetic.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

double to_number(std::string_view text) {
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = fault == std::errc() && end == text.data() + text.size() && !text.empty();
  return whole ? value : std::numeric_limits<double>::quiet_NaN();
}

std::vector<std::uint32_t> phonetic_numbers(LevelFunction function, std::string_view text,
                                            DictionaryBuilder& seen) {
  std::vector<std::string> codes;
  switch (function) {
    case LevelFunction::kSoundex:
      codes.push_back(soundex(text));
      break;
    case LevelFunction::kNysiis:
      codes.push_back(nysiis(text));
      break;
    case LevelFunction::kMetaphone:
      codes.push_back(metaphone(text));
      break;
    default: {
      DoubleMetaphone both = double_metaphone(text);
      codes.push_back(std::move(both.primary));
      codes.push_back(std::move(both.alternate));
    }
  }
  std::vector<std::uint32_t> numbers;
  for (const std::string& code : codes) {
    if (!code.empty()) numbers.push_back(seen.intern(code));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace

bool CodeSets::share(Code a, Code b) const {
  std::uint32_t i = offsets[a];
  std::uint32_t j = offsets[b];
  while (i < offsets[a + 1] && j < offsets[b + 1]) {
    if (numbers[i] == numbers[j]) return true;
    if (numbers[i] < numbers[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return false;
}

CodeSets prepare_sets(LevelFunction function, const Column& column,
                      const NicknameTable& nicknames) {
  CodeSets sets;
  sets.offsets.assign(2, 0);
  DictionaryBuilder seen;
  for (Code code = 1; code < column.values.size(); ++code) {
    const std::vector<std::uint32_t> numbers =
        function == LevelFunction::kNickname
            ? nicknames.groups(column.in_latin(code))
            : phonetic_numbers(function, column.in_latin(code), seen);
    sets.numbers.insert(sets.numbers.end(), numbers.begin(), numbers.end());
    sets.offsets.push_back(static_cast<std::uint32_t>(sets.numbers.size()));
  }
  return sets;
}

std::vector<PreparedDate> prepare_dates(const Column& column) {
  std::vector<PreparedDate> dates(column.values.size());
  for (Code code = 1; code < column.values.size(); ++code) {
    dates[code] = prepare_date(parse_edtf(column.values[code]).value_or(Date{}));
  }
  return dates;
}

std::vector<double> prepare_numbers(const Column& column) {
  std::vector<double> numbers(column.values.size(), std::numeric_limits<double>::quiet_NaN());
  for (Code code = 1; code < column.values.size(); ++code) {
    numbers[code] = to_number(column.values[code]);
  }
  return numbers;
}

std::vector<std::pair<double, double>> prepare_places(const Column& column) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::pair<double, double>> places(column.values.size(), {kNone, kNone});
  for (Code code = 1; code < column.values.size(); ++code) {
    const std::string_view text = column.values[code];
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) continue;
    places[code] = {to_number(text.substr(0, comma)), to_number(text.substr(comma + 1))};
  }
  return places;
}

std::vector<bool> prepare_ascii(const Column& column) {
  std::vector<bool> ascii(column.values.size(), true);
  for (Code code = 1; code < column.values.size(); ++code)
    ascii[code] = is_ascii(column.values[code]);
  return ascii;
}

}  // namespace tessera
