#include "registry/key_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "data/error.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using Postings = std::vector<std::vector<Posting>>;

Postings random_postings(std::mt19937& random, std::size_t count, std::uint32_t keys) {
  Postings postings(3);
  for (std::size_t i = 0; i < count; ++i) {
    // Keys spread over all 32 bits, so that pages of every part are met.
    const auto key = static_cast<std::uint32_t>((random() % keys) * 2654435761U);
    postings[random() % 3].push_back({key, static_cast<std::int64_t>(random() % 100'000)});
  }
  return postings;
}

std::vector<std::int64_t> rows_with(const std::vector<std::set<Posting>>& held,
                                    const Postings& wanted) {
  std::set<std::int64_t> rows;
  for (std::size_t rule = 0; rule < wanted.size(); ++rule) {
    std::set<std::uint32_t> keys;
    for (const Posting& posting : wanted[rule]) keys.insert(posting.key);
    for (const Posting& posting : held[rule]) {
      if (keys.contains(posting.key)) rows.insert(posting.row);
    }
  }
  return {rows.begin(), rows.end()};
}

// Against sets of postings: many runs, small and large, taken up by each other.
TEST(KeyIndex, FindsWhatWasAdded) {
  const SmallRegistry registry;
  Store store = registry.open();
  KeyIndex index(store.database());
  std::mt19937 random(1);
  std::vector<std::set<Posting>> held(3);
  for (const std::size_t count : {5000U, 10U, 40U, 3U, 0U, 900U, 7U, 7U, 20'000U, 50U}) {
    const Postings added = random_postings(random, count, 3000);
    for (std::size_t rule = 0; rule < 3; ++rule) {
      held[rule].insert(added[rule].begin(), added[rule].end());
    }
    index.add(added);
    const Postings wanted = random_postings(random, 60, 6000);
    EXPECT_EQ(index.find(wanted), rows_with(held, wanted));
  }
  for (std::size_t rule = 0; rule < 3; ++rule) {
    EXPECT_EQ(index.all(rule), std::vector<Posting>(held[rule].begin(), held[rule].end()));
  }
  EXPECT_LE(store.database().number("SELECT count(*) FROM posting_run"), 3);
}

TEST(KeyIndex, RunsStayFew) {
  const SmallRegistry registry;
  Store store = registry.open();
  KeyIndex index(store.database());
  std::mt19937 random(2);
  for (int i = 0; i < 100; ++i) {
    index.add(random_postings(random, 20, 1'000'000));
    ASSERT_LE(store.database().number("SELECT count(*) FROM posting_run"), 8) << i;
  }
}

TEST(KeyIndex, RemovesRowsFromEveryRun) {
  const SmallRegistry registry;
  Store store = registry.open();
  KeyIndex index(store.database());
  std::mt19937 random(3);
  Postings all(3);
  for (const std::size_t count : {4000U, 100U}) {
    const Postings added = random_postings(random, count, 500);
    for (std::size_t rule = 0; rule < 3; ++rule) {
      all[rule].insert(all[rule].end(), added[rule].begin(), added[rule].end());
    }
    index.add(added);
  }
  std::vector<std::int64_t> gone = {all[0][0].row, all[1][1].row, all[2].back().row};
  std::sort(gone.begin(), gone.end());
  index.remove(gone);
  const std::vector<std::int64_t> found = index.find(all);
  EXPECT_GT(found.size(), 3000U);
  for (const std::int64_t row : gone) {
    EXPECT_FALSE(std::binary_search(found.begin(), found.end(), row)) << row;
  }
}

TEST(KeyIndex, ADamagedPageIsTold) {
  const SmallRegistry registry;
  Store store = registry.open();
  KeyIndex index(store.database());
  const Postings one = {{{7, 1}}, {{8, 2}}};
  index.add(one);
  EXPECT_EQ(index.find(one), (std::vector<std::int64_t>{1, 2}));
  store.database().execute("UPDATE posting SET postings = x'00010203040506070809'");
  EXPECT_THROW(index.find(one), Error);
  store.database().execute("UPDATE posting SET postings = x'00'");
  EXPECT_THROW(index.find(one), Error);
}

}  // namespace
}  // namespace tessera
