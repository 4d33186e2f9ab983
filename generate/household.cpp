#include "generate/household.hpp"

#include <algorithm>

#include "generate/random.hpp"
#include "generate/streams.hpp"

namespace tessera {
namespace {

enum class HouseholdKind : std::uint8_t { kNuclear, kExtended, kSingleParent, kCouple, kAlone };

void add(HouseholdPlan& plan, Role role, bool is_female, Day born) {
  if (plan.size == kMaxMembers) return;
  Member& member = plan.members[plan.size++];
  member.role = role;
  member.is_female = is_female;
  member.born = born;
}

/// The children still at home: births from the mother's 18th to 45th year, one and a half to four
/// years apart.
void add_children(HouseholdPlan& plan, Day mother_born, double twin_births, Random& random) {
  static constexpr std::array<std::uint16_t, 8> kNumberOfBirths = {4, 14, 26, 24, 16, 9, 5, 2};
  const std::size_t births = random.weighted(kNumberOfBirths);
  Day born = mother_born + random.between(18 * kYear, 27 * kYear);
  for (std::size_t i = 0; i < births; ++i) {
    if (born >= kToday || born > mother_born + 45 * kYear) break;
    const bool is_female = random.chance(0.49);
    // Grown children found their own households, daughters sooner.
    const auto at_home = [&](bool daughter) {
      return born > kToday - 19 * kYear || !random.chance(daughter ? 0.75 : 0.55);
    };
    const bool twins = random.chance(twin_births);
    const std::size_t first = plan.size;
    if (at_home(is_female)) add(plan, Role::kChild, is_female, born);
    if (twins) {
      const bool second_female = random.chance(kTwinSameSex) ? is_female : !is_female;
      const bool both = plan.size > first && plan.size < kMaxMembers;
      if (at_home(second_female)) {
        add(plan, Role::kChild, second_female, born);
        if (both) plan.members[plan.size - 1].twin_of = static_cast<std::uint8_t>(first);
      }
    }
    born += random.between(18 * 30, 48 * 30);
  }
}

void add_grandparents(HouseholdPlan& plan, Day child_born, Random& random) {
  const Day mother_born = child_born - random.between(19 * kYear, 34 * kYear);
  const Day father_born = mother_born - random.between(0, 9 * kYear);
  const Day oldest = kToday - 96 * kYear;
  if (father_born > oldest && random.chance(0.45)) {
    add(plan, Role::kGrandparent, false, father_born);
  }
  if (mother_born > oldest && random.chance(0.75)) {
    add(plan, Role::kGrandparent, true, mother_born);
  }
}

void add_people(HouseholdPlan& plan, double twin_births, Random& random) {
  static constexpr std::array<std::uint16_t, 5> kKinds = {60, 18, 11, 6, 5};
  const auto kind = static_cast<HouseholdKind>(random.weighted(kKinds));
  // The mean of two even draws: few heads are very young or very old.
  const std::int32_t age_days =
      (random.between(21 * kYear, 78 * kYear) + random.between(21 * kYear, 62 * kYear)) / 2;
  const Day born = kToday - age_days;
  const Day wife_born = born + random.between(-1 * kYear, 8 * kYear);
  switch (kind) {
    case HouseholdKind::kAlone:
      add(plan, random.chance(0.5) ? Role::kHusband : Role::kWife, false, born - 10 * kYear);
      plan.members[0].is_female = plan.members[0].role == Role::kWife;
      return;
    case HouseholdKind::kSingleParent: {
      const bool mother = random.chance(0.8);
      add(plan, mother ? Role::kWife : Role::kHusband, mother, born);
      add_children(plan, born, twin_births, random);
      return;
    }
    case HouseholdKind::kNuclear:
    case HouseholdKind::kExtended:
    case HouseholdKind::kCouple:
      add(plan, Role::kHusband, false, born);
      add(plan, Role::kWife, true, std::min(wife_born, kToday - 18 * kYear));
      if (kind != HouseholdKind::kCouple) {
        add_children(plan, plan.members[1].born, twin_births, random);
      }
      if (kind == HouseholdKind::kExtended) add_grandparents(plan, born, random);
      return;
  }
}

double crvs_coverage(Day born) {
  if (born >= day_number({2000, 1, 1})) return kCrvsBornFrom2000;
  return born >= day_number({1980, 1, 1}) ? kCrvsBornFrom1980 : kCrvsBornBefore;
}

std::uint8_t draw_copies(bool covered, const DuplicateRates& rates, Random& random) {
  if (!covered) return 0;
  if (random.chance(rates.third)) return 3;
  return random.chance(rates.second) ? 2 : 1;
}

void enrol(HouseholdPlan& plan, Random& random) {
  const double client = random.chance(kHouseholdInsured) ? kClientIfInsured : kClientElse;
  const double social = random.chance(kHouseholdPoor) ? kSocialIfPoor : kSocialElse;
  for (std::size_t i = 0; i < plan.size; ++i) {
    Member& member = plan.members[i];
    const std::array<double, kRegistries> coverage = {client, social, crvs_coverage(member.born)};
    for (std::size_t r = 0; r < kRegistries; ++r) {
      member.copies[r] = draw_copies(random.chance(coverage[r]), kDuplicates[r], random);
    }
  }
}

}  // namespace

std::uint64_t HouseholdPlan::records() const {
  std::uint64_t total = 0;
  for (const Member& member : people()) {
    for (const std::uint8_t copies : member.copies) total += copies;
  }
  return total;
}

HouseholdPlan plan_household(std::uint64_t seed, std::uint64_t number, double twin_births) {
  Random random(stream_seed(seed, kPlanStream, number));
  HouseholdPlan plan;
  plan.number = number;
  add_people(plan, twin_births, random);
  enrol(plan, random);
  return plan;
}

HouseholdPlan cut_to_records(HouseholdPlan plan, std::uint64_t records) {
  std::uint64_t left = plan.records();
  for (std::size_t i = plan.size; i-- > 0;) {
    for (std::uint8_t& copies : plan.members[i].copies) {
      while (left > records && copies > 0) {
        --copies;
        --left;
      }
    }
  }
  return plan;
}

}  // namespace tessera
