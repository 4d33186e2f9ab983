#include "bench/name_errors.hpp"

#include <array>
#include <optional>
#include <utility>

#include "data/date.hpp"
#include "data/romanise.hpp"

namespace tessera::bench {
namespace {

constexpr std::array<ErrorKind, 10> kAll = {
    ErrorKind::kNone,      ErrorKind::kInsert,      ErrorKind::kDelete,   ErrorKind::kSubstitute,
    ErrorKind::kTranspose, ErrorKind::kFirstLetter, ErrorKind::kTwoEdits, ErrorKind::kJoinedOrSplit,
    ErrorKind::kCyrillic,  ErrorKind::kArabic};

char letter(Draw& draw) {
  return static_cast<char>('a' + draw.below(26));
}

std::string edited(ErrorKind error, std::string word, Draw& draw) {
  if (word.empty()) return word;
  const std::size_t at = draw.below(word.size());
  switch (error) {
    case ErrorKind::kInsert:
      return word.insert(draw.below(word.size() + 1), 1, letter(draw));
    case ErrorKind::kDelete:
      return word.size() > 1 ? word.erase(at, 1) : word;
    case ErrorKind::kSubstitute:
      word[at] = letter(draw);
      return word;
    case ErrorKind::kTranspose:
      if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
      return word;
    case ErrorKind::kFirstLetter:
      word[0] = letter(draw);
      return word;
    case ErrorKind::kTwoEdits:
      return edited(ErrorKind::kSubstitute, edited(ErrorKind::kDelete, std::move(word), draw),
                    draw);
    default:
      return word;
  }
}

// Two words joined, or one split in two.
std::string joined_or_split(std::string value, Draw& draw) {
  const std::size_t blank = value.find(' ');
  if (blank != std::string::npos) return value.erase(blank, 1);
  return value.size() < 4 ? value : value.insert(2 + draw.below(value.size() - 3), 1, ' ');
}

std::string spelled(const std::string& value,
                    std::span<const std::pair<std::string_view, std::string_view>> table) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    std::size_t taken = 0;
    for (const auto& [latin, other] : table) {
      if (!std::string_view(value).substr(at).starts_with(latin)) continue;
      out += other;
      taken = latin.size();
      break;
    }
    if (taken == 0) out += value[at];
    at += taken == 0 ? 1 : taken;
  }
  return out;
}

// As registries of the region write Latin names; longer spellings first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kCyrillic = {
    {{"sh", "ш"}, {"ch", "ч"}, {"kh", "х"}, {"zh", "ж"}, {"th", "т"}, {"ph", "ф"}, {"ya", "я"},
     {"yu", "ю"}, {"a", "а"},  {"b", "б"},  {"c", "к"},  {"d", "д"},  {"e", "е"},  {"f", "ф"},
     {"g", "г"},  {"h", "х"},  {"i", "и"},  {"j", "дж"}, {"k", "к"},  {"l", "л"},  {"m", "м"},
     {"n", "н"},  {"o", "о"},  {"p", "п"},  {"r", "р"},  {"s", "с"},  {"t", "т"},  {"u", "у"},
     {"v", "в"},  {"w", "в"},  {"z", "з"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 36> kArabic = {
    {{"sh", "ش"}, {"th", "ث"}, {"kh", "خ"}, {"dh", "ذ"}, {"gh", "غ"}, {"ou", "و"},
     {"oo", "و"}, {"ee", "ي"}, {"aa", "ا"}, {"a", ""},   {"b", "ب"},  {"c", "ك"},
     {"d", "د"},  {"e", ""},   {"f", "ف"},  {"g", "ج"},  {"h", "ه"},  {"i", ""},
     {"j", "ج"},  {"k", "ك"},  {"l", "ل"},  {"m", "م"},  {"n", "ن"},  {"o", "و"},
     {"p", "ب"},  {"q", "ق"},  {"r", "ر"},  {"s", "س"},  {"t", "ت"},  {"u", ""},
     {"v", "ف"},  {"w", "و"},  {"x", "كس"}, {"y", "ي"},  {"z", "ز"},  {"'", ""}}};

std::string wrong_date(ErrorKind error, const std::string& value, Draw& draw) {
  std::optional<Date> date = parse_edtf(value);
  if (!date || !date->is_whole()) return value;
  if (error == ErrorKind::kTranspose) {
    if (date->day <= 12) std::swap(date->day, date->month);
    return edtf(*date);
  }
  const std::uint64_t part = draw.below(3);
  if (part == 0) date->day = static_cast<std::uint8_t>(1 + draw.below(28));
  if (part == 1) date->month = static_cast<std::uint8_t>(1 + draw.below(12));
  if (part == 2) date->year = static_cast<std::int16_t>(date->year - 9 + draw.below(19));
  return edtf(*date);
}

}  // namespace

std::span<const ErrorKind> all_error_kinds() {
  return kAll;
}

std::string_view error_kind_name(ErrorKind kind) {
  constexpr std::array<std::string_view, kAll.size()> kNames = {
      "none, numbers left out",
      "a letter inserted",
      "a letter left out",
      "a letter replaced",
      "two letters transposed",
      "the first letter replaced",
      "a letter left out, another replaced",
      "words joined or split",
      "names in Cyrillic",
      "names in Arabic"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string with_error(ErrorKind error, Kind kind, const std::string& value, Draw& draw) {
  if (error == ErrorKind::kNone || kind == Kind::kSex) return value;
  const bool script = error == ErrorKind::kCyrillic || error == ErrorKind::kArabic;
  if (kind == Kind::kDate) return script ? value : wrong_date(error, value, draw);
  if (error == ErrorKind::kJoinedOrSplit) return joined_or_split(value, draw);
  if (error == ErrorKind::kCyrillic) return romanise(spelled(value, kCyrillic));
  if (error == ErrorKind::kArabic) return romanise(spelled(value, kArabic));
  std::string out;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(' ', begin), value.size());
    out += (begin == 0 ? "" : " ") + edited(error, value.substr(begin, end - begin), draw);
    begin = end + 1;
  }
  return out;
}

}  // namespace tessera::bench
