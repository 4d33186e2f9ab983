// The words and codes by which registries write a person's sex.
#pragma once

#include <optional>
#include <string_view>

namespace tessera {

/// 'f', 'm' or 'o' (other or indeterminate) for a folded word or code (`femme`, `мужской`, `ذكر`,
/// ISO 5218's 1 and 2); nullopt for a word that is none, and for the codes of "not known" (0, 9,
/// u).
std::optional<char> sex_of_word(std::string_view folded);

/// Whether a folded word is a code for "not known" in a column of sexes only: 0 and 9 of ISO 5218,
/// u, ns.
bool is_unknown_sex(std::string_view folded);

}  // namespace tessera
