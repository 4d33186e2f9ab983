#include "registry/changed_pairs.hpp"

#include <algorithm>

#include "blocking/block_names.hpp"
#include "engine/changed_links.hpp"
#include "engine/resolve.hpp"
#include "engine/thread_limit.hpp"
#include "registry/records.hpp"

namespace tessera {

ChangedPairs find_pairs(Store& store, const PinnedModel& pinned,
                        const std::vector<std::int64_t>& changed, const RunLimits& limits) {
  const ThreadLimit threads(limits);
  StoredRecords records = read_records(store, changed);
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  ChangedPairs found;
  std::vector<RowPair> among;
  for_each_rule_names(table, store.job().rules, pinned.references.splits,
                      [&](std::size_t, std::vector<RowKey> names) {
                        found.postings.push_back(postings_of(names, records.rows));
                        add_pairs_of_names(std::move(names), among);
                      });
  std::vector<SharedKey>& pairs = found.pairs;
  pairs = KeyIndex(store.database()).find(found.postings, changed);
  const auto with_others = static_cast<std::ptrdiff_t>(pairs.size());
  for (const auto& [left, right] : among) {
    const std::int64_t row = records.rows[left];
    const std::int64_t other = records.rows[right];
    pairs.push_back(shared_key(std::min(row, other), std::max(row, other)));
  }
  std::sort(pairs.begin() + with_others, pairs.end());
  std::inplace_merge(pairs.begin(), pairs.begin() + with_others, pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return found;
}

}  // namespace tessera
