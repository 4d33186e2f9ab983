// American Soundex: the first letter, then a digit for each group of like consonants. A vowel parts
// two letters of one group, H and W do not: Tymczak is T522, Ashcraft A261.
#include <string>

#include "data/phonetic.hpp"
#include "data/phonetic_letters.hpp"

namespace tessera {
namespace {

// Digits of A to Z; 0 is a vowel, which parts equal digits.
constexpr std::string_view kDigits = "01230120022455012623010202";
constexpr std::string_view kSilent = "HW";

}  // namespace

std::string soundex(std::string_view name) {
  const std::string letters = latin_letters(name);
  if (letters.empty()) return {};
  std::string code(1, letters[0]);
  char last = kDigits[static_cast<std::size_t>(letters[0] - 'A')];
  for (std::size_t i = 1; i < letters.size() && code.size() < 4; ++i) {
    if (kSilent.find(letters[i]) != std::string_view::npos) continue;
    const char digit = kDigits[static_cast<std::size_t>(letters[i] - 'A')];
    if (digit != '0' && digit != last) code += digit;
    last = digit;
  }
  code.resize(4, '0');
  return code;
}

}  // namespace tessera
