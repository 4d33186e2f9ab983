#include "generate/clerk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "data/date.hpp"
#include "generate/clerk_names.hpp"
#include "generate/streams.hpp"
#include "generate/text_errors.hpp"

namespace tessera {
namespace {

constexpr Day kSystemStart = day_number({2012, 1, 1});  // client and social register since
constexpr Day kCrvsStart = day_number({1990, 1, 1});
constexpr double kClientAtBirth = 0.25;
constexpr double kCrvsAtBirth = 0.65;
constexpr double kNewHouseholdNumber = 0.6;  // of persons registered anew

std::string date_text(CivilDate date, Registry registry) {
  return registry == Registry::kSocial
             ? fmt::format("{:02}/{:02}/{:04}", date.day, date.month, date.year)
             : fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

/// The day of the record: never before the birth.
Day draw_day(const Person& person, const EntryKey& key, Random& random) {
  const Day born = person.member.born;
  const bool crvs = key.registry == Registry::kCrvs;
  const Day start = crvs ? kCrvsStart : kSystemStart;
  const double at_birth = crvs ? kCrvsAtBirth : kClientAtBirth;
  const bool early = key.registry != Registry::kSocial && key.copy == 0 && random.chance(at_birth);
  if (early && born >= start) return std::min(born + random.between(0, 40), kToday - 1);
  return random.between(std::max(start, born), kToday - 1);
}

/// What people say who know no date: an old card's year, or a fresh guess at an age, often a round
/// one.
CivilDate declared_date(const Person& person, Day day, Random& random) {
  std::int32_t year = person.declared_year;
  if (!random.chance(kDeclaredAgain)) {
    const std::int32_t age = (day - person.member.born) / kYear;
    const std::int32_t said =
        random.chance(kAgeRounded) ? (age + 2) / 5 * 5 : age + random.between(-2, 2);
    year = civil_from_days(day).year - said;
  }
  return random.chance(0.85) ? CivilDate{year, 1, 1} : CivilDate{year, 7, 1};
}

/// Day and year slips that give a date that exists.
CivilDate with_date_slips(const Clerk& clerk, CivilDate date) {
  Random& random = clerk.random;
  if (clerk.errs(clerk.rates.year_off)) {
    // Mostly one year beside, at times ten: a wrong tens digit.
    date.year += (random.chance(0.5) ? 1 : -1) * (random.chance(0.8) ? 1 : 10);
    date.day = std::min(date.day, days_in_month(date.year, date.month));
  }
  if (clerk.errs(clerk.rates.day_off)) {
    date = civil_from_days(day_number(date) + (random.chance(0.5) ? 1 : -1));
  }
  if (clerk.errs(clerk.rates.day_month_swapped) && date.day <= 12) std::swap(date.day, date.month);
  if (clerk.errs(clerk.rates.first_of_january)) date = {date.year, 1, 1};
  return date;
}

/// Replaces one digit of the text where the result is still a date of this calendar.
std::string with_wrong_date_digit(CivilDate date, Registry registry, Random& random) {
  switch (random.below(3)) {
    case 0:
      date.day = random.between(1, days_in_month(date.year, date.month));
      break;
    case 1:
      date.month = random.between(1, 12);
      date.day = std::min(date.day, days_in_month(date.year, date.month));
      break;
    default:
      date.year = date.year / 10 * 10 + random.between(0, 9);
      date.day = std::min(date.day, days_in_month(date.year, date.month));
      break;
  }
  return date_text(date, registry);
}

std::string write_birth_date(const Clerk& clerk, const Person& person, Registry registry, Day day) {
  if (clerk.errs(clerk.rates.date_missing)) return {};
  if (clerk.errs(clerk.rates.date_placeholder)) return date_text({1900, 1, 1}, registry);
  if (!person.birth_date_known) {
    return date_text(declared_date(person, day, clerk.random), registry);
  }
  const CivilDate date = with_date_slips(clerk, civil_from_days(person.member.born));
  if (clerk.errs(clerk.rates.year_alone)) return std::to_string(date.year);
  if (clerk.errs(clerk.rates.date_digit)) {
    return with_wrong_date_digit(date, registry, clerk.random);
  }
  return date_text(date, registry);
}

std::string write_sex(const Clerk& clerk, bool is_female, Registry registry) {
  static constexpr std::array<std::array<std::string_view, 2>, kRegistries> kWords = {
      {{"M", "F"}, {"1", "2"}, {"male", "female"}}};
  if (clerk.errs(clerk.rates.sex_missing)) return {};
  if (clerk.errs(clerk.rates.sex_wrong)) is_female = !is_female;
  return std::string(kWords[static_cast<std::size_t>(registry)][is_female ? 1 : 0]);
}

/// 0712345678; in social often in groups, at times with the (invented) country code.
std::string write_phone(const Clerk& clerk, std::uint32_t phone, Registry registry) {
  Random& random = clerk.random;
  if (phone == 0 || random.chance(clerk.rates.phone_missing)) return {};
  if (clerk.errs(clerk.rates.phone_placeholder)) {
    return random.chance(0.6) ? "9999999999" : "0000000000";
  }
  std::string digits = fmt::format("0{}", phone);
  if (clerk.errs(clerk.rates.phone_digit)) digits = with_wrong_digit(digits, random);
  const std::string_view d(digits);
  if (random.chance(0.04)) return fmt::format("+999{}", d.substr(1));
  if (registry == Registry::kSocial && random.chance(0.5)) {
    return fmt::format("{} {} {}", d.substr(0, 4), d.substr(4, 3), d.substr(7));
  }
  return digits;
}

std::string write_national_id(const Clerk& clerk, const Household& household, const EntryKey& key) {
  Random& random = clerk.random;
  const Person* holder = &household.people[key.member];
  if (clerk.errs(clerk.rates.national_id_of_other)) {
    holder = &household.people[random.index(household.people.size())];
  }
  if (holder->national_id == 0 || !random.chance(clerk.rates.national_id_filled)) return {};
  std::string digits = std::to_string(holder->national_id);
  if (clerk.errs(clerk.rates.national_id_digit)) digits = with_wrong_digit(digits, random);
  if (key.registry != Registry::kSocial) return digits;
  const std::string_view d(digits);
  return fmt::format("{}-{}-{}", d.substr(0, 4), d.substr(4, 4), d.substr(8));
}

double draw_haste(Random& random) {
  std::array<std::uint16_t, kClerks.size()> shares{};
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = kClerks[i].share_percent;
  return kClerks[random.weighted(shares)].factor;
}

/// One stream of random numbers per record.
std::uint64_t record_seed(const World& world, const Household& household, const EntryKey& key) {
  const std::uint64_t person = person_number(household.number, key.member);
  const std::uint64_t slot = static_cast<std::uint64_t>(key.registry) * kMaxCopies + key.copy;
  return stream_seed(world.seed, kRecordStream, person * (kRegistries * kMaxCopies) + slot);
}

void write_places(const Clerk& clerk, const World& world, const Person& person, const EntryKey& key,
                  Day day, Entry& entry) {
  const bool crvs = key.registry == Registry::kCrvs;
  const std::uint32_t village = crvs ? person.stays.front().village : person.village_on(day);
  const Script script = world.names[world.places.culture(village)].spec.script;
  const bool native = clerk.random.chance(clerk.rates.native_script);
  if (!clerk.errs(clerk.rates.village_missing)) {
    entry.village = write_place(clerk, world.places.village(village), script, native);
  }
  if (!crvs && !clerk.errs(clerk.rates.district_missing)) {
    entry.district = world.places.district_of(village);
  }
}

}  // namespace

Entry write_entry(const World& world, const Household& household, const EntryKey& key) {
  Random random(record_seed(world, household, key));
  const Person& person = household.people[key.member];
  const Registry registry = key.registry;
  const Clerk clerk{rates_of(registry), draw_haste(random), random};
  const Day day = draw_day(person, key, random);

  Entry entry;
  WrittenNames names = write_names(clerk, person, world.names[household.culture], registry, day);
  entry.given = std::move(names.given);
  entry.family = std::move(names.family);
  entry.mother = std::move(names.mother);
  entry.birth_date = write_birth_date(clerk, person, registry, day);
  entry.sex = write_sex(clerk, person.member.is_female, registry);
  if (registry != Registry::kCrvs) entry.phone = write_phone(clerk, person.phone_on(day), registry);
  write_places(clerk, world, person, key, day, entry);
  entry.national_id = write_national_id(clerk, household, key);
  entry.entered_on = date_text(civil_from_days(day), registry);
  const bool anew = key.copy > 0 && random.chance(kNewHouseholdNumber);
  entry.household_number = household.number * kMaxCopies + (anew ? key.copy : 0);
  return entry;
}

}  // namespace tessera
