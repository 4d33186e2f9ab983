// Parents are named first, then children after them: a family name goes down from the husband (or
// from a mother who lives alone), or the father's given name becomes the children's second name
// (Ethiopia). Twins get names that go together, some sons their father's.
#include "generate/person_names.hpp"

#include <algorithm>

namespace tessera {
namespace {

/// What the household's names are drawn from and hang together by.
struct FamilyNames {
  std::string
      house;  ///< The inherited family name; empty where fathers' given names take its place.
  std::string father_given;  ///< Of the children: the husband's, or an absent father's.
  std::string mother_name;   ///< Of the children: given and family name; empty without a mother in
                             ///< the house.
};

std::string by_gender(std::string family, bool is_female, const CultureNames& culture) {
  if (is_female && culture.spec.naming == FamilyNaming::kInheritedByGender) family += 'a';
  return family;
}

bool shares_given(const Household& household, const std::string& name) {
  return std::any_of(household.people.begin(), household.people.end(),
                     [&](const Person& other) { return other.given == name; });
}

/// A given name that nobody else in the house has, if a few draws find one.
std::string draw_given(const Household& household, const CultureNames& culture, bool is_female,
                       Random& random) {
  std::string name;
  for (int attempt = 0; attempt < 5; ++attempt) {
    name = culture.given(is_female).draw(random);
    if (!shares_given(household, name)) break;
  }
  return name;
}

/// A name that begins like `name`, if some draws find one.
std::string draw_like(std::string_view name, const CultureNames& culture, bool is_female,
                      Random& random) {
  std::string other;
  for (int attempt = 0; attempt < 24; ++attempt) {
    other = culture.given(is_female).draw(random);
    if (other != name && other.substr(0, 2) == name.substr(0, 2)) break;
  }
  return other;
}

/// The names of a pair of twins, first and second.
std::array<std::string, 2> draw_twins(const Person& first, bool second_female,
                                      const CultureNames& culture, Random& random) {
  const bool is_female = first.member.is_female;
  const auto& pairs = is_female ? culture.female_twins : culture.male_twins;
  if (is_female == second_female && !pairs.empty() && random.chance(kTwinNamesTraditional)) {
    const TwinNames& pair = pairs[random.index(pairs.size())];
    return {std::string(pair.first), std::string(pair.second)};
  }
  return {first.given, draw_like(first.given, culture, second_female, random)};
}

std::string draw_second(bool is_female, const std::string& father_given,
                        const CultureNames& culture, Random& random) {
  if (!random.chance(culture.spec.has_second_given)) return {};
  if (random.chance(culture.spec.second_is_fathers)) return father_given;
  const auto& names = is_female ? culture.female_second : culture.male_second;
  return names.empty() ? std::string() : std::string(names[random.index(names.size())]);
}

/// The second name that a person is born with.
std::string birth_family(bool is_female, const std::string& house, const std::string& father_given,
                         const CultureNames& culture, Random& random) {
  if (culture.spec.naming == FamilyNaming::kFathersGivenName) return father_given;
  if (is_female && !culture.female_family.empty() && random.chance(0.6)) {
    return std::string(culture.female_family[random.index(culture.female_family.size())]);
  }
  return by_gender(house, is_female, culture);
}

/// A parent or grandparent: own father, own second name; wives may take the house's name.
void name_adult(Person& person, const Household& household, const FamilyNames& family,
                const CultureNames& culture, Random& random) {
  const bool is_female = person.member.is_female;
  const std::string own_father(culture.male.draw(random));
  person.given = draw_given(household, culture, is_female, random);
  person.second = draw_second(is_female, own_father, culture, random);
  const std::string own_house = is_female ? std::string(culture.family.draw(random)) : family.house;
  person.birth_family = birth_family(is_female, own_house, own_father, culture, random);
  person.family = person.birth_family;
  if (is_female && random.chance(culture.spec.wife_takes_name)) {
    person.family = by_gender(family.house, true, culture);
    person.married = person.member.born + random.between(17 * kYear, 26 * kYear);
  }
  const std::string_view mother = culture.female.draw(random);
  person.mother = std::string(mother) + ' ' +
                  by_gender(std::string(culture.family.draw(random)), true, culture);
}

void name_child(Household& household, std::size_t place, const FamilyNames& family,
                const CultureNames& culture, Random& random) {
  Person& child = household.people[place];
  const bool is_female = child.member.is_female;
  if (child.member.twin_of != kNoTwin) {
    Person& first = household.people[child.member.twin_of];
    auto names = draw_twins(first, is_female, culture, random);
    first.given = std::move(names[0]);
    child.given = std::move(names[1]);
  } else if (!is_female && random.chance(kSonNamedAsFather)) {
    child.given = family.father_given;
  } else {
    child.given = draw_given(household, culture, is_female, random);
  }
  child.second = draw_second(is_female, family.father_given, culture, random);
  child.birth_family = birth_family(is_female, family.house, family.father_given, culture, random);
  child.family = child.birth_family;
  child.mother = family.mother_name;
  if (child.mother.empty()) {
    child.mother = std::string(culture.female.draw(random)) + ' ' + child.family;
  }
}

}  // namespace

Household with_names(Household household, const CultureNames& culture, Random& random) {
  FamilyNames family;
  family.house = culture.family.draw(random);
  family.father_given = culture.male.draw(random);
  for (std::size_t i = 0; i < household.people.size(); ++i) {
    Person& person = household.people[i];
    if (person.member.role == Role::kChild) {
      name_child(household, i, family, culture, random);
      continue;
    }
    name_adult(person, household, family, culture, random);
    if (person.member.role == Role::kHusband) family.father_given = person.given;
    if (person.member.role == Role::kWife) family.mother_name = person.given + ' ' + person.family;
  }
  return household;
}

}  // namespace tessera
