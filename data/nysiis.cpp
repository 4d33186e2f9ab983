// NYSIIS: rewrites a name's beginning, its end and then its letters, so that names that sound alike
// in New York's files are spelt alike: Knuth NAT, Phillipson FALAPSAN, Katherine and Catherine
// CATARAN. The form that jellyfish computes: uncut, DT RT RD NT ND → D, and a W after a vowel read
// as that vowel.
#include <string>

#include "data/phonetic.hpp"
#include "data/phonetic_letters.hpp"

namespace tessera {
namespace {

bool is_vowel(char c) {
  return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U';
}

bool ends_with_one_of(std::string_view text, std::initializer_list<std::string_view> ends) {
  for (const std::string_view end : ends) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

std::string rewrite_beginning(std::string letters) {
  if (letters.starts_with("MAC")) {
    letters[1] = 'C';
  } else if (letters.starts_with("KN")) {
    letters.erase(0, 1);
  } else if (letters.starts_with('K')) {
    letters[0] = 'C';
  } else if (letters.starts_with("PH") || letters.starts_with("PF")) {
    letters.replace(0, 2, "FF");
  } else if (letters.starts_with("SCH")) {
    letters.replace(0, 3, "SSS");
  }
  return letters;
}

/// The last two letters become one; `original` is the name before its beginning was rewritten.
std::string rewrite_end(std::string letters, std::string_view original) {
  char last = '\0';
  if (ends_with_one_of(original, {"IE", "EE"})) last = 'Y';
  if (ends_with_one_of(original, {"DT", "RT", "RD", "NT", "ND"})) last = 'D';
  if (last == '\0') return letters;
  letters.resize(letters.size() - 2);
  letters += last;
  return letters;
}

/// What the letters from `i` on (i > 0) are read as, and how many of them that takes.
struct Reading {
  std::string code;
  std::size_t letters = 1;
};

Reading read_letter(std::string_view name, std::size_t i) {
  const auto at = [&](std::size_t k) { return k < name.size() ? name[k] : '\0'; };
  const char before = name[i - 1];
  switch (name[i]) {
    case 'E':
      if (at(i + 1) == 'V') return {"AF", 2};
      return {"A"};
    case 'A':
    case 'I':
    case 'O':
    case 'U':
      return {"A"};
    case 'Q':
      return {"G"};
    case 'Z':
      return {"S"};
    case 'M':
      return {"N"};
    case 'K':
      return {at(i + 1) == 'N' ? "N" : "C"};
    case 'S':
      if (name.substr(i).starts_with("SCH")) return {"SS", 3};
      return {"S"};
    case 'P':
      if (at(i + 1) == 'H') return {"F", 2};
      return {"P"};
    case 'H':
      if (is_vowel(before)) return {is_vowel(at(i + 1)) ? "H" : "A"};
      return {std::string(1, before)};
    case 'W':
      return {std::string(1, is_vowel(before) ? before : 'W')};
    default:
      return {std::string(1, name[i])};
  }
}

}  // namespace

std::string nysiis(std::string_view name) {
  const std::string original = latin_letters(name);
  if (original.empty()) return {};
  const std::string letters = rewrite_end(rewrite_beginning(original), original);

  std::string code(1, letters[0]);
  for (std::size_t i = 1; i < letters.size();) {
    const Reading reading = read_letter(letters, i);
    if (reading.code.back() != code.back()) code += reading.code;
    i += reading.letters;
  }
  if (code.size() > 1 && code.ends_with('S')) code.pop_back();
  if (code.ends_with("AY")) code.erase(code.size() - 2, 1);
  if (code.size() > 1 && code.ends_with('A')) code.pop_back();
  return code;
}

}  // namespace tessera
