#include "generate/permutation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tessera {
namespace {

TEST(KeyedPermutation, IsOneToOneAtEverySmallSize) {
  for (std::uint64_t size = 1; size <= 300; ++size) {
    const KeyedPermutation permutation(size, size * 31);
    std::vector<bool> seen(size, false);
    for (std::uint64_t number = 0; number < size; ++number) {
      const std::uint64_t image = permutation(number);
      ASSERT_LT(image, size);
      ASSERT_FALSE(seen[image]) << size;
      seen[image] = true;
    }
  }
}

TEST(KeyedPermutation, AnotherKeyIsAnotherOrder) {
  const KeyedPermutation a(10'000, 1);
  const KeyedPermutation b(10'000, 2);
  int equal = 0;
  for (std::uint64_t number = 0; number < 10'000; ++number) equal += a(number) == b(number) ? 1 : 0;
  EXPECT_LT(equal, 10);  // one is expected by chance
}

TEST(KeyedPermutation, ImageSaysNothingOfTheNumber) {
  constexpr std::uint64_t kSize = 1'000'000;
  const KeyedPermutation permutation(kSize, 5);
  // Pearson's correlation of two even orders: the standard deviation is 1 / sqrt(n).
  double sum = 0;
  const double mean = (kSize - 1) / 2.0;
  for (std::uint64_t number = 0; number < kSize; ++number) {
    sum += (static_cast<double>(number) - mean) * (static_cast<double>(permutation(number)) - mean);
  }
  const double variance = (static_cast<double>(kSize) * kSize - 1) / 12;
  EXPECT_LT(std::abs(sum / kSize / variance), 0.005);
}

TEST(KeyedPermutation, NeighboursPartWays) {
  const KeyedPermutation permutation(10'000'000'000, 5);
  int near = 0;
  for (std::uint64_t number = 0; number < 10'000; ++number) {
    const auto a = static_cast<std::int64_t>(permutation(number));
    const auto b = static_cast<std::int64_t>(permutation(number + 1));
    near += std::abs(a - b) < 10'000'000 ? 1 : 0;  // a thousandth of the range: 20 by chance
  }
  EXPECT_LT(near, 45);
}

}  // namespace
}  // namespace tessera
