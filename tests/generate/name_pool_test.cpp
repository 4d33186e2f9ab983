#include "generate/name_pool.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace tessera {
namespace {

const NamePoolOptions kSmall = {
    .common = "Asha Binod Asha Chitra",
    .grammar = {.starts = "Ka Ma Ra", .middles = "ri _", .ends = "la na"},
    .size = 12,
    .offset = 1};

TEST(SplitWords, LeavesOutBlanks) {
  EXPECT_EQ(split_words("  a  bc d "), (std::vector<std::string_view>{"a", "bc", "d"}));
  EXPECT_TRUE(split_words("").empty());
}

TEST(NamePool, PutsTheHandWrittenFirstAndEachNameOnce) {
  const NamePool pool(kSmall);
  EXPECT_EQ(pool[0], "Asha");
  EXPECT_EQ(pool[1], "Binod");
  EXPECT_EQ(pool[2], "Chitra");
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < pool.size(); ++i) names.insert(pool[i]);
  EXPECT_EQ(names.size(), pool.size());
  EXPECT_EQ(pool.size(), 12U);
  EXPECT_TRUE(names.contains("Karila") || names.contains("Kala"));
}

TEST(NamePool, HasFewerWhereTheGrammarEnds) {
  NamePoolOptions options = kSmall;
  options.size = 1000;
  EXPECT_EQ(NamePool(options).size(), 15U);  // 3 by hand, 3 × 2 × 2 composed
}

TEST(NamePool, LeavesOutWhatCannotBeSaid) {
  const NamePool pool({.common = "A",
                       .grammar = {.starts = "Boo", .ends = "ola oula kla"},
                       .size = 10,
                       .offset = 1});
  // Booola has a letter thrice, Boooula likewise: only Bookla is left.
  ASSERT_EQ(pool.size(), 2U);
  EXPECT_EQ(pool[1], "Bookla");
}

TEST(NamePool, DrawsByZipfMandelbrot) {
  const NamePool pool(kSmall);
  Random random(3);
  std::map<std::string_view, int> counts;
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) ++counts[pool.draw(random)];
  double total = 0;
  for (std::size_t i = 0; i < pool.size(); ++i) total += 1.0 / static_cast<double>(i + 2);
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const double expected = kDraws / static_cast<double>(i + 2) / total;
    EXPECT_NEAR(counts[pool[i]], expected, 5 * std::sqrt(expected)) << "rank " << i + 1;
  }
}

TEST(NamePool, DrawsAPoolOfOne) {
  const NamePool pool({.common = "Asha", .size = 1});
  Random random(3);
  EXPECT_EQ(pool.draw(random), "Asha");
}

TEST(DrawComposed, TakesOneOfEachPart) {
  Random random(4);
  for (int i = 0; i < 50; ++i) {
    const std::string name =
        draw_composed({.starts = "Ram", .middles = "a _", .ends = "pur"}, random);
    EXPECT_TRUE(name == "Ramapur" || name == "Rampur") << name;
  }
}

}  // namespace
}  // namespace tessera
