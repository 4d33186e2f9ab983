#include "data/count_text.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace tessera {
namespace {

TEST(Counted, OneIsOneAndAllElseAreSeveral) {
  EXPECT_EQ(counted(0, "link"), "0 links");
  EXPECT_EQ(counted(1, "link"), "1 link");
  EXPECT_EQ(counted(2, "link"), "2 links");
  EXPECT_EQ(counted(12'345'678, "record"), "12,345,678 records");
  EXPECT_EQ(counted(1, "entity", "entities"), "1 entity");
  EXPECT_EQ(counted(2, "entity", "entities"), "2 entities");
}

TEST(SizeText, IsInPowersOfTen) {
  const std::pair<std::uint64_t, const char*> kCases[] = {{0, "0 kB"},
                                                          {840'400, "840 kB"},
                                                          {999'499, "999 kB"},
                                                          {999'500, "1 MB"},
                                                          {412'000'000, "412 MB"},
                                                          {999'499'999, "999 MB"},
                                                          {999'500'000, "1.0 GB"},
                                                          {1'310'000'000, "1.3 GB"},
                                                          {19'200'000'000, "19.2 GB"}};
  for (const auto& [bytes, text] : kCases) EXPECT_EQ(size_text(bytes), text);
}

}  // namespace
}  // namespace tessera
