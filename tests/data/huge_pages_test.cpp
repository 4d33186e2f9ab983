#include "data/huge_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace tessera {
namespace {

TEST(HugePages, ValuesAreAsAnyOthers) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1000}, std::size_t{5'000'000}}) {
    const auto values = new_in_huge_pages<std::uint32_t>(size);
    std::fill_n(values.get(), size, 7U);
    EXPECT_EQ(std::count(values.get(), values.get() + size, 7U), static_cast<std::ptrdiff_t>(size));
  }
}

}  // namespace
}  // namespace tessera
