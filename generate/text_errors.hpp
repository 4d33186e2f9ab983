// Slips of hand, eye and ear in a text.
#pragma once

#include <string>
#include <string_view>

#include "generate/random.hpp"

namespace tessera {

// Each function returns a copy of valid UTF-8 with one slip, again valid and never empty. A text
// that offers no place for the slip comes back as it was, and so do the rare slips that change
// nothing (two equal letters swapped). Cost: linear, some 100 ns.

/// One slip of the fingers: a letter left out, doubled, put in from a neighbouring key, struck
/// instead of its neighbour, or two letters swapped. Source of the kinds: F. Damerau (1964), CACM
/// 7(3), 80 % of misspellings are one of these.
std::string with_typo(std::string_view text, Random& random);

/// One group of letters read as another of like shape: rn/m, l/1, O/0, cl/d, e/c.
std::string with_misreading(std::string_view text, Random& random);

/// One sound written otherwise: ph/f, ee/i, ou/u, kh/k, v/b, doubled letters, a final h or e.
std::string with_respelling(std::string_view text, Random& random);

/// One ASCII digit replaced by another, or two neighbours swapped; without a digit, unchanged.
std::string with_wrong_digit(std::string_view text, Random& random);

/// The first `letters` code points.
std::string first_letters(std::string_view text, std::size_t letters);

/// ASCII and Latin-1 letters in upper case; other letters as they are.
std::string in_upper_case(std::string_view text);

}  // namespace tessera
