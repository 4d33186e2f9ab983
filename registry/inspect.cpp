#include "registry/inspect.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "data/error.hpp"
#include "engine/merge.hpp"
#include "engine/resolve.hpp"
#include "registry/decisions.hpp"
#include "registry/identifier.hpp"
#include "registry/inspect_group.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

std::vector<std::int64_t> rows_of(Store& store, EntityNumber entity) {
  std::vector<std::int64_t> rows;
  Statement read = store.database().prepare("SELECT row FROM record WHERE entity = ?");
  read.bind(0, entity);
  while (read.step()) rows.push_back(read.number(0));
  return rows;
}

std::string identifier_of(Store& store, EntityNumber entity) {
  Statement find = store.database().prepare(entity < 0 ? "SELECT id FROM lasting_group WHERE n = ?"
                                                       : "SELECT id FROM entity WHERE n = ?");
  find.bind(0, entity);
  return find.step() ? std::string(find.text(0)) : "?";
}

PinnedModel pinned_or_refuse(Store& store) {
  std::optional<PinnedModel> pinned = store.pinned_model();
  if (!pinned) {
    throw Error(ErrorCode::kRefused, store.path().string(),
                "has no model yet; run `tessera apply` first");
  }
  return std::move(*pinned);
}

void follow_successors(Store& store, IdentityView& view) {
  Statement find = store.database().prepare("SELECT living, successor FROM entity WHERE n = ?");
  EntityNumber at = view.number;
  for (;;) {
    find.bind(0, at);
    if (!find.step()) break;
    const bool living = find.number(0) != 0;
    const std::optional<std::int64_t> next = find.maybe(1);
    find.reset();
    if (at == view.number) view.living = living;
    view.leads_to_living = living;
    if (living || !next) break;
    at = *next;
    view.leads_to.push_back(identifier_of(store, at));
  }
}

void add_golden(Store& store, const StoredRecords& records, IdentityView& view) {
  const PinnedModel pinned = pinned_or_refuse(store);
  const JobSpec& job = store.job();
  const Table table = clean_records(records.table, job, pinned.references);
  Clusters clusters;
  clusters.label.assign(table.size(), 0);
  clusters.clusters = 1;
  const GoldenTable golden = merge_clusters(table, clusters, job.attributes);
  for (std::size_t a = 0; a < job.attributes.size(); ++a) {
    const GoldenValue& value = golden.values[a];
    if (!value.present) continue;
    const Column& column = table.columns[a];
    view.golden.push_back(
        {job.attributes[a].name, std::string(column.raw_values[column.raw_codes[value.row]]),
         table.record_name(value.row), std::string(survivorship_name(value.rule))});
  }
}

/// The weakest of the strongest links that hold `rows` rows together (the least edge of a greatest
/// spanning tree, Kruskal 1956); none if they do not.
std::optional<Link> weakest_link(std::vector<Link> links, Row rows) {
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    if (a.weight_bits != b.weight_bits) return a.weight_bits > b.weight_bits;
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  std::vector<Row> parent(rows);
  std::iota(parent.begin(), parent.end(), Row{0});
  const auto root = [&](Row row) {
    while (parent[row] != row) row = parent[row] = parent[parent[row]];
    return row;
  };
  std::optional<Link> last;
  Row joined = 1;
  for (const Link& link : links) {
    const Row a = root(link.left);
    const Row b = root(link.right);
    if (a == b) continue;
    parent[std::max(a, b)] = std::min(a, b);
    last = link;
    ++joined;
  }
  return joined == rows ? last : std::nullopt;
}

class EventWords {
 public:
  explicit EventWords(Store& store) : store_(store) {}

  std::string of(EventKind kind, const Statement& event) {
    const std::string row = event.is_null(4) ? "" : record_name(store_, event.number(4));
    const std::string other_row = event.is_null(5) ? "" : record_name(store_, event.number(5));
    const std::string entity = event.is_null(6) ? "" : identifier_of(store_, event.number(6));
    const std::string other = event.is_null(7) ? "" : identifier_of(store_, event.number(7));
    const std::string note(event.text(9));
    switch (kind) {
      case EventKind::kMinted:
      case EventKind::kRetired:
      case EventKind::kRestored:
        return entity;
      case EventKind::kLinked:
        return row + " joined " + entity;
      case EventKind::kUnlinked:
        return row + " left " + entity;
      case EventKind::kMerged:
        return entity + " was merged into " + other;
      case EventKind::kSplit:
        return other + " was split off " + entity;
      case EventKind::kDecision:
        return row + " and " + other_row + ": " + (note.empty() ? "(erased)" : note);
      case EventKind::kWithdrawn:
        return "decision of event " + std::to_string(event.number(8));
      case EventKind::kErased:
        return "a record and what was said of it";
      case EventKind::kLoad:
      case EventKind::kModel:
        return note;
      case EventKind::kJoined:
        return other + " came into group " + entity;
      case EventKind::kLeft:
        return other + " left group " + entity;
      case EventKind::kHead:
        return other.empty() ? "group " + entity + " has no head" : other + " heads " + entity;
    }
    return note;
  }

 private:
  Store& store_;
};

}  // namespace

