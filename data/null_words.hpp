// Words by which registries say that there is no value: n/a, unknown, sin dato, inconnu, غير معروف,
// अज्ञात.
#pragma once

#include <string_view>

#include "data/kind.hpp"

namespace tessera {

/// Whether `raw` says "no value" in one of some twenty-five languages, or holds no letter and no
/// digit at all. `folded` is fold(raw). Case, accents, brackets and punctuation do not matter:
/// <NULL>, (unknown), N/A.
///
/// A few such words are names too (Nan, Nil, No, Blank). In columns of names and places they are
/// names when written like one, a capital and then small letters, and null words otherwise (NA,
/// nil). Cost: one hash look-up for a short text, none for a long one.
bool is_null_word(std::string_view raw, std::string_view folded, Kind kind);

}  // namespace tessera
