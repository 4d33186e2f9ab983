// What phonetic codes read of a name: its Latin letters in upper case.
#pragma once

#include <string>
#include <string_view>

namespace tessera {

/// The letters A–Z of a UTF-8 name, folded (é is E, ø is O, ß is SS) and in upper case; all else is
/// left out. Other scripts give nothing. Cost: one pass over ASCII; other text is folded first.
std::string latin_letters(std::string_view name);

/// As latin_letters, in words parted by one blank: an apostrophe vanishes, any other character
/// parts words. No blank begins or ends it.
std::string latin_words(std::string_view name);

}  // namespace tessera
