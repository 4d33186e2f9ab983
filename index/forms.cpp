#include "index/forms.hpp"

#include <algorithm>
#include <string>

#include "data/date.hpp"
#include "data/dictionary.hpp"
#include "data/phonetic.hpp"
#include "data/sort_unique.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr std::size_t kTailLength = 7;
constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15ULL;  // odd: each letter's place counts

std::uint64_t finished(FormKind kind, std::uint64_t hash) {
  return mix64(hash + (static_cast<std::uint64_t>(kind) << 56));
}

void add_text(FormKind kind, std::string_view text, std::vector<Form>& forms) {
  forms.push_back({kind, finished(kind, hash_bytes(text))});
}

// A polynomial over the letters, so that leaving one out costs a step and not a pass: with P(i) of
// the first i letters, the word without letter i is P(i) · B^(n-i-1) + (P(n) − P(i+1) · B^(n-i-1)).
void add_one_less(std::string_view word, std::vector<Form>& forms) {
  std::u32string letters;
  decode_utf8(word, letters);
  const std::size_t n = letters.size();
  std::vector<std::uint64_t> prefix(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) prefix[i + 1] = prefix[i] * kBase + mix64(letters[i]);
  forms.push_back({FormKind::kOneLess, finished(FormKind::kOneLess, prefix[n])});
  if (n > kLongestWithOneLess) return;
  std::uint64_t power = 1;  // B^(n-i-1)
  for (std::size_t i = n; i-- > 0; power *= kBase) {
    if (i + 1 < n && letters[i] == letters[i + 1]) continue;  // the same word is left
    const std::uint64_t rest = prefix[n] - prefix[i + 1] * power;
    forms.push_back({FormKind::kOneLess, finished(FormKind::kOneLess, prefix[i] * power + rest)});
  }
}

std::string skeleton_of(std::string_view word) {
  std::string skeleton;
  char last = 0;
  for (const char c : word) {
    if (c != last && std::string_view("bcdfgjklmnpqrstvxz").find(c) != std::string_view::npos) {
      skeleton += c == 'q' || c == 'c' ? 'k' : c == 'z' ? 's' : c;
    }
    last = c;
  }
  return skeleton;
}

void add_sounds(std::string_view word, std::vector<Form>& forms) {
  const DoubleMetaphone sounds = double_metaphone(word);
  if (sounds.primary.size() > 1) add_text(FormKind::kSound, sounds.primary, forms);
  if (sounds.alternate.size() > 1) add_text(FormKind::kSound, sounds.alternate, forms);
  const std::string skeleton = skeleton_of(word);
  if (skeleton.size() > 1) add_text(FormKind::kSkeleton, skeleton, forms);
}

void add_dates(std::string_view word, std::vector<Form>& forms) {
  const std::optional<Date> read = parse_edtf(word);
  if (!read) return;
  const Date date = *read;
  const auto add = [&](FormKind kind, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    forms.push_back({kind, finished(kind, mix64((a << 32) | (b << 16) | c))});
  };
  const auto year = static_cast<std::uint64_t>(date.year);
  if (year != 0) add(FormKind::kYear, year, 0, 0);
  if (year != 0 && date.month != 0) add(FormKind::kYearMonth, year, date.month, 0);
  if (year != 0 && date.day != 0) add(FormKind::kYearDay, year, date.day, 0);
  if (date.month != 0 && date.day != 0) add(FormKind::kMonthDay, 0, date.month, date.day);
  if (date.is_whole()) {
    const auto [low, high] = std::minmax(date.month, date.day);
    add(FormKind::kDayMonth, year, low, high);
  }
}

}  // namespace

std::vector<Form> forms_of(Kind kind, std::string_view word) {
  std::vector<Form> forms;
  if (word.empty()) return forms;
  const bool is_whole = kind == Kind::kDate || kind == Kind::kSex || kind == Kind::kGeo;
  if (is_whole) add_text(FormKind::kWhole, word, forms);
  if (kind == Kind::kDate) {
    add_dates(word, forms);
  } else if (!is_whole) {
    add_one_less(word, forms);
    if (has_script(kind)) add_sounds(word, forms);
    const bool has_tail = kind == Kind::kPhone || kind == Kind::kIdentifier;
    if (has_tail && word.size() > kTailLength && is_ascii(word)) {
      add_text(FormKind::kTail, word.substr(word.size() - kTailLength), forms);
    }
  }
  sort_unique(forms);
  return forms;
}

}  // namespace tessera
