#include "registry/increment.hpp"

#include <algorithm>

#include "engine/changed_links.hpp"
#include "engine/resolve.hpp"
#include "registry/component_rows.hpp"
#include "registry/key_index.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

constexpr std::int64_t kMostChangedShare = 10;  // a tenth: beyond it, all are resolved as fast
constexpr std::int64_t kMostTouchedShare = 2;

// CROSS JOIN: SQLite is not to begin at the records, of which there are many more.
std::vector<std::int64_t> numbers(Database& database, std::string_view sql) {
  std::vector<std::int64_t> all;
  Statement read = database.prepare(sql);
  while (read.step()) all.push_back(read.number(0));
  return all;
}

/// A changed record's links with others, named by the store's rows.
struct FoundLinks {
  std::vector<DoubtfulPair> strong;
  std::vector<DoubtfulPair> doubtful;
  std::uint64_t pairs_compared = 0;
  std::uint64_t records_read = 0;
};

// The records that share a block with a changed one, the changed ones among them.
std::vector<std::int64_t> candidates(Store& store, const PinnedModel& pinned,
                                     const std::vector<std::int64_t>& changed) {
  StoredRecords records = read_records(store, changed);
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const KeyIndex index(store.database());
  const std::vector<std::int64_t> found =
      index.find(make_postings(table, store.job(), pinned.references, records.rows,
                               std::vector<bool>(records.rows.size(), true)));
  std::vector<std::int64_t> all;
  std::set_union(found.begin(), found.end(), changed.begin(), changed.end(),
                 std::back_inserter(all));
  return all;
}

FoundLinks find_links(Store& store, const PinnedModel& pinned,
                      const std::vector<std::int64_t>& changed, const RunLimits& limits) {
  FoundLinks out;
  if (changed.empty()) return out;
  StoredRecords records = read_records(store, candidates(store, pinned, changed));
  out.records_read = records.rows.size();
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  std::vector<bool> is_changed;
  for (const std::int64_t row : records.rows) {
    is_changed.push_back(std::binary_search(changed.begin(), changed.end(), row));
  }
  const ChangedLinks found =
      link_changed(table, is_changed, store.job(), limits, pinned.model, pinned.references);
  out.pairs_compared = found.pairs_compared;
  const double link_bits = store.job().link_threshold.bits();
  for (const Link& link : found.links) {
    const DoubtfulPair pair{records.rows[link.left], records.rows[link.right], link.weight_bits};
    (link.weight_bits >= link_bits ? out.strong : out.doubtful).push_back(pair);
  }
  return out;
}

// Records that decisions taken or withdrawn since the last apply name.
std::vector<std::int64_t> decided_since(Store& store) {
  std::vector<std::int64_t> rows;
  Statement read =
      store.database().prepare("SELECT row, other_row FROM event WHERE seq > ? AND kind IN (?, ?)");
  read.bind(0, store.number("resolved_event"));
  read.bind(1, static_cast<std::int64_t>(EventKind::kDecision));
  read.bind(2, static_cast<std::int64_t>(EventKind::kWithdrawn));
  while (read.step()) {
    rows.push_back(read.number(0));
    rows.push_back(read.number(1));
  }
  return rows;
}

}  // namespace

std::string why_all(Store& store, const std::optional<PinnedModel>& pinned) {
  if (!pinned) return "no model is in force yet";
  if (store.database().number("PRAGMA user_version") < kIndexedVersion) {  // opened for reading
    return "the registry was made by an earlier Tessera";
  }
  const std::int64_t indexed = store.number("index_event");
  if (indexed == 0) return "this is the first with an index of block names";
  if (indexed != pinned->event) return "another model is in force";
  const std::int64_t changed = store.database().number(
      "SELECT count(*) FROM pending p CROSS JOIN record r ON r.row = p.row WHERE r.live = 1");
  if (changed * kMostChangedShare > store.number("live")) {
    return "more than a tenth of the records came or changed";
  }
  return {};
}

std::optional<Increment> find_increment(Store& store, const PinnedModel& pinned,
                                        const RunLimits& limits) {
  Increment increment;
  increment.changed = numbers(store.database(),
                              "SELECT p.row FROM pending p CROSS JOIN record r ON r.row = p.row"
                              " WHERE r.live = 1 ORDER BY p.row");
  FoundLinks found = find_links(store, pinned, increment.changed, limits);
  increment.pairs_compared = found.pairs_compared;
  increment.records_read = found.records_read;
  ComponentRows components(store);
  for (const std::int64_t row : numbers(store.database(), "SELECT row FROM pending")) {
    components.add(row);
  }
  for (const std::int64_t row : decided_since(store)) components.add(row);
  for (const DoubtfulPair& link : found.strong) {
    components.add(link.row);
    components.add(link.other_row);
  }
  increment.touched = components.rows();
  if (static_cast<std::int64_t>(increment.touched.size()) * kMostTouchedShare >
      store.number("live") + static_cast<std::int64_t>(increment.changed.size())) {
    return std::nullopt;
  }
  for (const DoubtfulPair& pair : found.doubtful) {
    if (components.has(pair.row) && components.has(pair.other_row)) continue;
    increment.doubtful.push_back(pair);
  }
  return increment;
}

}  // namespace tessera
