#include "generate/household.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tessera {
namespace {

constexpr std::uint64_t kSeed = 11;
constexpr std::uint64_t kHouseholds = 20'000;

TEST(PlanHousehold, IsTheSameEachTime) {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const HouseholdPlan a = plan_household(kSeed, number);
    const HouseholdPlan b = plan_household(kSeed, number);
    ASSERT_EQ(a.size, b.size);
    for (std::size_t i = 0; i < a.size; ++i) {
      EXPECT_EQ(a.members[i].born, b.members[i].born);
      EXPECT_EQ(a.members[i].copies, b.members[i].copies);
    }
  }
}

TEST(PlanHousehold, PeopleAreBornBeforeTodayAndMothersOldEnough) {
  for (std::uint64_t number = 0; number < kHouseholds; ++number) {
    const HouseholdPlan plan = plan_household(kSeed, number);
    ASSERT_GE(plan.size, 1U);
    const Member* mother = nullptr;
    for (const Member& member : plan.people()) {
      ASSERT_LT(member.born, kToday);
      if (member.role == Role::kWife) mother = &member;
      if (member.role == Role::kChild && mother != nullptr) {
        ASSERT_GE(member.born - mother->born, 18 * kYear);
        ASSERT_LE(member.born - mother->born, 45 * kYear);
      }
    }
  }
}

TEST(PlanHousehold, TwinsShareTheirDayOfBirthAndOthersDoNot) {
  std::uint64_t twins = 0;
  std::uint64_t children = 0;
  for (std::uint64_t number = 0; number < kHouseholds; ++number) {
    const HouseholdPlan plan = plan_household(kSeed, number);
    for (std::size_t i = 0; i < plan.size; ++i) {
      const Member& member = plan.members[i];
      if (member.role != Role::kChild) continue;
      ++children;
      if (member.twin_of != kNoTwin) {
        ++twins;
        EXPECT_EQ(member.born, plan.members[member.twin_of].born);
        EXPECT_LT(member.twin_of, i);
      } else if (i > 0 && plan.members[i - 1].role == Role::kChild) {
        EXPECT_GT(member.born, plan.members[i - 1].born);
      }
    }
  }
  EXPECT_NEAR(static_cast<double>(twins) / static_cast<double>(children), kTwinBirth, 0.003);
}

TEST(PlanHousehold, SizesAreThoseOfHouseholds) {
  std::uint64_t persons = 0;
  std::size_t largest = 0;
  for (std::uint64_t number = 0; number < kHouseholds; ++number) {
    const std::size_t size = plan_household(kSeed, number).size;
    persons += size;
    largest = std::max(largest, size);
  }
  const double mean = static_cast<double>(persons) / kHouseholds;
  EXPECT_GT(mean, 3.0);
  EXPECT_LT(mean, 5.5);
  EXPECT_GT(largest, 8U);
  EXPECT_LE(largest, kMaxMembers);
}

TEST(PlanHousehold, CoverageAndDuplicatesKeepTheirRates) {
  std::array<double, kRegistries> covered{};
  std::array<double, kRegistries> extra{};
  double persons = 0;
  for (std::uint64_t number = 0; number < kHouseholds; ++number) {
    const HouseholdPlan plan = plan_household(kSeed, number);
    for (const Member& member : plan.people()) {
      ++persons;
      for (std::size_t r = 0; r < kRegistries; ++r) {
        covered[r] += member.copies[r] > 0 ? 1 : 0;
        extra[r] += member.copies[r] > 1 ? member.copies[r] - 1 : 0;
      }
    }
  }
  EXPECT_NEAR(covered[0] / persons,
              kHouseholdInsured * kClientIfInsured + (1 - kHouseholdInsured) * kClientElse, 0.01);
  EXPECT_NEAR(covered[1] / persons,
              kHouseholdPoor * kSocialIfPoor + (1 - kHouseholdPoor) * kSocialElse, 0.01);
  EXPECT_NEAR(extra[0] / (covered[0] + extra[0]), 0.04, 0.003);
  EXPECT_NEAR(extra[1] / (covered[1] + extra[1]), 0.02, 0.003);
  EXPECT_EQ(extra[2], 0);
}

TEST(CutToRecords, LeavesExactlySoMany) {
  for (std::uint64_t number = 0; number < 300; ++number) {
    const HouseholdPlan plan = plan_household(kSeed, number);
    for (std::uint64_t records = 0; records <= plan.records(); ++records) {
      EXPECT_EQ(cut_to_records(plan, records).records(), records);
    }
    EXPECT_EQ(cut_to_records(plan, 1000).records(), plan.records());
  }
}

}  // namespace
}  // namespace tessera
