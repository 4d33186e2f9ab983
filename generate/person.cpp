#include "generate/person.hpp"

#include <algorithm>

#include "generate/person_names.hpp"
#include "generate/streams.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kNationalIdCount = 90'000'000'000;  // eleven digits, the first not 0
constexpr double kVillageCulture = 0.8;                     // households of their village's culture
constexpr double kWifeFromElsewhere = 0.5;

/// The years in which registries registered: only moves within them can show.
constexpr Day kFirstYear = day_number({2010, 1, 1});

Day draw_event_day(Random& random) {
  return random.between(kFirstYear, kToday - 1);
}

std::uint32_t draw_phone(Random& random) {
  return 600'000'000U + random.below(400'000'000U);
}

bool is_adult(const Person& person) {
  return person.member.born <= kToday - 16 * kYear;
}

/// Where and when the household lived before, if it moved.
struct Home {
  std::uint32_t village;
  std::uint32_t earlier_village;
  Day moved;  ///< kToday or later: never
};

Home draw_home(const World& world, Random& random) {
  Home home{world.places.draw(random), 0, kToday};
  home.earlier_village = home.village;
  if (random.chance(kHouseholdMoved)) {
    home.earlier_village = world.places.draw_near(home.village, random);
    home.moved = draw_event_day(random);
  }
  return home;
}

std::vector<Person::Stay> draw_stays(const Person& person, const Home& home, const World& world,
                                     Random& random) {
  std::vector<Person::Stay> stays;
  const bool child = person.member.role == Role::kChild;
  stays.push_back({person.member.born, home.earlier_village});
  if (person.member.role == Role::kWife && random.chance(kWifeFromElsewhere)) {
    stays[0].village = world.places.draw_near(home.village, random);
    stays.push_back(
        {person.member.born + random.between(17 * kYear, 26 * kYear), home.earlier_village});
  }
  if (home.moved < kToday) {
    // Children born after the move know only the new place.
    if (child && person.member.born >= home.moved) {
      stays[0].village = home.village;
    } else {
      stays.push_back({home.moved, home.village});
    }
  }
  if (is_adult(person) && random.chance(kAdultMoved)) {
    stays.push_back({draw_event_day(random), world.places.draw_near(home.village, random)});
  }
  std::stable_sort(stays.begin() + 1, stays.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  return stays;
}

void draw_phones(Household& household, Random& random) {
  const bool has_phone = random.chance(kHasPhone);
  const std::uint32_t shared = has_phone ? draw_phone(random) : 0;
  const bool changes = random.chance(kPhoneChanged);
  const std::uint32_t shared_later = changes && has_phone ? draw_phone(random) : shared;
  const Day changed = draw_event_day(random);
  for (Person& person : household.people) {
    person.phone_before = shared;
    person.phone_after = shared_later;
    person.phone_changed = changed;
    if (!has_phone || !is_adult(person) || !random.chance(kAdultOwnPhone)) continue;
    person.phone_before = draw_phone(random);
    person.phone_after = random.chance(kPhoneChanged) ? draw_phone(random) : person.phone_before;
    person.phone_changed = draw_event_day(random);
  }
}

/// What a person knows of the birth date, and the national id.
void draw_papers(Person& person, std::uint64_t number, const World& world, Random& random) {
  const Day age = kToday - person.member.born;
  const double unknown = age > 60 * kYear   ? kBirthDateUnknownOver60
                         : age > 35 * kYear ? kBirthDateUnknownOver35
                                            : 0.0;
  person.birth_date_known = !random.chance(unknown);
  const std::int32_t year = civil_from_days(person.member.born).year;
  person.declared_year = random.chance(0.5) ? (year + 2) / 5 * 5 : year + random.between(-2, 2);
  if (random.chance(is_adult(person) ? kAdultHasNationalId : kChildHasNationalId)) {
    person.national_id = kNationalIdCount / 9 + world.national_ids(number);
  }
}

}  // namespace

World::World(std::uint64_t world_seed, std::uint64_t persons)
    : seed(world_seed),
      places(names, persons, world_seed),
      national_ids(kNationalIdCount, stream_seed(world_seed, kNationalIds, 0)) {}

std::uint32_t Person::village_on(Day day) const {
  std::uint32_t village = stays.front().village;
  for (const Stay& stay : stays) {
    if (stay.from <= day) village = stay.village;
  }
  return village;
}

Household make_household(const HouseholdPlan& plan, const World& world) {
  Random random(stream_seed(world.seed, kPeopleStream, plan.number));
  Household household;
  household.number = plan.number;
  household.people.resize(plan.size);
  for (std::size_t i = 0; i < plan.size; ++i) household.people[i].member = plan.members[i];

  const Home home = draw_home(world, random);
  household.culture = random.chance(kVillageCulture) ? world.places.culture(home.village)
                                                     : NameBook::draw_culture(random);
  household = with_names(std::move(household), world.names[household.culture], random);
  draw_phones(household, random);
  for (std::size_t i = 0; i < plan.size; ++i) {
    Person& person = household.people[i];
    person.stays = draw_stays(person, home, world, random);
    draw_papers(person, person_number(plan.number, i), world, random);
  }
  return household;
}

}  // namespace tessera
