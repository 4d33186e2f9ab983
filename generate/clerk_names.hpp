// How names come out of a clerk's hands. Used by clerk.cpp only.
#pragma once

#include <string>

#include "generate/clerk.hpp"

namespace tessera {

/// A clerk at work on one record: the registry's rates, times how hastily this one works.
struct Clerk {
  const RegistryRates& rates;
  double haste;  ///< Factor on every rate of error.
  Random& random;

  bool errs(double rate) const { return random.chance(rate * haste); }
};

struct WrittenNames {
  std::string given;
  std::string family;
  std::string mother;
};

/// The names of a person as entered on `day`. at_birth: the record was made within days of the
/// birth, when many a child has no name yet.
WrittenNames write_names(const Clerk& clerk, const Person& person, const CultureNames& culture,
                         Registry registry, Day day);

/// A place name as entered: at times misspelt.
std::string write_place(const Clerk& clerk, std::string_view place, Script script, bool native);

}  // namespace tessera
