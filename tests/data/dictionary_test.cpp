#include "data/dictionary.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace tessera {
namespace {

TEST(Dictionary, CodeZeroIsTheMissingValue) {
  const Dictionary dictionary;
  EXPECT_EQ(dictionary.size(), 1U);
  EXPECT_EQ(dictionary[kMissing], "");
}

TEST(Dictionary, TextsComeBackByTheirCodes) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.append("amina"), 1U);
  EXPECT_EQ(dictionary.append("ሐና"), 2U);
  dictionary.shrink_to_fit();
  EXPECT_EQ(dictionary[1], "amina");
  EXPECT_EQ(dictionary[2], "ሐና");
  EXPECT_GE(dictionary.size_bytes(), 5U + 6U);
}

TEST(DictionaryBuilder, EqualTextsShareACode) {
  DictionaryBuilder builder;
  EXPECT_EQ(builder.intern("amina"), 1U);
  EXPECT_EQ(builder.intern("thapa"), 2U);
  EXPECT_EQ(builder.intern("amina"), 1U);
  EXPECT_EQ(builder.dictionary().size(), 3U);
}

TEST(DictionaryBuilder, TheEmptyTextIsMissing) {
  DictionaryBuilder builder;
  EXPECT_EQ(builder.intern(""), kMissing);
  EXPECT_EQ(builder.dictionary().size(), 1U);
}

TEST(DictionaryBuilder, BytesOfZeroAreLikeOthers) {
  DictionaryBuilder builder;
  const Code one = builder.intern(std::string_view("\0", 1));
  const Code two = builder.intern(std::string_view("\0\0", 2));
  EXPECT_NE(one, kMissing);
  EXPECT_NE(one, two);
}

// The slow twin: an ordered map that numbers texts by first appearance.
TEST(DictionaryBuilder, AgreesWithAMapThroughManyGrowths) {
  DictionaryBuilder builder;
  std::map<std::string, Code> known;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::string text = "name " + std::to_string(mix64(i) % 6'000);
    const Code next = static_cast<Code>(known.size() + 1);
    EXPECT_EQ(builder.intern(text), known.try_emplace(text, next).first->second);
  }
  const Dictionary dictionary = std::move(builder).finish();
  ASSERT_EQ(dictionary.size(), known.size() + 1);
  for (const auto& [text, code] : known) EXPECT_EQ(dictionary[code], text);
}

TEST(HashBytes, PrefixesAndPaddingDiffer) {
  std::set<std::uint64_t> hashes;
  std::string text;
  for (int length = 0; length < 40; ++length) {
    hashes.insert(hash_bytes(text));
    text += '\0';
  }
  EXPECT_EQ(hashes.size(), 40U);
}

TEST(Mix64, IsTheFinaliserOfSplitMix64) {
  // The first outputs of SplitMix64 seeded with 0: Steele et al. (2014), as in the Java library.
  EXPECT_EQ(mix64(0), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
}

}  // namespace
}  // namespace tessera
