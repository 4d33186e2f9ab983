// Metaphone: a name as its consonants sound in English; 0 stands for TH, X for SH. Thumb is 0M,
// Knight NT. The form that jellyfish computes: uncut, words kept apart by a blank.
#include <string>

#include "data/phonetic.hpp"
#include "data/phonetic_letters.hpp"

namespace tessera {
namespace {

/// What stands beyond the ends of the name.
constexpr char kNothing = '*';

bool is_vowel(char c) {
  return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U';
}

bool softens(char c) {
  return c == 'I' || c == 'E' || c == 'Y';
}

/// What one place of the name sounds like, and how many letters that takes.
struct Sound {
  std::string_view code;
  std::size_t letters = 1;
};

/// A letter with its neighbours.
struct Place {
  char before;  // kNothing at the beginning
  char letter;
  char next;
  char after_next;
  bool is_first() const { return before == kNothing; }
};

Sound sound_of_c(const Place& p) {
  if ((p.next == 'I' && p.after_next == 'A') || p.next == 'H') return {"X", 2};
  if (softens(p.next)) return {"S", 2};
  return {"K"};
}

Sound sound_of_g(const Place& p) {
  if (softens(p.next)) return {"J"};
  const bool silent_gh = p.next == 'H' && !is_vowel(p.after_next);
  const bool final_gn = p.next == 'N' && p.after_next == kNothing;
  if (silent_gh || final_gn) return {"", 2};
  return {"K"};
}

Sound sound_of_s(const Place& p) {
  if (p.next == 'H') return {"X", 2};
  if (p.next == 'I' && (p.after_next == 'O' || p.after_next == 'A')) return {"X", 3};
  return {"S"};
}

Sound sound_of_t(const Place& p) {
  if (p.next == 'I' && (p.after_next == 'O' || p.after_next == 'A')) return {"X"};
  if (p.next == 'H') return {"0", 2};
  if (p.next == 'C' && p.after_next == 'H') return {""};
  return {"T"};
}

Sound sound_of_x(const Place& p) {
  if (!p.is_first()) return {"KS"};
  const bool soft =
      p.next == 'H' || (p.next == 'I' && (p.after_next == 'O' || p.after_next == 'A'));
  return {soft ? "X" : "S"};
}

Sound sound_of(const Place& p) {
  switch (p.letter) {
    case 'B':
      return {p.before == 'M' && p.next == kNothing ? "" : "B"};
    case 'C':
      return sound_of_c(p);
    case 'D':
      if (p.next == 'G' && softens(p.after_next)) return {"J", 3};
      return {"T"};
    case 'F':
      return {"F"};
    case 'G':
      return sound_of_g(p);
    case 'H':
      return {p.is_first() || is_vowel(p.next) || !is_vowel(p.before) ? "H" : ""};
    case 'J':
      return {"J"};
    case 'K':
      return {p.before == 'C' ? "" : "K"};
    case 'L':
      return {"L"};
    case 'M':
      return {"M"};
    case 'N':
      return {"N"};
    case 'P':
      if (p.next == 'H') return {"F", 2};
      return {"P"};
    case 'Q':
      return {"K"};
    case 'R':
      return {"R"};
    case 'S':
      return sound_of_s(p);
    case 'T':
      return sound_of_t(p);
    case 'V':
      return {"F"};
    case 'W':
      if (p.is_first() && p.next == 'H') return {"W", 2};
      return {is_vowel(p.next) ? "W" : ""};
    case 'X':
      return sound_of_x(p);
    case 'Y':
      return {is_vowel(p.next) ? "Y" : ""};
    case 'Z':
      return {"S"};
    default:
      return {""};
  }
}

}  // namespace

std::string metaphone(std::string_view name) {
  std::string letters = latin_words(name);
  for (const std::string_view silent : {"KN", "GN", "PN", "WR", "AE"}) {
    if (!letters.starts_with(silent)) continue;
    letters.erase(0, 1);
    break;
  }
  const auto at = [&](std::size_t i) { return i < letters.size() ? letters[i] : kNothing; };
  std::string code;
  for (std::size_t i = 0; i < letters.size();) {
    const Place place{i > 0 ? letters[i - 1] : kNothing, letters[i], at(i + 1), at(i + 2)};
    if (place.letter == place.next && place.letter != 'C') {
      ++i;  // doubled letters sound once
      continue;
    }
    if (is_vowel(place.letter)) {
      if (place.is_first() || place.before == ' ') code += place.letter;
      ++i;
      continue;
    }
    if (place.letter == ' ') {
      if (!code.empty() && code.back() != ' ') code += ' ';
      ++i;
      continue;
    }
    const Sound sound = sound_of(place);
    code += sound.code;
    i += sound.letters;
  }
  if (code.ends_with(' ')) code.pop_back();
  return code;
}

}  // namespace tessera
