#include "registry/increment.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "data/check.hpp"
#include "engine/changed_links.hpp"
#include "engine/resolve.hpp"
#include "registry/changed_pairs.hpp"
#include "registry/component_rows.hpp"
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
  std::vector<std::vector<Posting>> postings;
  std::uint64_t pairs_compared = 0;
  std::uint64_t records_read = 0;
};

std::vector<std::int64_t> rows_of(std::span<const SharedKey> pairs) {
  std::vector<bool> is_named;
  const auto name = [&](std::uint32_t row) {
    if (row >= is_named.size()) is_named.resize(std::size_t{row} + 1);
    is_named[row] = true;
  };
  for (const SharedKey& pair : pairs) {
    name(pair.row);
    name(pair.other_row);
  }
  std::vector<std::int64_t> rows;
  for (std::size_t row = 0; row < is_named.size(); ++row) {
    if (is_named[row]) rows.push_back(static_cast<std::int64_t>(row));
  }
  return rows;
}

/// From the store's rows to those of a table read from it.
class TableRows {
 public:
  explicit TableRows(std::span<const std::int64_t> rows) {
    if (rows.empty()) return;
    of_.assign(static_cast<std::size_t>(*std::max_element(rows.begin(), rows.end())) + 1, kNone);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      of_[static_cast<std::size_t>(rows[i])] = static_cast<Row>(i);
    }
  }

  /// Not where the record is gone.
  std::optional<Row> of(std::int64_t row) const {
    const auto at = static_cast<std::size_t>(row);
    if (at >= of_.size() || of_[at] == kNone) return std::nullopt;
    return of_[at];
  }

 private:
  static constexpr Row kNone = ~Row{0};
  std::vector<Row> of_;
};

Stars stars_of(std::span<const SharedKey> pairs, const TableRows& rows) {
  Stars stars;
  stars.starts.push_back(0);
  for (std::size_t start = 0, i = 1; i <= pairs.size(); ++i) {
    if (i < pairs.size() && pairs[i].row == pairs[start].row) continue;
    if (const std::optional<Row> centre = rows.of(pairs[start].row)) {
      stars.rows.push_back(*centre);
      for (const SharedKey& pair : pairs.subspan(start, i - start)) {
        if (const std::optional<Row> other = rows.of(pair.other_row)) stars.rows.push_back(*other);
      }
      stars.starts.push_back(static_cast<std::uint32_t>(stars.rows.size()));
    }
    start = i;
  }
  TESSERA_CHECK(stars.rows.size() <= std::numeric_limits<std::uint32_t>::max());
  return stars;
}

// Leaves the links whose records share a block.
void keep_shared(Store& store, const PinnedModel& pinned, std::vector<DoubtfulPair>& links) {
  std::vector<SharedKey> named;
  for (const DoubtfulPair& link : links) named.push_back(shared_key(link.row, link.other_row));
  StoredRecords records = read_to_compare(store, rows_of(named));
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const TableRows rows(records.rows);
  std::vector<RowPair> pairs;
  for (const DoubtfulPair& link : links) {
    pairs.emplace_back(rows.of(link.row).value(), rows.of(link.other_row).value());
  }
  const std::vector<bool> share = share_blocks(table, pairs, store.job(), pinned.references);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (share[i]) links[kept++] = links[i];
  }
  links.resize(kept);
}

FoundLinks find_links(Store& store, const PinnedModel& pinned,
                      const std::vector<std::int64_t>& changed, const RunLimits& limits) {
  FoundLinks out;
  if (changed.empty()) return out;
  ChangedPairs found = find_pairs(store, pinned, changed, limits);
  out.postings = std::move(found.postings);
  const std::vector<SharedKey> pairs = std::move(found.pairs);
  if (pairs.empty()) return out;
  StoredRecords records = read_to_compare(store, rows_of(pairs));
  out.records_read = records.rows.size();
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const ScoredPairs scored = link_stars(table, stars_of(pairs, TableRows(records.rows)),
                                        store.job(), limits, pinned.model);
  out.pairs_compared = scored.pairs_compared;
  std::vector<DoubtfulPair> links;
  for (const Link& link : scored.links) {
    links.push_back({records.rows[link.left], records.rows[link.right], link.weight_bits});
  }
  keep_shared(store, pinned, links);
  const double link_bits = store.job().link_threshold.bits();
  for (const DoubtfulPair& pair : links) {
    (pair.weight_bits >= link_bits ? out.strong : out.doubtful).push_back(pair);
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
  increment.postings = std::move(found.postings);
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
