// Folding, in two speeds. The definition is `fold_by_icu`: NFKC_Casefold, decompose, drop the
// marks, spell out what does not decompose, compose again. Scripts in which a code point folds the
// same whatever stands beside it (Latin, Greek, Cyrillic, Arabic, Ethiopic) are read from a table
// that the definition fills once; ASCII needs no table.
//
//   "JOSÉ  da Conceição"  → "jose da conceicao"     every code point is in the table
//   "ज़ैनब"                 → "ज़ैनब"                    Devanagari: a nukta may compose, so the
//   definition decides
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "data/check.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

struct Spelling {
  char32_t letter;
  std::string_view text;
};

// What NFKC_Casefold and decomposition leave alone but a registry clerk spells plainly. Sorted by
// letter. Latin as in CLDR's Latin-ASCII transform; Arabic as in Lucene's ArabicNormalizer and
// PersianNormalizer; typographic quotes, dashes and the apostrophes of transliterations as their
// ASCII likes.
constexpr std::array kSpellings = std::to_array<Spelling>({
    {U'\u00E6', "ae"},     {U'\u00F0', "d"},      {U'\u00F8', "o"},      {U'\u00FE', "th"},
    {U'\u0111', "d"},      {U'\u0127', "h"},      {U'\u0131', "i"},      {U'\u0138', "q"},
    {U'\u0142', "l"},      {U'\u014B', "n"},      {U'\u0153', "oe"},     {U'\u0167', "t"},
    {U'\u0180', "b"},      {U'\u0183', "b"},      {U'\u0188', "c"},      {U'\u018C', "d"},
    {U'\u0192', "f"},      {U'\u0199', "k"},      {U'\u019A', "l"},      {U'\u019E', "n"},
    {U'\u01A3', "oi"},     {U'\u01A5', "p"},      {U'\u01AB', "t"},      {U'\u01AD', "t"},
    {U'\u01B4', "y"},      {U'\u01B6', "z"},      {U'\u01DD', "e"},      {U'\u01E5', "g"},
    {U'\u0225', "z"},      {U'\u0237', "j"},      {U'\u023C', "c"},      {U'\u0247', "e"},
    {U'\u0249', "j"},      {U'\u024D', "r"},      {U'\u024F', "y"},      {U'\u0253', "b"},
    {U'\u0254', "o"},      {U'\u0256', "d"},      {U'\u0257', "d"},      {U'\u0259', "e"},
    {U'\u025B', "e"},      {U'\u0260', "g"},      {U'\u0263', "g"},      {U'\u0266', "h"},
    {U'\u0268', "i"},      {U'\u0269', "i"},      {U'\u026B', "l"},      {U'\u0272', "n"},
    {U'\u0275', "o"},      {U'\u0288', "t"},      {U'\u0289', "u"},      {U'\u028B', "v"},
    {U'\u0292', "z"},      {U'\u02B9', "'"},      {U'\u02BB', "'"},      {U'\u02BC', "'"},
    {U'\u02BD', "'"},      {U'\u02BE', "'"},      {U'\u02BF', "'"},      {U'\u02C8', "'"},
    {U'\u055A', "'"},      {U'\u058A', "-"},      {U'\u05BE', "-"},      {U'\u05F3', "'"},
    {U'\u05F4', "\""},     {U'\u0629', "\u0647"}, {U'\u0649', "\u064A"}, {U'\u0671', "\u0627"},
    {U'\u06A9', "\u0643"}, {U'\u06BE', "\u0647"}, {U'\u06C1', "\u0647"}, {U'\u06CC', "\u064A"},
    {U'\u06D2', "\u064A"}, {U'\u06D5', "\u0647"}, {U'\u2010', "-"},      {U'\u2011', "-"},
    {U'\u2012', "-"},      {U'\u2013', "-"},      {U'\u2014', "-"},      {U'\u2015', "-"},
    {U'\u2018', "'"},      {U'\u2019', "'"},      {U'\u201A', "'"},      {U'\u201B', "'"},
    {U'\u201C', "\""},     {U'\u201D', "\""},     {U'\u201E', "\""},     {U'\u201F', "\""},
    {U'\u2032', "'"},      {U'\u2212', "-"},      {U'\u2C65', "a"},      {U'\u2C66', "t"},
    {U'\uA78C', "'"},
});
static_assert(std::is_sorted(kSpellings.begin(), kSpellings.end(),
                             [](const Spelling& a, const Spelling& b) {
                               return a.letter < b.letter;
                             }));

std::string_view spelling(char32_t letter) {
  const auto* at = std::lower_bound(
      kSpellings.begin(), kSpellings.end(), letter,
      [](const Spelling& entry, char32_t wanted) { return entry.letter < wanted; });
  return at != kSpellings.end() && at->letter == letter ? at->text : std::string_view();
}

constexpr UChar32 kTatweel = 0x0640;
constexpr UChar32 kEthiopicOne = 0x1369;
constexpr UChar32 kEthiopicTenThousand = 0x137C;

bool is_ethiopic_numeral(UChar32 c) {
  return c >= kEthiopicOne && c <= kEthiopicTenThousand;
}

