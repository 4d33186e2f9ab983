// A small population for tests of people and clerks.
#pragma once

#include <vector>

#include "generate/person.hpp"

namespace tessera::test {

/// Made once: building a world costs more than a test.
inline const World& small_world() {
  static const World world(11, 60'000);
  return world;
}

/// The first households of small_world(), named.
inline std::vector<Household> households(std::uint64_t count) {
  std::vector<Household> made;
  made.reserve(count);
  for (std::uint64_t number = 0; number < count; ++number) {
    made.push_back(make_household(plan_household(small_world().seed, number), small_world()));
  }
  return made;
}

}  // namespace tessera::test
