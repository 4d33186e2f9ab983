// Full names in their parts, where whoever imports says which part is the family's.
#pragma once

#include <cstdint>

#include "exchange/import.hpp"

namespace tessera {

/// Which word of a full name is the family's name.
enum class FamilyNameIs : std::uint8_t { kLastWord, kFirstWord };

/// Gives each person who has a full name of two words or more, and neither a given nor a family
/// name, these two: the word that `is` says, and the others. A name with one comma is parted there,
/// the family's name before it. The full name goes to raw.csv, as a value written anew, and how
/// many there are is a remark. Which word it is differs from people to people, so nobody's name is
/// parted unasked. REQUIRES: `import` is finished.
void part_full_names(Import& import, FamilyNameIs is);

}  // namespace tessera
