// Each script is a table of letter groups, matched longest first on the lower-case name without
// diacritics:
//   alphabets (Arabic, Cyrillic): group → letter, which may differ at a word's start and end;
//   abugidas (Devanagari, Bengali, Khmer): a consonant carries a vowel sign, two consonants are
//     joined by a sign;
//   Ethiopic: consonant and vowel are one letter, row + order of the vowel.
// Example: krishna → क + ् + र + ि + श + ् + न + ा. What it does not do: know that a word is
// spelled otherwise by custom (Laxmi is written Lakshmi in Devanagari), which is one more reason
// why linking across scripts is hard.
#include "generate/script.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "data/unicode.hpp"

namespace tessera {
namespace {

struct Letter {
  std::u32string_view latin;
  std::u32string_view inner;
  std::u32string_view first = {};  ///< At the start of a word, if it differs.
  std::u32string_view last = {};   ///< At its end, if it differs.
};

// Longer groups stand before their beginnings, so that the first match is the longest.
constexpr Letter kArabicLetters[] = {{U"kh", U"خ"},        {U"gh", U"غ"},
                                     {U"sh", U"ش"},        {U"th", U"ث"},
                                     {U"dh", U"ذ"},        {U"ch", U"تش"},
                                     {U"aa", U"ا"},        {U"ee", U"ي"},
                                     {U"ou", U"و", U"أو"}, {U"oo", U"و", U"أو"},
                                     {U"ai", U"ي", U"عي"}, {U"bb", U"ب"},
                                     {U"tt", U"ط"},        {U"ss", U"س"},
                                     {U"mm", U"م"},        {U"nn", U"ن"},
                                     {U"dd", U"د"},        {U"ll", U"ل"},
                                     {U"ff", U"ف"},        {U"rr", U"ر"},
                                     {U"b", U"ب"},         {U"t", U"ت"},
                                     {U"j", U"ج"},         {U"h", U"ح"},
                                     {U"d", U"د"},         {U"r", U"ر"},
                                     {U"z", U"ز"},         {U"s", U"س"},
                                     {U"f", U"ف"},         {U"q", U"ق"},
                                     {U"k", U"ك"},         {U"l", U"ل"},
                                     {U"m", U"م"},         {U"n", U"ن"},
                                     {U"w", U"و"},         {U"y", U"ي"},
                                     {U"p", U"ب"},         {U"v", U"ف"},
                                     {U"g", U"ج"},         {U"x", U"كس"},
                                     {U"c", U"ك"},         {U"a", U"ا", U"أ", U"ة"},
                                     {U"i", U"ي", U"إ"},   {U"e", U"", U"إ", U"ه"},
                                     {U"u", U"و", U"أ"},   {U"o", U"و", U"أ"}};

constexpr Letter kCyrillicLetters[] = {{U"zh", U"ж"},      {U"kh", U"х"}, {U"ch", U"ч"},
                                       {U"sh", U"ш"},      {U"ya", U"я"}, {U"yu", U"ю"},
                                       {U"yo", U"ё"},      {U"ye", U"е"}, {U"ts", U"ц"},
                                       {U"a", U"а"},       {U"b", U"б"},  {U"v", U"в"},
                                       {U"w", U"в"},       {U"g", U"г"},  {U"d", U"д"},
                                       {U"e", U"е", U"э"}, {U"z", U"з"},  {U"i", U"и"},
                                       {U"k", U"к"},       {U"c", U"к"},  {U"q", U"к"},
                                       {U"l", U"л"},       {U"m", U"м"},  {U"n", U"н"},
                                       {U"o", U"о"},       {U"p", U"п"},  {U"r", U"р"},
                                       {U"s", U"с"},       {U"t", U"т"},  {U"u", U"у"},
                                       {U"f", U"ф"},       {U"h", U"х"},  {U"y", U"ы", U"й", U"й"},
                                       {U"j", U"ж"},       {U"x", U"кс"}};

/// Consonants of Devanagari; Bengali's lie 0x80 higher, code point by code point (both follow
/// ISCII's order).
struct Consonant {
  std::u32string_view latin;
  char32_t indic;
  char32_t khmer;
  char32_t ethiopic;  ///< The row's first letter.
};
constexpr Consonant kConsonants[] = {
    {U"chh", U'छ', U'ឆ', U'ቸ'}, {U"kh", U'ख', U'ខ', U'ኸ'}, {U"gh", U'घ', U'ឃ', U'ገ'},
    {U"ch", U'च', U'ច', U'ቸ'},  {U"jh", U'झ', U'ឈ', U'ጀ'}, {U"th", U'थ', U'ថ', U'ተ'},
    {U"dh", U'ध', U'ធ', U'ደ'},  {U"ph", U'फ', U'ផ', U'ፈ'}, {U"bh", U'भ', U'ភ', U'በ'},
    {U"sh", U'श', U'ស', U'ሸ'},  {U"ts", U'च', U'ច', U'ጸ'}, {U"ny", U'ञ', U'ញ', U'ኘ'},
    {U"gn", U'ञ', U'ញ', U'ኘ'},  {U"ng", U'ङ', U'ង', U'ነ'}, {U"k", U'क', U'ក', U'ከ'},
    {U"q", U'क', U'ក', U'ቀ'},   {U"c", U'क', U'ក', U'ከ'},  {U"g", U'ग', U'គ', U'ገ'},
    {U"j", U'ज', U'ជ', U'ጀ'},   {U"z", U'ज', U'ជ', U'ዘ'},  {U"t", U'त', U'ត', U'ተ'},
    {U"d", U'द', U'ដ', U'ደ'},   {U"n", U'न', U'ន', U'ነ'},  {U"p", U'प', U'ព', U'ፐ'},
    {U"f", U'फ', U'ផ', U'ፈ'},   {U"b", U'ब', U'ប', U'በ'},  {U"m", U'म', U'ម', U'መ'},
    {U"y", U'य', U'យ', U'የ'},   {U"r", U'र', U'រ', U'ረ'},  {U"l", U'ल', U'ល', U'ለ'},
    {U"v", U'व', U'វ', U'ቨ'},   {U"w", U'व', U'វ', U'ወ'},  {U"s", U'स', U'ស', U'ሰ'},
    {U"h", U'ह', U'ហ', U'ሀ'},   {U"x", U'श', U'ស', U'ሸ'}};

struct Vowel {
  std::u32string_view latin;
  char32_t indic_sign;    ///< 0: the inherent vowel, not written.
  char32_t indic_letter;  ///< Standing alone.
  char32_t khmer_sign;
  std::uint8_t ethiopic_order;  ///< Added to the row's first letter.
};
constexpr Vowel kVowels[] = {{U"aa", 0x093e, 0x0906, 0x17b6, 3}, {U"ai", 0x0948, 0x0910, 0x17c3, 3},
                             {U"au", 0x094c, 0x0914, 0x17c5, 3}, {U"ee", 0x0940, 0x0908, 0x17b8, 2},
                             {U"ie", 0x0940, 0x0908, 0x17b8, 4}, {U"oo", 0x0942, 0x090a, 0x17bc, 1},
                             {U"ou", 0x0942, 0x090a, 0x17bc, 1}, {U"a", 0, 0x0905, 0x17b6, 3},
                             {U"i", 0x093f, 0x0907, 0x17b7, 2},  {U"u", 0x0941, 0x0909, 0x17bb, 1},
                             {U"e", 0x0947, 0x090f, 0x17c1, 0},  {U"o", 0x094b, 0x0913, 0x17c4, 6}};
constexpr std::uint8_t kEthiopicNoVowel = 5;
constexpr char32_t kEthiopicVowelRow = 0x12a0;

/// The first entry whose `latin` begins `text`, or null.
template <typename Entry>
const Entry* match(std::span<const Entry> entries, std::u32string_view text) {
  for (const Entry& entry : entries) {
    if (text.starts_with(entry.latin)) return &entry;
  }
  return nullptr;
}

std::u32string alphabet_word(std::u32string_view word, std::span<const Letter> letters) {
  std::u32string out;
  std::size_t i = 0;
  while (i < word.size()) {
    const Letter* letter = match(letters, word.substr(i));
    if (letter == nullptr) {
      ++i;
      continue;
    }
    const bool at_end = i + letter->latin.size() == word.size();
    if (i == 0 && !letter->first.empty()) {
      out += letter->first;
    } else {
      out += at_end && !letter->last.empty() ? letter->last : letter->inner;
    }
    i += letter->latin.size();
  }
  return out;
}

/// Bengali's letter for a Devanagari one: 0x80 higher; va is written ba, which Bengali has in its
/// place.
char32_t to_bengali(char32_t devanagari) {
  return devanagari == U'व' ? U'ব' : devanagari + 0x80;
}

std::u32string abugida_word(std::u32string_view word, Script script) {
  const bool khmer = script == Script::kKhmer;
  const auto indic = [&](char32_t c) { return script == Script::kBengali ? to_bengali(c) : c; };
  std::u32string out;
  bool after_consonant = false;
  std::size_t i = 0;
  while (i < word.size()) {
    const std::u32string_view rest = word.substr(i);
    if (const Consonant* consonant = match<Consonant>(kConsonants, rest)) {
      if (after_consonant && !khmer) out += indic(0x094d);  // virama: no vowel between the two
      if (after_consonant && khmer && out.size() == 1)
        out += char32_t{0x17d2};  // coeng: a stacked onset
      out += khmer ? consonant->khmer : indic(consonant->indic);
      after_consonant = true;
      i += consonant->latin.size();
    } else if (const Vowel* vowel = match<Vowel>(kVowels, rest)) {
      const bool at_end = i + vowel->latin.size() == word.size();
      if (khmer) {
        if (!after_consonant) out += U'អ';
        out += vowel->khmer_sign;
      } else if (!after_consonant) {
        out += indic(vowel->indic_letter);
      } else if (vowel->indic_sign != 0 || at_end) {
        out += indic(vowel->indic_sign != 0 ? vowel->indic_sign : 0x093e);  // a final -a is long
      }
      after_consonant = false;
      i += vowel->latin.size();
    } else {
      ++i;
    }
  }
  return out;
}

std::u32string ethiopic_word(std::u32string_view word) {
  std::u32string out;
  std::size_t i = 0;
  while (i < word.size()) {
    const Consonant* consonant = match<Consonant>(kConsonants, word.substr(i));
    if (consonant != nullptr) i += consonant->latin.size();
    const Vowel* vowel = match<Vowel>(kVowels, word.substr(i));
    if (vowel != nullptr) i += vowel->latin.size();
    if (consonant == nullptr && vowel == nullptr) {
      ++i;
      continue;
    }
    const char32_t row = consonant != nullptr ? consonant->ethiopic : kEthiopicVowelRow;
    std::uint32_t order = vowel != nullptr ? vowel->ethiopic_order : kEthiopicNoVowel;
    // Alone, a is written with the row's first letter and e with its fifth.
    if (consonant == nullptr && order == 3) {
      order = 0;
    } else if (consonant == nullptr && order == 0) {
      order = 4;
    }
    out += row + order;
  }
  return out;
}

std::u32string word_in_script(std::u32string_view word, Script script) {
  switch (script) {
    case Script::kArabic:
      return alphabet_word(word, kArabicLetters);
    case Script::kCyrillic:
      return alphabet_word(word, kCyrillicLetters);
    case Script::kEthiopic:
      return ethiopic_word(word);
    case Script::kDevanagari:
    case Script::kBengali:
    case Script::kKhmer:
      return abugida_word(word, script);
    case Script::kNone:
      break;
  }
  return std::u32string(word);
}

/// The plain letter under a diacritic, for the Latin letters that the generator's names hold.
char32_t plain_letter(char32_t c) {
  static constexpr std::u32string_view kMarked = U"àâäáãèéêëìíîïòóôöùúûüçñÀÂÄÁÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜÇÑ";
  static constexpr std::u32string_view kPlain = U"aaaaaeeeeiiiioooouuuucnAAAAEEEEIIIIOOOOUUUUCN";
  static_assert(kMarked.size() == kPlain.size());
  if (c < 0x80) return c;
  const std::size_t at = kMarked.find(c);
  return at == std::u32string_view::npos ? c : kPlain[at];
}

}  // namespace

std::string without_diacritics(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::u32string code_points = decode_utf8(text);
  for (char32_t& c : code_points) c = plain_letter(c);
  return encode_utf8(code_points);
}

std::string write_in_script(std::string_view latin, Script script) {
  if (script == Script::kNone) return std::string(latin);
  std::u32string text;
  for (char32_t c : decode_utf8(latin)) {
    c = plain_letter(c);
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    if (c != U'\'') text += c;
  }
  std::u32string out;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find_first_of(U" -", begin), text.size());
    const std::u32string_view word = std::u32string_view(text).substr(begin, end - begin);
    if (script == Script::kArabic && word == U"al") {
      out += U"ال";  // the article is written as part of the word that follows
    } else {
      out += word_in_script(word, script);
      if (end < text.size()) out += U' ';
    }
    begin = end + 1;
  }
  return encode_utf8(out);
}

}  // namespace tessera
