#include "registry/index_page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace tessera {
namespace {

std::vector<Posting> random_postings(std::mt19937_64& random, std::size_t count) {
  std::set<Posting> postings;
  while (postings.size() < count) {
    postings.insert({static_cast<std::uint32_t>(random()),
                     static_cast<std::int64_t>(random() >> (random() % 60 + 4))});
  }
  return {postings.begin(), postings.end()};
}

TEST(IndexPage, GivesBackWhatWasWritten) {
  std::mt19937_64 random(1);
  for (const unsigned bits : {0U, 1U, 7U, 24U}) {
    for (const std::size_t count : {1U, 2U, 500U}) {
      const std::vector<Posting> postings = random_postings(random, count);
      std::vector<Posting> read;
      for_each_part(postings, bits, [&](std::uint32_t part, std::span<const Posting> of_part) {
        for (const Posting& posting : of_part) ASSERT_EQ(part_of(posting.key, bits), part);
        const auto back = decode_page(encode_page(of_part, part, bits), part, bits);
        ASSERT_TRUE(back.has_value());
        read.insert(read.end(), back->begin(), back->end());
      });
      EXPECT_EQ(read, postings) << bits << " bits, " << count;
    }
  }
}

TEST(IndexPage, AnyChangedByteIsSeen) {
  const std::vector<Posting> postings = {{7, 1}, {7, 900}, {1'000'000, 3}};
  const std::string page = encode_page(postings, 0, 0);
  for (std::size_t at = 0; at < page.size(); ++at) {
    std::string bad = page;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(decode_page(bad, 0, 0).has_value()) << at;
  }
  EXPECT_FALSE(decode_page(page.substr(0, 5), 0, 0).has_value());
}

// Against a set: keys cut to 32 bits, rows of the store, each once.
TEST(IndexPage, PostingsAreAscendingAndEachOnce) {
  std::mt19937_64 random(2);
  std::vector<std::int64_t> rows(40);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<std::int64_t>(1000 - i);
  std::vector<RowKey> names;
  std::set<Posting> expected;
  for (int i = 0; i < 600; ++i) {
    const RowKey name = {(random() % 9) << 32 | (random() % 2), static_cast<Row>(random() % 40)};
    names.push_back(name);
    expected.insert({static_cast<std::uint32_t>(name.key >> 32), rows[name.row]});
  }
  EXPECT_EQ(postings_of(names, rows), std::vector<Posting>(expected.begin(), expected.end()));
}

TEST(IndexPage, PartsGrowWithTheRule) {
  EXPECT_EQ(part_bits(0), 0U);
  EXPECT_EQ(part_bits(699), 0U);
  EXPECT_EQ(part_bits(700), 1U);
  EXPECT_EQ(part_bits(1'000'000), 11U);
  EXPECT_EQ(part_bits(std::size_t{1} << 60), kPartBits);
}

}  // namespace
}  // namespace tessera
