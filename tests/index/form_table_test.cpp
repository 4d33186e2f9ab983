#include "index/form_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "data/dictionary.hpp"  // mix64

namespace tessera {
namespace {

std::vector<std::uint64_t> some_hashes(std::uint32_t word) {
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t i = 0; i < word % 12; ++i) hashes.push_back(mix64((word * 7 + i) % 900));
  return hashes;
}

std::vector<std::uint32_t> words_under(const FormTable& table, std::uint64_t hash) {
  std::vector<std::uint32_t> words;
  table.for_each(hash, [&](std::uint32_t word) { words.push_back(word); });
  return words;
}

class FormTableOf : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(FormTableOf, FindsWhatWasPutUnderEachHash) {
  std::map<std::uint64_t, std::vector<std::uint32_t>> expected;
  std::size_t entries = 0;
  for (std::uint32_t word = 0; word < GetParam(); ++word) {
    for (const std::uint64_t hash : some_hashes(word)) {
      expected[hash].push_back(word);
      ++entries;
    }
  }
  const FormTable table(GetParam(), some_hashes);
  EXPECT_EQ(table.size(), entries);
  EXPECT_GE(table.size_bytes(), entries * 8);
  for (const auto& [hash, words] : expected) ASSERT_EQ(words_under(table, hash), words);
  for (std::uint64_t i = 900; i < 3000; ++i) ASSERT_TRUE(words_under(table, mix64(i)).empty());
}

// Few words, some, and more than are put in at once.
INSTANTIATE_TEST_SUITE_P(Words, FormTableOf, ::testing::Values(1U, 2U, 3U, 100U, 5000U, 40'000U));

TEST(FormTable, OfNoWordsFindsNothing) {
  EXPECT_TRUE(words_under(FormTable(), 7).empty());
  EXPECT_TRUE(words_under(FormTable(0, some_hashes), 7).empty());
}

}  // namespace
}  // namespace tessera
