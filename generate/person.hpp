// Flesh on a household's bones: names by culture, addresses and phones over time, national ids.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "generate/household.hpp"
#include "generate/names.hpp"
#include "generate/permutation.hpp"
#include "generate/places.hpp"

namespace tessera {

/// What all households of one population share. Immutable, so safe to read from any thread.
struct World {
  World(std::uint64_t world_seed, std::uint64_t persons);

  std::uint64_t seed;
  NameBook names;
  Places places;
  KeyedPermutation national_ids;
};

/// The names that a person goes by from one day on.
struct Person {
  Member member;
  std::string given;
  std::string second;  ///< Second given name; may be empty.
  std::string family;  ///< Today.
  std::string birth_family;
  std::string mother;  ///< Given and family name of the mother.
  Day married = 0;     ///< From this day a wife has `family`; before it, `birth_family`.

  /// A place to live from a day on; the first counts from birth.
  struct Stay {
    Day from;
    std::uint32_t village;
  };
  std::vector<Stay> stays;  ///< By day, at least one.

  std::uint32_t phone_before = 0;  ///< Nine digits behind the leading 0; 0: no phone.
  std::uint32_t phone_after = 0;   ///< From phone_changed on.
  Day phone_changed = kToday;
  std::uint64_t national_id = 0;  ///< Eleven digits; 0: none.
  bool birth_date_known = true;
  std::int32_t declared_year =
      0;  ///< Where it is not known: the year of birth on the person's first card.

  std::uint32_t village_on(Day day) const;
  std::uint32_t phone_on(Day day) const { return day < phone_changed ? phone_before : phone_after; }
  const std::string& family_on(Day day) const { return day < married ? birth_family : family; }
};

struct Household {
  std::uint64_t number = 0;
  Culture culture = Culture::kNepali;
  std::vector<Person> people;  ///< size of the plan
};

/// The people of a plan: always the same for the same world and plan number. Cost: some
/// microseconds.
Household make_household(const HouseholdPlan& plan, const World& world);

/// A number that no other person of the population has.
constexpr std::uint64_t person_number(std::uint64_t household, std::size_t member) {
  return household * kMaxMembers + member;
}

}  // namespace tessera
