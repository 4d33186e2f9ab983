// Arabic is written without its short vowels and with one letter for w, u and o, one for y, i and
// e. ICU's scholarly transliteration has ث as "th" with a mark, و always as w, ة as t: "mwnt" for
// مونة, which nobody writes. Here و and ي are vowels between consonants and ة, which folding has
// made ه, is a at a word's end: "muna".
//
// Khmer is unknown to ICU. A consonant carries a vowel, a or o by its series, unless a vowel sign
// follows or a coeng joins it to the next: ស្រី = s + coeng r + ii = "srei". After UNGEGN (2007),
// in the plain letters that passports use. An inherent vowel at a word's end is not spoken.
#include "data/romanise.hpp"

#include <tbb/parallel_for.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "data/unicode.hpp"

namespace tessera {
namespace {

struct Spelling {
  char32_t letter;
  std::u32string_view latin;
};

// After folding: alef and yeh in one form each, no marks.
constexpr Spelling kArabic[] = {
    {U'ء', U""},   {U'ا', U"a"}, {U'ب', U"b"},  {U'ة', U"a"}, {U'ت', U"t"},  {U'ث', U"th"},
    {U'ج', U"j"},  {U'ح', U"h"}, {U'خ', U"kh"}, {U'د', U"d"}, {U'ذ', U"dh"}, {U'ر', U"r"},
    {U'ز', U"z"},  {U'س', U"s"}, {U'ش', U"sh"}, {U'ص', U"s"}, {U'ض', U"d"},  {U'ط', U"t"},
    {U'ظ', U"z"},  {U'ع', U"a"}, {U'غ', U"gh"}, {U'ف', U"f"}, {U'ق', U"q"},  {U'ك', U"k"},
    {U'ل', U"l"},  {U'م', U"m"}, {U'ن', U"n"},  {U'ه', U"h"}, {U'پ', U"p"},  {U'چ', U"ch"},
    {U'ژ', U"zh"}, {U'گ', U"g"}, {U'ک', U"k"},  {U'ی', U"i"}, {U'ے', U"e"},  {U'ٹ', U"t"},
    {U'ڈ', U"d"},  {U'ڑ', U"r"}, {U'ں', U"n"},  {U'ہ', U"h"}, {U'ھ', U"h"}};

// Consonants U+1780 … U+17A2, with the series' inherent vowel.
constexpr std::array<std::u32string_view, 35> kKhmerConsonants = {
    U"k", U"kh", U"k", U"kh", U"ng", U"ch", U"chh", U"ch", U"chh", U"nh", U"d", U"th",
    U"d", U"th", U"n", U"t",  U"th", U"t",  U"th",  U"n",  U"b",   U"ph", U"p", U"ph",
    U"m", U"y",  U"r", U"l",  U"v",  U"sh", U"ss",  U"s",  U"h",   U"l",  U""};
// The first series (a); all other consonants have o.
constexpr std::u32string_view kKhmerFirstSeries = U"កខចឆដឋណតថបផសហឡអ";
// Vowel signs U+17B6 … U+17C5.
constexpr std::array<std::u32string_view, 16> kKhmerVowels = {
    U"a",   U"e",   U"ei", U"oe", U"oeu", U"o",  U"ou", U"uo",
    U"aeu", U"oea", U"ie", U"e",  U"ae",  U"ai", U"o",  U"au"};

bool is_arabic(char32_t c) {
  return (c >= 0x600 && c <= 0x6ff) || (c >= 0x750 && c <= 0x77f);
}
bool is_khmer(char32_t c) {
  return c >= 0x1780 && c <= 0x17ff;
}
bool is_khmer_consonant(char32_t c) {
  return c >= 0x1780 && c <= 0x17a2;
}
bool is_letter_of_word(char32_t c) {
  return c > 0x20 && c != U'-' && c != U'|';
}

// Consonants on both sides, or an end of the word, make و and ي vowels; at the start they are
// consonants. A final ه is mostly ة: names of women.
void append_arabic(std::u32string_view text, std::size_t at, std::u32string& out) {
  const char32_t c = text[at];
  const bool starts = at == 0 || !is_letter_of_word(text[at - 1]);
  const bool ends = at + 1 == text.size() || !is_letter_of_word(text[at + 1]);
  const bool before_alef = at + 1 < text.size() && text[at + 1] == U'ا';
  if (c == U'و') {
    out += starts || before_alef ? U"w" : U"u";
  } else if (c == U'ي') {
    out += starts || before_alef ? U"y" : U"i";
  } else if (c == U'ه' && ends && !starts) {
    out += U'a';
  } else {
    const auto* found = std::ranges::find(kArabic, c, &Spelling::letter);
    if (found != std::end(kArabic)) out += found->latin;
  }
}

void append_khmer(std::u32string_view text, std::size_t at, std::u32string& out) {
  constexpr char32_t kCoeng = 0x17d2;
  const char32_t c = text[at];
  if (c >= 0x17b6 && c <= 0x17c5) {
    out += kKhmerVowels[c - 0x17b6];
    return;
  }
  const char32_t before = at == 0 ? U' ' : text[at - 1];
  const bool first_series = kKhmerFirstSeries.find(before) != std::u32string_view::npos;
  if (c == 0x17c6) {  // nikahit, a vowel of its own unless a sign stands before it
    if (is_khmer_consonant(before)) out += first_series ? U'a' : U'u';
    out += U'm';
  }
  if (c == 0x17c7) {  // reahmuk, likewise
    if (is_khmer_consonant(before)) out += first_series ? U"a" : U"ea";
    out += U'h';
  }
  if (!is_khmer_consonant(c)) return;
  out += kKhmerConsonants[c - 0x1780];
  const bool ends = at + 1 == text.size() || !is_letter_of_word(text[at + 1]);
  const bool next_is_consonant = !ends && is_khmer_consonant(text[at + 1]);
  const bool carrier = c == U'អ';  // it writes a vowel that no consonant carries
  if ((next_is_consonant || (ends && carrier)) && !(before == kCoeng && ends)) {
    out += kKhmerFirstSeries.find(c) != std::u32string_view::npos ? U"a" : U"o";
  }
}

// The tables' scripts; what remains is for ICU.
std::u32string by_tables(std::u32string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_arabic(text[at])) {
      append_arabic(text, at, out);
    } else if (is_khmer(text[at])) {
      append_khmer(text, at, out);
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string by_icu(std::string_view text) {
  thread_local const std::unique_ptr<icu::Transliterator> to_latin = [] {
    UErrorCode fault = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(
        "Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, fault));
  }();
  if (to_latin == nullptr) return std::string(text);  // an ICU without its data
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  to_latin->transliterate(wide);
  std::string out;
  wide.toUTF8String(out);
  // What transliteration marks between and above letters: hamza and ayn, doubled letters apart; the
  // schwa that Ethiopic's sixth order has is mostly silent.
  std::string plain;
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (out[at] == '\'' || out[at] == '`') continue;
    if (out.compare(at, 2, "\xc7\x9d") == 0) {
      ++at;
      continue;
    }
    plain.push_back(out[at]);
  }
  return plain;
}

}  // namespace

bool has_other_script(std::string_view text) {
  if (is_ascii(text)) return false;
  // Folded Latin keeps few letters beyond ASCII; scripts begin with Greek.
  return std::ranges::any_of(decode_utf8(text), [](char32_t c) {
    return c >= 0x370 && !(c >= 0x1e00 && c < 0x1f00) && !(c >= 0x2000 && c < 0x2c00);
  });
}

std::string romanise(std::string_view folded) {
  const std::string text = encode_utf8(by_tables(decode_utf8(folded)));
  return is_ascii(text) ? text : by_icu(text);
}

std::string_view Romanised::of(Code code) const {
  const auto found = std::lower_bound(codes_.begin(), codes_.end(), code);
  if (found == codes_.end() || *found != code) return {};
  return texts_[static_cast<std::size_t>(found - codes_.begin())];
}

Romanised romanise_values(const Dictionary& values) {
  Romanised romanised;
  for (Code code = 1; code < values.size(); ++code) {
    if (has_other_script(values[code])) romanised.codes_.push_back(code);
  }
  romanised.texts_.resize(romanised.codes_.size());
  tbb::parallel_for(std::size_t{0}, romanised.codes_.size(), [&](std::size_t i) {
    romanised.texts_[i] = romanise(values[romanised.codes_[i]]);
  });
  std::size_t kept = 0;  // marks alone may leave nothing
  for (std::size_t i = 0; i < romanised.codes_.size(); ++i) {
    if (romanised.texts_[i].empty()) continue;
    romanised.codes_[kept] = romanised.codes_[i];
    if (kept != i) romanised.texts_[kept] = std::move(romanised.texts_[i]);
    ++kept;
  }
  romanised.codes_.resize(kept);
  romanised.texts_.resize(kept);
  return romanised;
}

}  // namespace tessera
