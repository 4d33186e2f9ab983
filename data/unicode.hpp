// Code points, not bytes: decoding, folding and classes of letters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7). Cost: vectorised, about a byte
/// per 0.1 ns.
bool is_utf8(std::string_view text);

/// Whether all bytes are ASCII, so that bytes are code points.
bool is_ascii(std::string_view text);

/// The code points of valid UTF-8. Ill-formed bytes become U+FFFD.
std::u32string decode_utf8(std::string_view text);

/// As decode_utf8, into `out` (cleared first), so that a loop need not allocate.
void decode_utf8(std::string_view text, std::u32string& out);

/// UTF-8 of code points.
std::string encode_utf8(std::u32string_view code_points);

/// Folds text for comparison: NFKC and case folding (Unicode's NFKC_Casefold, which also removes
/// joiners, bidi marks and soft hyphens), then the marks removed from letters that are the same
/// letter without them (Latin, Greek, Cyrillic, Arabic, Hebrew); vowel signs and nuktas of Indic
/// scripts and Khmer and the syllables of Ethiopic stay. Letters that do not decompose are spelled
/// out (ø → o, ł → l, ß → ss, æ → ae, đ → d, ı → i; Arabic alef, yeh, heh and kaf in one form each,
/// no tatweel). Scripts are kept. Digits of any script, and Ethiopic numbers, become ASCII digits.
/// Typographic quotes, apostrophes and dashes become ' " -, other punctuation is kept. Blanks of
/// any kind become one; ends trimmed. fold(fold(x)) == fold(x). Cost: about 30 ns for a short ASCII
/// text, 100 ns for Latin, Greek, Cyrillic, Arabic or Ethiopic, 1 µs for other scripts. Ill-formed
/// UTF-8 becomes U+FFFD.
std::string fold(std::string_view text);

/// Folded text with punctuation handled as names need: apostrophes (and the Catalan middle dot)
/// vanish, other punctuation and symbols become a blank. fold_name(fold(x)) == fold_name(x).
std::string fold_name(std::string_view text);

}  // namespace tessera
