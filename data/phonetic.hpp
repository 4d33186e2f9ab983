// Phonetic codes of names: equal codes, alike sounds.
//
// Each takes UTF-8 (folded or not; letters other than A–Z are handled as each algorithm's reference
// does, or ignored) and returns upper-case ASCII; text without a Latin letter gives an empty code,
// which blocks with nothing.
#pragma once

#include <string>
#include <string_view>

namespace tessera {

/// American Soundex, a letter and three digits. Source: US National Archives; H and W do not part
/// equal codes.
std::string soundex(std::string_view name);

/// NYSIIS, full length. Source: R. L. Taft (1970), Name Search Techniques, as computed by
/// jellyfish 1.3.
std::string nysiis(std::string_view name);

/// Metaphone, uncut. Source: L. Philips (1990), Computer Language 7(12), as computed by
/// jellyfish 1.3.
std::string metaphone(std::string_view name);

/// Double Metaphone. Source: L. Philips (2000), C/C++ Users Journal 18(6).
struct DoubleMetaphone {
  std::string primary;
  std::string alternate;  ///< Empty when there is no second reading.
};

/// max_length cuts both codes (0: uncut).
DoubleMetaphone double_metaphone(std::string_view name, std::size_t max_length = 0);

}  // namespace tessera