// Accents that stand alone are typed for apostrophes (D´Angelo); NFKC would part them into a blank
// and a mark.
bool is_spacing_accent(UChar32 c) {
  return c == 0x00B4 || c == 0x0384 || c == 0x1FBD || c == 0x1FBF || c == 0x1FEF || c == 0x1FFD ||
         c == 0x1FFE;
}

// Whether a letter of this script is the same letter without the marks on it.
bool sheds_marks(UScriptCode script) {
  switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_ETHIOPIC:
      return true;
    default:
      return false;
  }
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
}

UScriptCode script_of(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status);
}

bool is_blank(UChar32 c) {
  return u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR;
}

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = get(status);
  TESSERA_CHECK(U_SUCCESS(status));
  return *found;
}

icu::UnicodeString normalize(const icu::Normalizer2& form, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result = form.normalize(text, status);
  TESSERA_CHECK(U_SUCCESS(status));
  return result;
}

// The value of a run of Ethiopic numerals that starts at `at`, which moves behind it: ፲፱፻፺ = (10 +
// 9)·100 + 90. Source: The Unicode Standard 15, section 19.1, Ethiopic numbers.
std::string ethiopic_number(const icu::UnicodeString& text, std::int32_t& at) {
  std::uint64_t total = 0;
  std::uint64_t hundreds = 0;
  std::uint64_t units = 0;
  constexpr std::int32_t kLongest = 12;
  for (std::int32_t length = 0; length < kLongest && at < text.length(); ++length) {
    const UChar32 c = text.char32At(at);
    if (!is_ethiopic_numeral(c)) break;
    ++at;
    const int rank = static_cast<int>(c - kEthiopicOne);
    if (rank < 9) {
      units += static_cast<std::uint64_t>(rank) + 1;
    } else if (rank < 18) {
      units += (static_cast<std::uint64_t>(rank) - 8) * 10;
    } else if (rank == 18) {
      hundreds += std::max<std::uint64_t>(units, 1) * 100;
      units = 0;
    } else {
      total = (total + std::max<std::uint64_t>(hundreds + units, 1)) * 10000;
      hundreds = 0;
      units = 0;
    }
  }
  return std::to_string(total + hundreds + units);
}

// The definition, ends not trimmed.
std::string fold_by_icu(std::string_view text) {
  static const icu::Normalizer2& case_folded =
      normalizer(&icu::Normalizer2::getNFKCCasefoldInstance);
  static const icu::Normalizer2& decomposed = normalizer(&icu::Normalizer2::getNFDInstance);
  static const icu::Normalizer2& composed = normalizer(&icu::Normalizer2::getNFCInstance);

  icu::UnicodeString source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  for (std::int32_t i = 0; i < source.length(); ++i) {
    if (is_spacing_accent(source.charAt(i))) source.setCharAt(i, u'\'');
  }
  const icu::UnicodeString letters = normalize(decomposed, normalize(case_folded, source));

  icu::UnicodeString result;
  bool base_sheds = true;
  for (std::int32_t i = 0; i < letters.length();) {
    const UChar32 c = letters.char32At(i);
    if (is_ethiopic_numeral(c)) {
      result.append(icu::UnicodeString::fromUTF8(ethiopic_number(letters, i)));
      base_sheds = true;
      continue;
    }
    i += U16_LENGTH(c);
    const UScriptCode script = script_of(c);
    if (is_mark(c)) {
      if (base_sheds && sheds_marks(script) && script != USCRIPT_ETHIOPIC) continue;
      result.append(c);
      continue;
    }
    base_sheds = sheds_marks(script) || (U_GET_GC_MASK(c) & (U_GC_P_MASK | U_GC_S_MASK)) != 0;
    if (c == kTatweel) continue;
    if (is_blank(c)) {
      if (!result.endsWith(u' ')) result.append(u' ');
    } else if (const std::int32_t digit = u_charDigitValue(c); digit >= 0) {
      result.append(static_cast<char16_t>(u'0' + digit));
      base_sheds = true;  // it is an ASCII digit now, of whatever script it was
    } else if (const std::string_view plain = spelling(static_cast<char32_t>(c)); !plain.empty()) {
      result.append(icu::UnicodeString::fromUTF8(
          icu::StringPiece(plain.data(), static_cast<std::int32_t>(plain.size()))));
    } else {
      result.append(c);
    }
  }
  std::string utf8;
  normalize(composed, result).toUTF8String(utf8);
  return utf8;
}

// What one code point folds to when its neighbours cannot matter.
struct TableEntry {
  static constexpr std::uint8_t kDefer =
      0xFF;  ///< The neighbours may matter: the definition decides.
  std::uint8_t length = kDefer;
  char bytes[7] = {};
};

// Ranges of whole scripts, end to end in one table.
struct TableRange {
  UChar32 first;
  UChar32 last;
};
constexpr TableRange kTableRanges[] = {
    {0x0000, 0x02FF}, {0x0370, 0x052F}, {0x0600, 0x06FF}, {0x1200, 0x137F}, {0x1E00, 0x1FFF}};

