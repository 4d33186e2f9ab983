#include "generate/person_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/generate/small_world.hpp"

namespace tessera {
namespace {

const std::vector<Household>& people() {
  static const std::vector<Household> made = test::households(12'000);
  return made;
}

const Person* find(const Household& household, Role role) {
  const auto found = std::find_if(household.people.begin(), household.people.end(),
                                  [&](const Person& p) { return p.member.role == role; });
  return found == household.people.end() ? nullptr : &*found;
}

TEST(WithNames, EveryoneHasNames) {
  for (const Household& household : people()) {
    for (const Person& person : household.people) {
      ASSERT_FALSE(person.given.empty());
      ASSERT_FALSE(person.family.empty());
      ASSERT_FALSE(person.birth_family.empty());
      ASSERT_NE(person.mother.find(' '), std::string::npos);
    }
  }
}

TEST(WithNames, ChildrenInheritByCulture) {
  for (const Household& household : people()) {
    const Person* father = find(household, Role::kHusband);
    if (father == nullptr) continue;
    for (const Person& child : household.people) {
      if (child.member.role != Role::kChild) continue;
      const bool female = child.member.is_female;
      switch (household.culture) {
        case Culture::kEthiopian:
          EXPECT_EQ(child.family, father->given);
          break;
        case Culture::kCentralAsian:
          EXPECT_EQ(child.family, father->family + (female ? "a" : ""));
          break;
        case Culture::kBengali:  // daughters may be Begum or Khatun
          if (!female) {
            EXPECT_EQ(child.family, father->family);
          }
          break;
        default:
          EXPECT_EQ(child.family, father->family);
          break;
      }
    }
  }
}

TEST(WithNames, WivesTakeTheHousesNameAtTheirCulturesRate) {
  std::array<double, kCultures> wives{};
  std::array<double, kCultures> taken{};
  for (const Household& household : people()) {
    const Person* wife = find(household, Role::kWife);
    if (wife == nullptr) continue;
    const auto c = static_cast<std::size_t>(household.culture);
    ++wives[c];
    taken[c] += wife->married != 0 ? 1 : 0;
    if (wife->married == 0) continue;
    EXPECT_EQ(wife->family_on(wife->married), wife->family);
    EXPECT_EQ(wife->family_on(wife->married - 1), wife->birth_family);
  }
  for (const Culture culture : {Culture::kNepali, Culture::kIndian, Culture::kEthiopian}) {
    const auto c = static_cast<std::size_t>(culture);
    ASSERT_GT(wives[c], 200);
    EXPECT_NEAR(taken[c] / wives[c], test::small_world().names[culture].spec.wife_takes_name, 0.08);
  }
}

TEST(WithNames, ChildrenKnowTheirMother) {
  for (const Household& household : people()) {
    const Person* mother = find(household, Role::kWife);
    if (mother == nullptr) continue;
    for (const Person& child : household.people) {
      if (child.member.role != Role::kChild) continue;
      EXPECT_EQ(child.mother, mother->given + ' ' + mother->family);
    }
  }
}

TEST(WithNames, TwinsNamesDifferAndMostlyBeginAlikeOrGoTogether) {
  int pairs = 0;
  int alike = 0;
  for (const Household& household : people()) {
    const CultureNames& culture = test::small_world().names[household.culture];
    for (const Person& person : household.people) {
      if (person.member.twin_of == kNoTwin) continue;
      const Person& first = household.people[person.member.twin_of];
      ++pairs;
      EXPECT_NE(first.given, person.given);
      const bool begins = first.given.substr(0, 2) == person.given.substr(0, 2);
      const auto goes = [&](const TwinNames& t) {
        return t.first == first.given && t.second == person.given;
      };
      const auto& lists = person.member.is_female ? culture.female_twins : culture.male_twins;
      alike += begins || std::any_of(lists.begin(), lists.end(), goes) ? 1 : 0;
    }
  }
  ASSERT_GT(pairs, 100);
  EXPECT_GT(alike, pairs * 6 / 10);
}

TEST(WithNames, SomeSonsHaveTheirFathersName) {
  double sons = 0;
  double named = 0;
  for (const Household& household : people()) {
    const Person* father = find(household, Role::kHusband);
    if (father == nullptr) continue;
    for (const Person& child : household.people) {
      if (child.member.role != Role::kChild || child.member.is_female) continue;
      ++sons;
      named += child.given == father->given ? 1 : 0;
    }
  }
  EXPECT_NEAR(named / sons, kSonNamedAsFather, 0.008);
}

}  // namespace
}  // namespace tessera
