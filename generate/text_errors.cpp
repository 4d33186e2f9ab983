#include "generate/text_errors.hpp"

#include <array>
#include <cstdint>
#include <vector>

#include "data/unicode.hpp"

namespace tessera {
namespace {

/// The neighbours of a–z on a QWERTY keyboard.
constexpr std::array<std::string_view, 26> kNeighbours = {
    "qwsz",   "vghn",  "xdfv", "serfcx", "wrsd", "drtgvc", "ftyhbv", "gyujnb", "uojk",
    "huikmn", "jiolm", "kop",  "njk",    "bhjm", "ipkl",   "ol",     "wa",     "edft",
    "awedxz", "rfgy",  "yihj", "cfgb",   "qeas", "zsdc",   "tugh",   "asx"};

char32_t neighbour_of(char32_t letter, Random& random) {
  const bool upper = letter >= U'A' && letter <= U'Z';
  const char32_t lower = upper ? letter + 32 : letter;
  if (lower < U'a' || lower > U'z') return letter;
  const std::string_view keys = kNeighbours[lower - U'a'];
  const auto key = static_cast<char32_t>(keys[random.index(keys.size())]);
  return upper ? key - 32 : key;
}

struct Substitution {
  std::string_view from;
  std::string_view to;
};

constexpr Substitution kMisreadings[] = {
    {"rn", "m"}, {"m", "rn"}, {"l", "1"},  {"i", "l"},  {"o", "0"},  {"O", "0"}, {"S", "5"},
    {"B", "8"},  {"cl", "d"}, {"d", "cl"}, {"vv", "w"}, {"w", "vv"}, {"e", "c"}, {"c", "e"},
    {"h", "b"},  {"u", "v"},  {"a", "o"},  {"I", "l"},  {"Z", "2"},  {"G", "6"}};

constexpr Substitution kRespellings[] = {
    {"ph", "f"}, {"f", "ph"}, {"kh", "k"}, {"k", "c"},  {"c", "k"},    {"ck", "k"}, {"q", "k"},
    {"ee", "i"}, {"i", "ee"}, {"ou", "u"}, {"u", "ou"}, {"oo", "u"},   {"u", "oo"}, {"aa", "a"},
    {"a", "aa"}, {"sh", "s"}, {"th", "t"}, {"t", "th"}, {"dh", "d"},   {"bh", "b"}, {"gh", "g"},
    {"v", "b"},  {"b", "v"},  {"w", "v"},  {"v", "w"},  {"y", "i"},    {"i", "y"},  {"z", "s"},
    {"s", "z"},  {"j", "z"},  {"z", "j"},  {"x", "ks"}, {"ll", "l"},   {"mm", "m"}, {"ss", "s"},
    {"nn", "n"}, {"tt", "t"}, {"l", "ll"}, {"m", "mm"}, {"n", "nn"},   {"s", "ss"}, {"e", "i"},
    {"o", "u"},  {"u", "o"},  {"ai", "e"}, {"au", "o"}, {"chh", "ch"}, {"é", "e"},  {"ï", "i"},
    {"Kh", "K"}, {"Ph", "F"}, {"K", "C"},  {"C", "K"},  {"Y", "I"},    {"V", "B"},  {"Sh", "S"},
    {"Th", "T"}, {"Ou", "U"}, {"W", "V"},  {"Z", "J"},  {"Mo", "Mu"},  {"Bh", "B"}};

struct Place {
  std::uint16_t rule;
  std::uint16_t at;
};

/// Applies one rule at one place, drawn evenly from all that apply.
template <std::size_t N>
std::string substitute(std::string_view text, const Substitution (&rules)[N], Random& random) {
  std::array<Place, 128> places;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && at < 64; ++at) {
    for (std::size_t rule = 0; rule < N && count < places.size(); ++rule) {
      if (text.substr(at).starts_with(rules[rule].from)) {
        places[count++] = {static_cast<std::uint16_t>(rule), static_cast<std::uint16_t>(at)};
      }
    }
  }
  std::string out(text);
  if (count == 0) return out;
  const Place place = places[random.index(count)];
  out.replace(place.at, rules[place.rule].from.size(), rules[place.rule].to);
  return out;
}

}  // namespace

std::string with_typo(std::string_view text, Random& random) {
  std::u32string letters = decode_utf8(text);
  if (letters.size() < 3) return std::string(text);
  const std::size_t at = random.index(letters.size());
  switch (random.below(5)) {
    case 0:  // left out
      letters.erase(at, 1);
      break;
    case 1:  // doubled
      letters.insert(at, 1, letters[at]);
      break;
    case 2:  // a neighbouring key as well
      letters.insert(at, 1, neighbour_of(letters[at], random));
      break;
    case 3:  // a neighbouring key instead
      letters[at] = neighbour_of(letters[at], random);
      break;
    default: {  // swapped
      const std::size_t left = at + 1 < letters.size() ? at : at - 1;
      std::swap(letters[left], letters[left + 1]);
      break;
    }
  }
  return encode_utf8(letters);
}

std::string with_misreading(std::string_view text, Random& random) {
  return substitute(text, kMisreadings, random);
}

std::string with_respelling(std::string_view text, Random& random) {
  // A final h or e comes and goes as easily as any sound within.
  if (text.size() > 3 && random.chance(0.15)) {
    std::string out(text);
    const char last = out.back();
    if (last == 'h' || last == 'e') {
      out.pop_back();
    } else if (last == 'a' || last == 'i') {
      out += 'h';
    } else if (last == 't' || last == 'n' || last == 'l') {
      out += 'e';
    } else {
      return substitute(text, kRespellings, random);
    }
    return out;
  }
  return substitute(text, kRespellings, random);
}

std::string with_wrong_digit(std::string_view text, Random& random) {
  std::vector<std::size_t> digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') digits.push_back(i);
  }
  std::string out(text);
  if (digits.empty()) return out;
  const std::size_t place = random.index(digits.size());
  const std::size_t at = digits[place];
  if (random.chance(0.3) && place + 1 < digits.size() && out[at] != out[digits[place + 1]]) {
    std::swap(out[at], out[digits[place + 1]]);
    return out;
  }
  const auto digit = static_cast<std::uint32_t>(out[at] - '0');
  out[at] = static_cast<char>('0' + (digit + 1 + random.below(9)) % 10);
  return out;
}

std::string first_letters(std::string_view text, std::size_t letters) {
  const std::u32string decoded = decode_utf8(text);
  return encode_utf8(std::u32string_view(decoded).substr(0, letters));
}

std::string in_upper_case(std::string_view text) {
  if (is_ascii(text)) {
    std::string out(text);
    for (char& c : out) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
  }
  std::u32string letters = decode_utf8(text);
  for (char32_t& c : letters) {
    const bool latin_1 = c >= 0xe0 && c <= 0xfe && c != 0xf7;  // à … þ, the division sign left out
    if ((c >= U'a' && c <= U'z') || latin_1) c -= 0x20;
  }
  return encode_utf8(letters);
}

}  // namespace tessera
