#include "data/free_memory.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace tessera {
namespace {

TEST(ReleaseFreeMemory, LeavesWhatIsInUseAlone) {
  std::vector<int> kept(100'000);
  std::iota(kept.begin(), kept.end(), 0);
  { const std::vector<int> freed(1'000'000, 7); }
  release_free_memory();
  for (int i = 0; i < 100'000; ++i) ASSERT_EQ(kept[static_cast<std::size_t>(i)], i);
}

TEST(GiveBack, KeepsNoMemory) {
  std::vector<int> values(1000);
  give_back(values);
  EXPECT_TRUE(values.empty());
  EXPECT_EQ(values.capacity(), 0U);
}

}  // namespace
}  // namespace tessera
