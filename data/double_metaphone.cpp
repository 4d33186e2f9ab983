// Double Metaphone: how a name sounds, in two readings where its spelling allows two. Smith is SM0
// or XMT and Schmidt XMT or SMT, so the two meet; Jones (JNS or ANS) and Schmidt do not.
//
// One rule per letter; each looks at its neighbours and says what both readings add and how far to
// go on. C, G and S have a file of their own.
#include <algorithm>

#include "data/double_metaphone_reader.hpp"
#include "data/phonetic.hpp"
#include "data/phonetic_letters.hpp"

namespace tessera {
namespace {

constexpr std::string_view kVowels = "AEIOUY";

/// One sound; a doubled letter takes both.
TwoSounds doubled_as_one(const NameReader& name, std::string_view sound) {
  return one_sound(sound, name.at(1) == name.at(0) ? 2 : 1);
}

TwoSounds read_d(const NameReader& name) {
  if (name.at(1) == 'G') {
    return name.has(2, {"I", "E", "Y"}) ? one_sound("J", 3) : one_sound("TK", 2);  // edge, edgar
  }
  return one_sound("T", name.has(1, {"T", "D"}) ? 2 : 1);
}

TwoSounds read_h(const NameReader& name) {
  const bool sounds = (name.is_first() || name.has_vowel(-1)) && name.has_vowel(1);
  return sounds ? one_sound("H", 2) : one_sound("", 1);
}

TwoSounds read_j(const NameReader& name) {
  const bool jose = name.has(0, {"JOSE"});
  if (name.begins({"SAN "}) || (jose && name.is_first() && name.at(4) == ' ')) {
    return one_sound("H", 1);  // san jacinto, jose
  }
  if (jose) return {"J", "H", 1};
  const std::size_t letters = name.at(1) == 'J' ? 2 : 1;
  if (name.is_first()) return {"J", "A", letters};  // Jankelowicz, Yankelovich
  const bool spanish = name.has_vowel(-1) && !name.is_slavo_germanic() && name.has(1, {"A", "O"});
  if (spanish) return {"J", "H", letters};  // bajador
  if (name.is_last()) return {"J", "", letters};
  const bool silent =
      name.has(1, {"L", "T", "K", "S", "N", "M", "B", "Z"}) || name.has(-1, {"S", "K", "L"});
  return one_sound(silent ? "" : "J", letters);
}

TwoSounds read_l(const NameReader& name) {
  if (name.at(1) != 'L') return one_sound("L", 1);
  const bool near_end = name.place() + 3 == name.size() && name.has(-1, {"ILLO", "ILLA", "ALLE"});
  const bool before_plural = name.ends({"AS", "OS", "A", "O"}) && name.has(-1, {"ALLE"});
  return {"L", near_end || before_plural ? "" : "L", 2};  // cabrillo, gallegos
}

TwoSounds read_m(const NameReader& name) {
  const bool silent_b =
      name.has(-1, {"UMB"}) && (name.place() + 2 == name.size() || name.has(2, {"ER"}));  // thumb
  return one_sound("M", silent_b || name.at(1) == 'M' ? 2 : 1);
}

TwoSounds read_p(const NameReader& name) {
  if (name.at(1) == 'H') return one_sound("F", 2);
  return one_sound("P", name.has(1, {"P", "B"}) ? 2 : 1);  // campbell, raspberry
}

TwoSounds read_r(const NameReader& name) {
  // rogier, but not hochmeier
  const bool french = name.is_last() && !name.is_slavo_germanic() && name.has(-2, {"IE"}) &&
                      !name.has(-4, {"ME", "MA"});
  return {french ? "" : "R", "R", name.at(1) == 'R' ? std::size_t{2} : std::size_t{1}};
}

TwoSounds read_t(const NameReader& name) {
  if (name.has(0, {"TION", "TIA", "TCH"})) return one_sound("X", 3);
  if (name.has(0, {"TH", "TTH"})) {
    const bool hard = name.has(2, {"OM", "AM"}) || name.is_germanic();  // thomas, thames
    return {hard ? "T" : "0", "T", 2};
  }
  return one_sound("T", name.has(1, {"T", "D"}) ? 2 : 1);
}

/// The sound of a W that begins the name, and what a later rule adds.
TwoSounds read_w(const NameReader& name) {
  if (name.at(1) == 'R') return one_sound("R", 2);
  const bool vowel_next = name.has_vowel(1);
  const bool opens = name.is_first() && (vowel_next || name.at(1) == 'H');
  const bool as_f = (name.is_last() && name.has_vowel(-1)) ||
                    name.has(-1, {"EWSKI", "EWSKY", "OWSKI", "OWSKY"}) || name.begins({"SCH"});
  if (as_f) return {"", "F", 1};        // Arnow, Arnoff
  if (name.has(0, {"WICZ", "WITZ"})) {  // filipowicz
    return opens ? TwoSounds{"ATS", "FFX", 4} : TwoSounds{"TS", "FX", 4};
  }
  if (!opens) return one_sound("", 1);
  return {"A", vowel_next ? "F" : "A", 1};  // Wasserman, Vasserman; Womo, Uomo
}

TwoSounds read_x(const NameReader& name) {
  if (name.is_first()) return one_sound("S", 1);  // Xavier
  const bool silent =
      name.is_last() && (name.has(-3, {"IAU", "EAU"}) || name.has(-2, {"AU", "OU"}));  // breaux
  return one_sound(silent ? "" : "KS", name.has(1, {"C", "X"}) ? 2 : 1);
}

TwoSounds read_z(const NameReader& name) {
  if (name.at(1) == 'H') return one_sound("J", 2);  // zhao
  const bool as_ts = name.has(1, {"ZO", "ZI", "ZA"}) ||
                     (name.is_slavo_germanic() && !name.is_first() && name.at(-1) != 'T');
  return {"S", as_ts ? "TS" : "S", name.at(1) == 'Z' ? std::size_t{2} : std::size_t{1}};
}

TwoSounds read_letter(const NameReader& name) {
  switch (name.at(0)) {
    case 'B':
      return doubled_as_one(name, "P");
    case 'C':
      return read_c(name);
    case 'D':
      return read_d(name);
    case 'F':
      return doubled_as_one(name, "F");
    case 'G':
      return read_g(name);
    case 'H':
      return read_h(name);
    case 'J':
      return read_j(name);
    case 'K':
      return doubled_as_one(name, "K");
    case 'L':
      return read_l(name);
    case 'M':
      return read_m(name);
    case 'N':
      return doubled_as_one(name, "N");
    case 'P':
      return read_p(name);
    case 'Q':
      return doubled_as_one(name, "K");
    case 'R':
      return read_r(name);
    case 'S':
      return read_s(name);
    case 'T':
      return read_t(name);
    case 'V':
      return doubled_as_one(name, "F");
    case 'W':
      return read_w(name);
    case 'X':
      return read_x(name);
    case 'Z':
      return read_z(name);
    default:
      return one_sound(name.is_first() && name.has_vowel(0) ? "A" : "", 1);
  }
}

/// ç is no C but an S: in composed and in decomposed spelling.
std::string cedillas_as_s(std::string_view text) {
  std::string spelled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool composed = rest.starts_with("\xC3\xA7") || rest.starts_with("\xC3\x87");
    const bool decomposed = rest.starts_with("c\xCC\xA7") || rest.starts_with("C\xCC\xA7");
    spelled += composed || decomposed ? 'S' : text[i];
    i += composed ? 1 : decomposed ? 2 : 0;
  }
  return spelled;
}

}  // namespace

