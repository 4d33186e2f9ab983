#include "registry/index_pages.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/resolve.hpp"
#include "registry/index_page.hpp"
#include "registry/key_index.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

// Against make_postings, which an increment goes by: the index made anew has the same of all rows.
TEST(IndexPages, HoldWhatRowByRowPostingsAre) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(400, 5));
  registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const PinnedModel pinned = store.pinned_model().value();
  StoredRecords records = read_records(store);
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const std::vector<std::vector<Posting>> expected =
      make_postings(table, store.job(), pinned.references, records.rows,
                    std::vector<bool>(records.rows.size(), true));
  IndexPages pages(table, store.job(), pinned.references, records.rows);
  std::size_t rules = 0;
  pages.take([&](std::size_t rule, const RulePages& made) {
    EXPECT_EQ(rule, rules++);
    std::vector<Posting> all;
    for (const RulePages::Page& page : made.pages) {
      const auto read = decode_page(page.bytes, page.part, pages.part_bits());
      ASSERT_TRUE(read.has_value());
      all.insert(all.end(), read->begin(), read->end());
    }
    EXPECT_EQ(all, expected[rule]) << rule;
    EXPECT_EQ(made.postings, all.size());
  });
  EXPECT_EQ(rules, store.job().rules.size());
}

TEST(IndexPages, MayBeDropped) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(100, 6));
  registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const PinnedModel pinned = store.pinned_model().value();
  StoredRecords records = read_records(store);
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const IndexPages dropped(table, store.job(), pinned.references, records.rows);
  EXPECT_GT(dropped.part_bits() + 1, 0U);
}

}  // namespace
}  // namespace tessera
