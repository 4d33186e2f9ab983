#include "data/phonetic_letters.hpp"

#include "data/unicode.hpp"

namespace tessera {
namespace {

/// The letter in upper case, or NUL for anything but A–Z and a–z.
char upper_letter(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
  return c >= 'A' && c <= 'Z' ? c : '\0';
}

std::string letters_of(std::string_view folded) {
  std::string letters;
  letters.reserve(folded.size());
  for (const char c : folded) {
    if (const char letter = upper_letter(c); letter != '\0') letters += letter;
  }
  return letters;
}

std::string words_of(std::string_view folded) {
  std::string words;
  words.reserve(folded.size());
  bool parted = false;
  for (const char c : folded) {
    if (c == '\'') continue;
    const char letter = upper_letter(c);
    if (letter == '\0') {
      parted = true;
      continue;
    }
    if (parted && !words.empty()) words += ' ';
    parted = false;
    words += letter;
  }
  return words;
}

}  // namespace

std::string latin_letters(std::string_view name) {
  return is_ascii(name) ? letters_of(name) : letters_of(fold(name));
}

std::string latin_words(std::string_view name) {
  return is_ascii(name) ? words_of(name) : words_of(fold_name(name));
}

}  // namespace tessera
