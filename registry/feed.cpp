#include "registry/feed.hpp"

#include <algorithm>

#include "data/error.hpp"
#include "registry/inspect.hpp"

namespace tessera {

Feed::Feed(Store& store, std::int64_t since) : since_(since) {
  Transaction transaction(store.database(), Transaction::Kind::kRead);
  Database& database = store.database();
  last_ = ledger_head(database).sequence;
  if (since < 0 || since > last_) {
    throw Error(ErrorCode::kUsage, "--since " + std::to_string(since),
                "the registry's events end with " + std::to_string(last_) +
                    "; give what the exchange before printed, or 0 for all");
  }
  if (database.number("SELECT count(*) FROM entity") == 0) {
    throw Error(ErrorCode::kRefused, store.path().string(),
                "has no identities yet; run `tessera apply` first");
  }
  pending_ = database.number("SELECT count(*) FROM pending");
  if (pending_ > 0) last_ = store.number("resolved_event");
  last_at_ = utc_text(database.number("SELECT at FROM run ORDER BY n DESC LIMIT 1"));
  for (const SourceSpec& source : store.job().sources) sources_.push_back(source.name);
  read_records(store);
  read_changes(database);
  read_events(database, since);
  read_open_pairs(store);
  read_groups(database);
}

void Feed::read_records(Store& store) {
  Database& database = store.database();
  Statement read = database.prepare(
      "SELECT row, source, id, entity FROM record WHERE live = 1 AND entity IS NOT NULL"
      " AND entity <> 0 AND id IS NOT NULL ORDER BY source, id");
  while (read.step()) {
    records_.push_back({read.number(0), static_cast<std::size_t>(read.number(1)),
                        std::string(read.text(2)), read.number(3), 0, 0});
  }
  std::sort(records_.begin(), records_.end(), [](const FeedRecord& a, const FeedRecord& b) {
    return a.source != b.source ? a.source < b.source : a.id < b.id;
  });
  for (std::size_t i = 0; i < records_.size(); ++i) {
    of_entity_[records_[i].entity].push_back(i);
    of_row_[records_[i].row] = i;
  }
  Statement names = database.prepare("SELECT n, id FROM entity");
  while (names.step()) identifiers_[names.number(0)] = std::string(names.text(1));
}

// By the row's own column, not by an event each: a load of a million records stays one event.
void Feed::read_changes(Database& database) {
  if (database.number("PRAGMA user_version") < kChangedVersion) return;  // opened for reading
  Statement read = database.prepare(
      "SELECT row, changed FROM record WHERE changed IS NOT NULL"
      " AND row NOT IN (SELECT row FROM pending)");
  while (read.step()) {
    const auto found = of_row_.find(read.number(0));
    if (found == of_row_.end()) continue;
    FeedRecord& record = records_[found->second];
    record.changed = read.number(1);
    if (record.changed > since_) changed_.emplace(record.entity, record.source);
  }
}

void Feed::read_events(Database& database, std::int64_t since) {
  // A record that is gone is looked up too: it left its identity.
  Statement read = database.prepare(
      "SELECT e.seq, e.kind, e.row, e.other_row, e.entity, a.source FROM event e"
      " LEFT JOIN record a ON a.row = e.row"
      " WHERE e.row IS NOT NULL");
  while (read.step()) {
    const std::int64_t sequence = read.number(0);
    const bool is_new = sequence > since && sequence <= last_;
    const bool is_link = static_cast<EventKind>(read.number(1)) == EventKind::kLinked;
    for (const int column : {2, 3}) {
      const auto found = read.is_null(column) ? of_row_.end() : of_row_.find(read.number(column));
      if (found == of_row_.end()) continue;
      FeedRecord& record = records_[found->second];
      if (is_link) record.linked = std::max(record.linked, sequence);
      if (is_new) touched_.emplace(record.entity, record.source);
    }
    if (is_new && !read.is_null(4) && !read.is_null(5)) {
      touched_.emplace(read.number(4), static_cast<std::size_t>(read.number(5)));
    }
  }
}

void Feed::read_open_pairs(Store& store) {
  for (const QueueLine& line : read_queue(store)) {
    const auto left = of_row_.find(line.row);
    const auto right = of_row_.find(line.other_row);
    if (left == of_row_.end() || right == of_row_.end()) continue;
    open_.push_back({left->second, right->second, line.reason});
  }
}

void Feed::read_groups(Database& database) {
  if (database.number("PRAGMA user_version") < kGroupsVersion) return;  // opened for reading
  Statement read = database.prepare(
      "SELECT g.source, g.id, l.id FROM source_group g JOIN lasting_group l ON l.n = g.lasting"
      " WHERE l.living = 1");
  while (read.step()) {
    groups_[{static_cast<std::size_t>(read.number(0)), std::string(read.text(1))}] = read.text(2);
  }
}

std::optional<std::size_t> Feed::source(std::string_view name) const {
  const auto found = std::find(sources_.begin(), sources_.end(), name);
  if (found == sources_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sources_.begin());
}

const FeedRecord* Feed::find(std::size_t source, std::string_view id) const {
  const auto at = std::lower_bound(records_.begin(), records_.end(), id,
                                   [&](const FeedRecord& record, std::string_view wanted) {
                                     if (record.source != source) return record.source < source;
                                     return record.id < wanted;
                                   });
  if (at == records_.end() || at->source != source || at->id != id) return nullptr;
  return &*at;
}

const std::vector<std::size_t>& Feed::records_of(std::int64_t entity) const {
  static const std::vector<std::size_t> kNone;
  const auto found = of_entity_.find(entity);
  return found == of_entity_.end() ? kNone : found->second;
}

std::string_view Feed::identifier(std::int64_t entity) const {
  const auto found = identifiers_.find(entity);
  return found == identifiers_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Feed::group_identifier(std::size_t source, std::string_view group) const {
  const auto found = groups_.find({source, std::string(group)});
  return found == groups_.end() ? std::string_view() : std::string_view(found->second);
}

bool Feed::is_touched(std::int64_t entity, std::size_t source) const {
  return since_ == 0 || touched_.contains({entity, source});
}

bool Feed::is_changed(std::int64_t entity, std::size_t source) const {
  return since_ == 0 || changed_.contains({entity, source});
}

}  // namespace tessera
