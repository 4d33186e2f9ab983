// What a registry's clerk makes of a person on a day: the fields of one record, with the slips of a
// real office.
#pragma once

#include <cstdint>
#include <string>

#include "generate/person.hpp"
#include "generate/registry_rates.hpp"

namespace tessera {

/// One record before it is laid out in its registry's columns. Empty texts are missing values.
struct Entry {
  std::string given;
  std::string family;
  std::string birth_date;  ///< In the registry's form: ISO, or dd/mm/yyyy in social.
  std::string sex;         ///< M/F in client, 1/2 in social, male/female in crvs.
  std::string phone;
  std::string village;  ///< In crvs the place of birth.
  std::string district;
  std::string national_id;
  std::string mother;                  ///< crvs only
  std::string entered_on;              ///< As birth_date.
  std::uint64_t household_number = 0;  ///< client only; a person registered anew may get a new one
};

/// Which record of whom.
struct EntryKey {
  Registry registry = Registry::kClient;
  std::size_t member = 0;
  std::size_t copy = 0;  ///< 0 for the first record of a person in a registry.
};

/// The entry for a member of `household`: always the same for the same world, household and key.
/// Cost: 1–2 µs. REQUIRES: key.member < household.people.size().
Entry write_entry(const World& world, const Household& household, const EntryKey& key);

}  // namespace tessera
