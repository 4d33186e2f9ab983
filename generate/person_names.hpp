// Names for the members of one household: who inherits what, by culture.
#pragma once

#include "generate/person.hpp"

namespace tessera {

/// Returns `household` with given, second, family and birth family names and the mothers' names
/// filled in. REQUIRES: its people's `member` fields are set.
Household with_names(Household household, const CultureNames& culture, Random& random);

}  // namespace tessera
