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

/// The slow twin of find.
std::vector<SharedKey> pairs_with(const std::vector<std::set<Posting>>& held,
                                  const Postings& wanted, const std::set<std::int64_t>& but) {
  std::set<SharedKey> pairs;
  for (std::size_t rule = 0; rule < wanted.size(); ++rule) {
    for (const Posting& want : wanted[rule]) {
      for (auto have = held[rule].lower_bound({want.key, 0});
           have != held[rule].end() && have->key == want.key; ++have) {
        if (!but.contains(have->row)) pairs.insert(shared_key(want.row, have->row));
      }
    }
  }
  return {pairs.begin(), pairs.end()};
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
    std::set<std::int64_t> but;
    for (const Posting& posting : held[0]) {
      if (random() % 3 == 0) but.insert(posting.row);
    }
    const std::vector<std::int64_t> left_out(but.begin(), but.end());
    EXPECT_EQ(index.find(wanted, {}), pairs_with(held, wanted, {}));
    EXPECT_EQ(index.find(wanted, left_out), pairs_with(held, wanted, but));
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
  std::set<std::int64_t> found;
  for (const SharedKey& pair : index.find(all, {})) found.insert(pair.other_row);
  EXPECT_GT(found.size(), 3000U);
  for (const std::int64_t row : gone) EXPECT_FALSE(found.contains(row)) << row;
}

TEST(KeyIndex, ADamagedPageIsTold) {
  const SmallRegistry registry;
  Store store = registry.open();
  KeyIndex index(store.database());
  const Postings one = {{{7, 1}}, {{8, 2}}};
  index.add(one);
  EXPECT_EQ(index.find(one, {}), (std::vector{shared_key(1, 1), shared_key(2, 2)}));
  store.database().execute("UPDATE posting SET postings = x'00010203040506070809'");
  EXPECT_THROW(index.find(one, {}), Error);
  store.database().execute("UPDATE posting SET postings = x'00'");
  EXPECT_THROW(index.find(one, {}), Error);
}

}  // namespace
}  // namespace tessera
