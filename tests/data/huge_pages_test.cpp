#include "data/huge_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace tessera {
namespace {

TEST(HugePages, AVectorIsAsAnyOther) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1000}, std::size_t{5'000'000}}) {
    std::vector<std::uint32_t> vector;
    resize_in_huge_pages(vector, size);
    ASSERT_EQ(vector.size(), size);
    EXPECT_TRUE(std::ranges::all_of(vector, [](std::uint32_t value) { return value == 0; }));
    std::ranges::fill(vector, 7U);
    vector.push_back(8);
    EXPECT_EQ(std::ranges::count(vector, 7U), static_cast<std::ptrdiff_t>(size));
  }
}

}  // namespace
}  // namespace tessera
