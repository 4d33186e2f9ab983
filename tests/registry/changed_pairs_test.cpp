#include "registry/changed_pairs.hpp"

#include <gtest/gtest.h>

#include <set>

#include "blocking/block_names.hpp"
#include "engine/changed_links.hpp"
#include "engine/resolve.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::InventedRecord;
using test::SmallRegistry;

std::vector<std::int64_t> pending_rows(Store& store) {
  std::vector<std::int64_t> rows;
  Statement read = store.database().prepare("SELECT row FROM pending ORDER BY row");
  while (read.step()) rows.push_back(read.number(0));
  return rows;
}

// The slow twin: the names of all records.
std::set<SharedKey> all_pairs(Store& store, const PinnedModel& pinned,
                              const std::vector<std::int64_t>& changed) {
  StoredRecords records = read_records(store);
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const std::set<std::int64_t> is_changed(changed.begin(), changed.end());
  std::set<SharedKey> all;
  for_each_rule_names(table, store.job().rules, pinned.references.splits,
                      [&](std::size_t, std::vector<RowKey> names) {
                        std::vector<RowPair> pairs;
                        add_pairs_of_names(std::move(names), pairs);
                        for (const auto& [left, right] : pairs) {
                          std::int64_t row = records.rows[left];
                          std::int64_t other = records.rows[right];
                          if (is_changed.contains(row) == is_changed.contains(other)) {
                            if (!is_changed.contains(row)) continue;
                            if (row > other) std::swap(row, other);
                          } else if (!is_changed.contains(row)) {
                            std::swap(row, other);
                          }
                          all.insert(shared_key(row, other));
                        }
                      });
  return all;
}

TEST(ChangedPairs, AreAllThatShareABlockWithAChangedRecord) {
  const SmallRegistry registry;
  std::vector<InventedRecord> records = test::invented_records(300, 11);
  registry.load({records.begin(), records.end() - 12});
  registry.apply();
  // Some come, some change: what these were known by before is still indexed.
  std::vector<InventedRecord> next(records.end() - 12, records.end());
  for (std::size_t i = 0; i < 9; ++i) {
    InventedRecord changed = records[20 * i];
    changed.family_name = records[20 * i + 7].family_name;
    changed.birth_date = records[20 * i + 7].birth_date;
    next.push_back(changed);
  }
  registry.load(next);
  Store store = registry.open();
  const PinnedModel pinned = store.pinned_model().value();
  const std::vector<std::int64_t> changed = pending_rows(store);
  ASSERT_EQ(changed.size(), next.size());
  const std::vector<SharedKey> found = find_pairs(store, pinned, changed, {}).pairs;
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
  const std::set<SharedKey> pairs(found.begin(), found.end());
  EXPECT_EQ(pairs.size(), found.size());
  const std::set<SharedKey> expected = all_pairs(store, pinned, changed);
  EXPECT_GT(expected.size(), 15U);
  EXPECT_EQ(pairs, expected);
}

TEST(ChangedPairs, AreNoneWhereNothingChanged) {
  const SmallRegistry registry;
  registry.load(test::invented_records(100, 12));
  registry.apply();
  Store store = registry.open();
  EXPECT_TRUE(find_pairs(store, store.pinned_model().value(), {}, {}).pairs.empty());
}

}  // namespace
}  // namespace tessera
