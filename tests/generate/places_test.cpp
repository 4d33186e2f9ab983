#include "generate/places.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/generate/small_world.hpp"

namespace tessera {
namespace {

TEST(Places, VillagesGrowWithThePopulation) {
  const NameBook& names = test::small_world().names;
  EXPECT_EQ(Places(names, 10, 1).villages(), 1U);
  EXPECT_EQ(Places(names, 80'000, 1).villages(), 100U);
  EXPECT_EQ(Places(names, 800'000, 1).villages(), 1000U);
}

TEST(Places, TownsAreLargerAndEveryVillageIsLivedIn) {
  const Places places(test::small_world().names, 80'000, 1);
  Random random(2);
  std::vector<int> people(places.villages());
  constexpr int kPeople = 50'000;
  for (int i = 0; i < kPeople; ++i) ++people.at(places.draw(random));
  EXPECT_NEAR(people[0], kPeople * (0.15 / 2 + 0.85 / 100), 350);  // the first of two towns
  for (const int inhabitants : people) EXPECT_GT(inhabitants, 300);
}

TEST(Places, NeighboursMostlyStayInTheDistrict) {
  const Places places(test::small_world().names, 800'000, 1);
  Random random(3);
  int stayed = 0;
  for (int i = 0; i < 2000; ++i) {
    stayed += places.draw_near(777, random) / kVillagesPerDistrict == 777 / kVillagesPerDistrict;
  }
  EXPECT_NEAR(stayed, 1430, 90);  // 0.7, and a twentieth of the rest by chance
}

TEST(Places, TheLastDistrictMayBeSmall) {
  const Places places(test::small_world().names, 51 * kPersonsPerVillage, 1);
  Random random(4);
  for (int i = 0; i < 500; ++i) ASSERT_LT(places.draw_near(50, random), places.villages());
  EXPECT_FALSE(places.district_of(50).empty());
}

}  // namespace
}  // namespace tessera