EntityNumber find_identity(Store& store, const std::string& text) {
  if (text.find(':') != std::string::npos) {
    const std::int64_t row = row_of_name(store, text);
    Statement find =
        store.database().prepare("SELECT coalesce(entity, former) FROM record WHERE row = ?");
    find.bind(0, row);
    if (!find.step() || find.is_null(0)) {
      throw Error(ErrorCode::kRefused, text, "has no identity yet; run `tessera apply`");
    }
    return find.number(0);
  }
  const IdentifierReading reading = read_identifier(text);
  if (!reading.fault.empty()) {
    throw Error(ErrorCode::kUsage, text,
                reading.fault + "; write an identifier or SOURCE:RECORD_ID");
  }
  Statement find = store.database().prepare("SELECT n FROM entity WHERE id = ?");
  find.bind(0, reading.identifier);
  if (!find.step()) {
    if (const GroupNumber group = find_group(store, reading.identifier); group != 0) return group;
    throw Error(ErrorCode::kRefused, reading.identifier,
                "is well formed, but this registry never minted it");
  }
  return find.number(0);
}

IdentityView view_identity(Store& store, EntityNumber entity) {
  IdentityView view;
  view.number = entity;
  view.identifier = identifier_of(store, entity);
  follow_successors(store, view);
  const StoredRecords records = read_records(store, rows_of(store, entity));
  if (records.rows.empty()) return view;
  for (const std::int64_t row : records.rows) view.records.push_back(record_name(store, row));
  add_golden(store, records, view);
  return view;
}

IdentityHow explain_identity(Store& store, EntityNumber entity) {
  IdentityHow how;
  StoredRecords records = read_records(store, rows_of(store, entity));
  if (records.rows.empty()) return how;
  const PinnedModel pinned = pinned_or_refuse(store);
  const std::vector<Decision> decisions = decisions_in_force(store);
  const JobSpec& job = store.job();
  const Resolution resolution =
      resolve_records(std::move(records.table), job, {}, {&pinned.model, &pinned.references},
                      constraints_for(decisions, records.rows));
  const auto words = [&](const Link& link) {
    return WeighedPair{resolution.table.record_name(link.left),
                       resolution.table.record_name(link.right), link.weight_bits,
                       link.rule == kClosureRule ? "common neighbours" : job.rules[link.rule].text};
  };
  for (const Link& link : resolution.links) how.links.push_back(words(link));
  std::stable_sort(
      how.links.begin(), how.links.end(),
      [](const WeighedPair& a, const WeighedPair& b) { return a.weight_bits > b.weight_bits; });
  if (const auto weakest = weakest_link(resolution.links, resolution.table.size())) {
    how.weakest = words(*weakest);
  }
  for (const Decision& decision : decisions) {
    const auto has = [&](std::int64_t row) {
      return std::find(records.rows.begin(), records.rows.end(), row) != records.rows.end();
    };
    if (!has(decision.row) && !has(decision.other_row)) continue;
    how.decisions.push_back(record_name(store, decision.row) +
                            (decision.match ? " is " : " is not ") +
                            record_name(store, decision.other_row) + " (event " +
                            std::to_string(decision.event) + (decision.stale ? ", stale)" : ")"));
  }
  return how;
}

std::vector<LogLine> read_log(Store& store, const LogOptions& options) {
  Statement events = store.database().prepare(
      "SELECT e.seq, e.kind, r.at, r.actor, e.row, e.other_row, e.entity, e.other_entity,"
      " e.subject, n.text, r.digest FROM event e JOIN run r ON r.n = e.run"
      " LEFT JOIN note n ON n.seq = e.seq"
      " WHERE (?1 = 0 OR e.entity = ?1 OR e.other_entity = ?1)"
      " AND (?2 = 0 OR e.row = ?2 OR e.other_row = ?2)"
      " ORDER BY e.seq DESC LIMIT ?3");
  events.bind(0, options.entity).bind(1, options.row);
  events.bind(2, options.last == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(options.last));
  EventWords words(store);
  std::vector<LogLine> log;
  while (events.step()) {
    const auto kind = static_cast<EventKind>(events.number(1));
    log.push_back({events.number(0), utc_text(events.number(2)), std::string(events.text(3)),
                   std::string(event_kind_name(kind)), words.of(kind, events),
                   std::string(events.text(10).substr(0, 12))});
  }
  std::reverse(log.begin(), log.end());
  return log;
}

std::vector<QueueLine> read_queue(Store& store) {
  const std::vector<Decision> decisions = decisions_in_force(store);
  const std::int64_t applied = store.number("resolved_event");
  std::set<std::pair<std::int64_t, std::int64_t>> decided;
  for (const Decision& decision : decisions) {
    if (decision.event > applied || decision.stale) {
      decided.emplace(decision.row, decision.other_row);
    }
  }
  std::vector<QueueLine> lines;
  const auto add = [&](std::int64_t row, std::int64_t other, std::string_view reason, double bits) {
    lines.push_back({row, other, record_name(store, row), record_name(store, other),
                     std::string(reason), bits});
  };
  Statement read = store.database().prepare(
      "SELECT row, other_row, reason, weight FROM queue ORDER BY weight DESC, row, other_row");
  while (read.step()) {
    if (decided.contains({read.number(0), read.number(1)})) continue;
    add(read.number(0), read.number(1), queue_reason_name(static_cast<QueueReason>(read.number(2))),
        read.real(3));
  }
  for (const Decision& decision : decisions) {
    if (decision.stale) add(decision.row, decision.other_row, "stale decision", 0.0);
  }
  return lines;
}

}  // namespace tessera
