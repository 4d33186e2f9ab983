#include "generate/person.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/generate/small_world.hpp"

namespace tessera {
namespace {

const std::vector<Household>& people() {
  static const std::vector<Household> made = test::households(8'000);
  return made;
}

TEST(MakeHousehold, IsTheSameEachTime) {
  const HouseholdPlan plan = plan_household(11, 17);
  const Household a = make_household(plan, test::small_world());
  const Household b = make_household(plan, test::small_world());
  ASSERT_EQ(a.people.size(), plan.size);
  for (std::size_t i = 0; i < a.people.size(); ++i) {
    EXPECT_EQ(a.people[i].given, b.people[i].given);
    EXPECT_EQ(a.people[i].national_id, b.people[i].national_id);
    EXPECT_EQ(a.people[i].phone_before, b.people[i].phone_before);
  }
}

TEST(MakeHousehold, NationalIdsAreElevenDigitsAndNobodyElses) {
  std::set<std::uint64_t> ids;
  std::size_t with = 0;
  for (const Household& household : people()) {
    for (const Person& person : household.people) {
      if (person.national_id == 0) continue;
      ++with;
      ids.insert(person.national_id);
      EXPECT_EQ(std::to_string(person.national_id).size(), 11U);
    }
  }
  EXPECT_EQ(ids.size(), with);
}

TEST(MakeHousehold, ChildrenShareTheHouseholdsPhone) {
  for (const Household& household : people()) {
    std::set<std::uint32_t> phones;
    for (const Person& person : household.people) {
      if (person.member.born > kToday - 16 * kYear) phones.insert(person.phone_on(kToday - 1));
    }
    EXPECT_LE(phones.size(), 1U);
  }
}

TEST(MakeHousehold, MovesKeepTheirRate) {
  double moved = 0;
  for (const Household& household : people()) {
    const auto has_two_homes = [](const Person& person) {
      return person.member.role == Role::kHusband && person.stays.size() > 1;
    };
    moved += std::any_of(household.people.begin(), household.people.end(), has_two_homes) ? 1 : 0;
  }
  // Husbands, of whom 85 % of households have one: the household's moves and their own.
  EXPECT_NEAR(moved / static_cast<double>(people().size()), 0.88 * (kHouseholdMoved + kAdultMoved),
              0.02);
}

TEST(VillageOn, FollowsTheStays) {
  Person person;
  person.stays = {{100, 1}, {200, 2}, {300, 3}};
  EXPECT_EQ(person.village_on(50), 1U);  // before the first stay: the first
  EXPECT_EQ(person.village_on(199), 1U);
  EXPECT_EQ(person.village_on(200), 2U);
  EXPECT_EQ(person.village_on(999), 3U);
}

TEST(PhoneOn, ChangesOnItsDay) {
  Person person;
  person.phone_before = 611111111;
  person.phone_after = 622222222;
  person.phone_changed = 500;
  EXPECT_EQ(person.phone_on(499), 611111111U);
  EXPECT_EQ(person.phone_on(500), 622222222U);
}

TEST(MakeHousehold, BirthDatesAreUnknownToTheOldOnly) {
  double old = 0;
  double unknown = 0;
  for (const Household& household : people()) {
    for (const Person& person : household.people) {
      const Day age = kToday - person.member.born;
      if (age <= 35 * kYear) {
        EXPECT_TRUE(person.birth_date_known);
      }
      if (age <= 60 * kYear) continue;
      ++old;
      unknown += person.birth_date_known ? 0 : 1;
    }
  }
  EXPECT_NEAR(unknown / old, kBirthDateUnknownOver60, 0.03);
}

}  // namespace
}  // namespace tessera
