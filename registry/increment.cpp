#include "registry/increment.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/changed_links.hpp"
#include "engine/resolve.hpp"
#include "registry/key_index.hpp"
#include "registry/plan.hpp"
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

/// Gathers the live records of whole components: from any record on, all that its identity, the
/// identities of its component and its decisions bring in.
class Gatherer {
 public:
  explicit Gatherer(Store& store)
      : store_(store),
        of_record_(store.database().prepare("SELECT live, entity FROM record WHERE row = ?")),
        of_entity_(store.database().prepare("SELECT row FROM record WHERE entity = ?")),
        component_(store.database().prepare("SELECT component FROM kin WHERE entity = ?")),
        kin_(store.database().prepare("SELECT entity FROM kin WHERE component = ?")) {
    // A match that no longer holds kept records together until now.
    Statement matches = store.database().prepare(
        "SELECT row, other_row FROM decision"
        " WHERE match = 1 AND (withdrawn IS NULL OR withdrawn > ?)");
    matches.bind(0, store.number("resolved_event"));
    while (matches.step()) {
      matched_[matches.number(0)].push_back(matches.number(1));
      matched_[matches.number(1)].push_back(matches.number(0));
    }
  }

  void add(std::int64_t row) {
    waiting_.push_back(row);
    while (!waiting_.empty()) {
      const std::int64_t next = waiting_.back();
      waiting_.pop_back();
      if (seen_.insert(next).second) take(next);
    }
  }

  bool has(std::int64_t row) const { return live_.contains(row); }

  std::vector<std::int64_t> rows() const {
    std::vector<std::int64_t> all(live_.begin(), live_.end());
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  void take(std::int64_t row) {
    of_record_.bind(0, row);
    if (of_record_.step()) {
      if (of_record_.number(0) != 0) live_.insert(row);
      const EntityNumber entity = of_record_.number(1);
      of_record_.reset();
      if (entity != 0) take_identity(entity);
    }
    if (const auto found = matched_.find(row); found != matched_.end()) {
      waiting_.insert(waiting_.end(), found->second.begin(), found->second.end());
    }
  }

  void take_identity(EntityNumber entity) {
    if (!entities_.insert(entity).second) return;
    of_entity_.bind(0, entity);
    while (of_entity_.step()) waiting_.push_back(of_entity_.number(0));
    component_.bind(0, entity);
    if (!component_.step()) return;
    const std::int64_t component = component_.number(0);
    component_.reset();
    std::vector<EntityNumber> others;
    kin_.bind(0, component);
    while (kin_.step()) others.push_back(kin_.number(0));
    for (const EntityNumber other : others) take_identity(other);
  }

  Store& store_;
  Statement of_record_;
  Statement of_entity_;
  Statement component_;
  Statement kin_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> matched_;
  std::vector<std::int64_t> waiting_;
  std::unordered_set<std::int64_t> seen_;
  std::unordered_set<std::int64_t> live_;
  std::unordered_set<EntityNumber> entities_;
};

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
  if (store.database().number("PRAGMA user_version") < kStoreVersion) {  // opened for reading
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
  Gatherer gatherer(store);
  for (const std::int64_t row : numbers(store.database(), "SELECT row FROM pending")) {
    gatherer.add(row);
  }
  for (const std::int64_t row : decided_since(store)) gatherer.add(row);
  for (const DoubtfulPair& link : found.strong) {
    gatherer.add(link.row);
    gatherer.add(link.other_row);
  }
  increment.touched = gatherer.rows();
  if (static_cast<std::int64_t>(increment.touched.size()) * kMostTouchedShare >
      store.number("live") + static_cast<std::int64_t>(increment.changed.size())) {
    return std::nullopt;
  }
  for (const DoubtfulPair& pair : found.doubtful) {
    if (gatherer.has(pair.row) && gatherer.has(pair.other_row)) continue;
    increment.doubtful.push_back(pair);
  }
  return increment;
}

}  // namespace tessera