NameReader::NameReader(std::string name)
    : name_(std::move(name)),
      is_slavo_germanic_(name_.find_first_of("WK") != std::string::npos ||
                         name_.find("CZ") != std::string::npos),
      is_germanic_(begins({"VAN ", "VON ", "SCH"})) {}

char NameReader::at(std::ptrdiff_t offset) const {
  const std::ptrdiff_t i = static_cast<std::ptrdiff_t>(place_) + offset;
  if (i < 0) return '\0';
  return static_cast<std::size_t>(i) < name_.size() ? name_[static_cast<std::size_t>(i)] : ' ';
}

bool NameReader::has_vowel(std::ptrdiff_t offset) const {
  return kVowels.find(at(offset)) != std::string_view::npos;
}

bool NameReader::has(std::ptrdiff_t offset, std::initializer_list<std::string_view> pieces) const {
  return std::any_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      if (at(offset + static_cast<std::ptrdiff_t>(i)) != piece[i]) return false;
    }
    return true;
  });
}

bool NameReader::begins(std::initializer_list<std::string_view> pieces) const {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](std::string_view piece) { return name_.starts_with(piece); });
}

bool NameReader::ends(std::initializer_list<std::string_view> pieces) const {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](std::string_view piece) { return name_.ends_with(piece); });
}

DoubleMetaphone double_metaphone(std::string_view name, std::size_t max_length) {
  NameReader reader(latin_words(cedillas_as_s(name)));
  DoubleMetaphone code;
  if (reader.begins({"GN", "KN", "PN", "WR", "PS"})) reader.advance(1);  // silent
  while (!reader.is_at_end()) {
    const TwoSounds sounds = read_letter(reader);
    code.primary += sounds.primary;
    code.alternate += sounds.alternate;
    reader.advance(sounds.letters);
  }
  if (max_length > 0) {
    code.primary.resize(std::min(code.primary.size(), max_length));
    code.alternate.resize(std::min(code.alternate.size(), max_length));
  }
  if (code.alternate == code.primary) code.alternate.clear();
  return code;
}

}  // namespace tessera