class FoldTable {
 public:
  FoldTable() {
    for (const TableRange& range : kTableRanges) {
      for (UChar32 c = range.first; c <= range.last; ++c) entries_.push_back(make_entry(c));
    }
  }

  // The entry of a code point, or nullptr if it is in none of the ranges or its neighbours may
  // matter.
  const TableEntry* find(UChar32 c) const {
    std::size_t offset = 0;
    for (const TableRange& range : kTableRanges) {
      if (c < range.first) return nullptr;
      if (c <= range.last) {
        const TableEntry& entry = entries_[offset + static_cast<std::size_t>(c - range.first)];
        return entry.length == TableEntry::kDefer ? nullptr : &entry;
      }
      offset += static_cast<std::size_t>(range.last - range.first) + 1;
    }
    return nullptr;
  }

 private:
  static TableEntry make_entry(UChar32 c) {
    TableEntry entry;
    // Ethiopic numerals are read in runs; what keeps the marks on it, or is a mark that stays,
    // needs its neighbours.
    const UScriptCode script = script_of(c);
    const bool stays = is_mark(c) && script == USCRIPT_ETHIOPIC;
    if (is_ethiopic_numeral(c) || stays || !sheds_marks(script)) return entry;
    icu::UnicodeString source(c);
    std::string utf8;
    source.toUTF8String(utf8);
    const std::string folded = fold_by_icu(utf8);
    if (folded.size() > sizeof entry.bytes) return entry;
    entry.length = static_cast<std::uint8_t>(folded.size());
    std::memcpy(entry.bytes, folded.data(), folded.size());
    return entry;
  }

  std::vector<TableEntry> entries_;
};

const FoldTable& fold_table() {
  static const FoldTable table;
  return table;
}

// Bytes of ASCII: what each becomes. 0 = vanishes.
struct AsciiTable {
  std::array<char, 128> to{};
};

constexpr AsciiTable make_ascii_table(bool for_names) {
  AsciiTable table;
  for (int c = 0; c < 128; ++c) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool printable = c > ' ' && c < 127;
    char to = printable ? static_cast<char>(upper ? c + 32 : c) : ' ';
    if (for_names && printable && !word) to = c == '\'' || c == '`' ? '\0' : ' ';
    table.to[static_cast<std::size_t>(c)] = to;
  }
  return table;
}
constexpr AsciiTable kAsciiFold = make_ascii_table(false);
constexpr AsciiTable kAsciiName = make_ascii_table(true);

// Appends, squeezing blanks; a blank never opens the text.
void append_squeezed(std::string& out, char c) {
  if (c == ' ' && (out.empty() || out.back() == ' ')) return;
  out.push_back(c);
}

void append_squeezed(std::string& out, std::string_view text) {
  for (const char c : text) append_squeezed(out, c);
}

void trim_end(std::string& text) {
  if (!text.empty() && text.back() == ' ') text.pop_back();
}

// Translates the ASCII that `text` begins with into `out`, and returns how many bytes that was.
std::size_t translate_ascii(std::string_view text, const AsciiTable& table, std::string& out) {
  out.resize(text.size());
  char* to = out.data();
  char last = ' ';
  std::size_t read = 0;
  for (; read < text.size(); ++read) {
    const auto byte = static_cast<unsigned char>(text[read]);
    if (byte >= 0x80) break;
    const char c = table.to[byte];
    if (c == '\0' || (c == ' ' && last == ' ')) continue;
    last = c;
    *to++ = c;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return read;
}

// Folds by table; false, with `out` undefined, if a code point needs its neighbours.
bool fold_by_table(std::string_view text, std::string& out) {
  const FoldTable& table = fold_table();
  out.clear();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    const TableEntry* entry = table.find(c);
    if (entry == nullptr) return false;
    append_squeezed(out, std::string_view(entry->bytes, entry->length));
  }
  return true;
}

bool vanishes_in_names(UChar32 c) {
  return c == '\'' || c == '`' || c == 0x00B7;
}

// Folded text that is not all ASCII, as names need it.
std::string strip_punctuation(std::string_view folded) {
  std::string result;
  result.reserve(folded.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
  const auto size = static_cast<std::int32_t>(folded.size());
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) continue;  // ill-formed: fold never writes it
    if (vanishes_in_names(c)) continue;
    if ((U_GET_GC_MASK(c) & (U_GC_P_MASK | U_GC_S_MASK | U_GC_Z_MASK)) != 0) {
      append_squeezed(result, ' ');
    } else {
      result.append(
          folded.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
  }
  trim_end(result);
  return result;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string result;
  if (translate_ascii(text, kAsciiFold, result) < text.size() && !fold_by_table(text, result)) {
    result.clear();
    append_squeezed(result, fold_by_icu(text));
  }
  trim_end(result);
  return result;
}

std::string fold_name(std::string_view text) {
  std::string result;
  if (translate_ascii(text, kAsciiName, result) < text.size()) return strip_punctuation(fold(text));
  trim_end(result);
  return result;
}

}  // namespace tessera
