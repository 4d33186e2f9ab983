// Writes Latin names in the native script of their culture, by rule.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

enum class Script : std::uint8_t {
  kNone,  ///< Latin only.
  kDevanagari,
  kBengali,
  kKhmer,
  kEthiopic,
  kArabic,
  kCyrillic,
};

/// The name in `script`, letter group by letter group: a plausible spelling, not the only one.
/// Words stay words; hyphens become blanks, except in Arabic where the article joins its word.
/// Returns `latin` unchanged for kNone. latin: a romanised name, diacritics allowed. What a script
/// has no letter for is left out.
std::string write_in_script(std::string_view latin, Script script);

/// The text without diacritics: é → e, ç → c. Covers the letters that the generator's names hold;
/// case is kept.
std::string without_diacritics(std::string_view text);

}  // namespace tessera
