#include "data/word_list.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tessera {
namespace {

TEST(WordSet, HoldsExactlyWhatWasInserted) {
  WordSet words;
  EXPECT_TRUE(words.empty());
  for (int i = 0; i < 2000; i += 2) words.insert(std::to_string(i));
  EXPECT_FALSE(words.empty());
  for (int i = 0; i < 2000; ++i) EXPECT_EQ(words.contains(std::to_string(i)), i % 2 == 0) << i;
  EXPECT_FALSE(words.contains(""));
}

TEST(ForEachPart, LeavesOutEmptyParts) {
  std::vector<std::string> parts;
  for_each_part("|a||b c|", '|', [&](std::string_view part) { parts.emplace_back(part); });
  EXPECT_EQ(parts, (std::vector<std::string>{"a", "b c"}));
  for_each_part("", '|', [&](std::string_view) { FAIL() << "there is no part"; });
}

TEST(FoldedNames, AreFoldedAsNames) {
  const WordSet words = folded_names("Nouveau-né|O'Brien");
  EXPECT_TRUE(words.contains("nouveau ne"));
  EXPECT_TRUE(words.contains("obrien"));
  EXPECT_FALSE(words.contains("nouveau-né"));
}

}  // namespace
}  // namespace tessera
