#include "data/huge_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace tessera {
namespace {

TEST(HugePages, ValuesAreAsAnyOthers) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1000}, std::size_t{5'000'000}}) {
    const auto values = new_in_huge_pages<std::uint32_t>(size);
    std::fill_n(values.get(), size, 7U);
    EXPECT_EQ(std::count(values.get(), values.get() + size, 7U), static_cast<std::ptrdiff_t>(size));
  }
}

TEST(HugePages, LargeMemoryBeginsWhereALargePageDoes) {
  constexpr std::size_t kHugePage = std::size_t{2} << 20;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{100}, kHugePage - 1, kHugePage, 5 * kHugePage + 3}) {
    auto* memory = static_cast<unsigned char*>(allocate_for_random_reads(size));
    ASSERT_NE(memory, nullptr);
    if (size >= kHugePage) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % kHugePage, 0U);
    }
    std::fill_n(memory, size, static_cast<unsigned char>(7));
    std::free(memory);
  }
}

TEST(HugePages, MakingPresentChangesNothing) {
  constexpr std::size_t kSize = 10'000'000;
  std::vector<std::uint32_t> values(kSize / 2);
  std::iota(values.begin(), values.end(), 0U);
  values.reserve(kSize);
  make_present(values.data(), kSize * sizeof(std::uint32_t));
  make_present(values.data(), 0);
  make_present(nullptr, 0);
  values.resize(kSize);
  for (std::size_t i = 0; i < kSize; i += 4099) EXPECT_EQ(values[i], i < kSize / 2 ? i : 0U);
}

}  // namespace
}  // namespace tessera
