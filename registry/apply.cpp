#include "data/check.hpp"
#include "registry/identifier.hpp"
#include "registry/key_index.hpp"
#include "registry/plan.hpp"

namespace tessera {
namespace {

void mint(Store& store, const Plan& plan, LedgerWriter& ledger) {
  Statement insert =
      store.database().prepare("INSERT OR IGNORE INTO entity(n, id, living) VALUES(?,?,1)");
  for (std::uint64_t i = 0; i < plan.minted; ++i) {
    const EntityNumber entity = plan.first_minted + static_cast<EntityNumber>(i);
    do {  // a draw that was drawn before is drawn again
      insert.bind(0, entity).bind(1, draw_identifier()).run();
    } while (store.database().changes() == 0);
    ledger.append({.kind = EventKind::kMinted, .entity = entity});
  }
}

void restore(Store& store, const Plan& plan, LedgerWriter& ledger) {
  Statement update =
      store.database().prepare("UPDATE entity SET living = 1, successor = NULL WHERE n = ?");
  for (const EntityNumber entity : plan.restored) {
    update.bind(0, entity).run();
    ledger.append({.kind = EventKind::kRestored, .entity = entity});
  }
}

/// An index over what most rows change of is made anew: in one sweep, and packed.
class BulkIndex {
 public:
  BulkIndex(Database& database, bool is_bulk) : database_(database), is_bulk_(is_bulk) {
    if (is_bulk_) database_.execute("DROP INDEX record_entity");
  }
  void finish() {
    if (!is_bulk_) return;
    database_.execute("CREATE INDEX record_entity ON record(entity) WHERE entity IS NOT NULL");
  }

 private:
  Database& database_;
  bool is_bulk_;
};

void move_records(Store& store, const Plan& plan, LedgerWriter& ledger) {
  BulkIndex index(store.database(), plan.moves.size() * 4 > plan.records);
  Statement update = store.database().prepare(
      "UPDATE record SET entity = ?, former = coalesce(?, former) WHERE row = ?");
  for (const RecordMove& move : plan.moves) {
    if (move.from != 0) {
      ledger.append({.kind = EventKind::kUnlinked, .row = move.row, .entity = move.from});
    }
    if (move.to != 0) {
      ledger.append({.kind = EventKind::kLinked, .row = move.row, .entity = move.to});
    }
    const auto or_null = [](EntityNumber entity) {
      return entity == 0 ? std::optional<std::int64_t>() : std::optional<std::int64_t>(entity);
    };
    update.bind(0, or_null(move.to)).bind(1, or_null(move.from)).bind(2, move.row).run();
  }
  index.finish();
}

void retire(Store& store, const Plan& plan, LedgerWriter& ledger) {
  for (const auto& [from, off] : plan.split) {
    ledger.append({.kind = EventKind::kSplit, .entity = from, .other_entity = off});
  }
  Statement update =
      store.database().prepare("UPDATE entity SET living = 0, successor = ? WHERE n = ?");
  for (const auto& [from, into] : plan.merged) {
    update.bind(0, into).bind(1, from).run();
    ledger.append({.kind = EventKind::kMerged, .entity = from, .other_entity = into});
  }
  for (const EntityNumber entity : plan.retired) {
    update.bind_null(0).bind(1, entity).run();
    ledger.append({.kind = EventKind::kRetired, .entity = entity});
  }
}

void write_queue(Store& store, const Plan& plan) {
  Statement remove =
      store.database().prepare("DELETE FROM queue WHERE row = ? AND other_row = ? AND reason = ?");
  for (const QueueItem& item : plan.queue_removed) {
    remove.bind(0, item.row).bind(1, item.other_row);
    remove.bind(2, static_cast<std::int64_t>(item.reason)).run();
  }
  Statement insert =
      store.database().prepare("INSERT INTO queue(row, other_row, reason, weight) VALUES(?,?,?,?)");
  for (const QueueItem& item : plan.queue_added) {
    insert.bind(0, item.row).bind(1, item.other_row);
    insert.bind(2, static_cast<std::int64_t>(item.reason)).bind(3, item.weight_bits).run();
  }
}

void write_kin(Store& store, const Plan& plan) {
  if (plan.all_because.empty()) {
    Statement remove = store.database().prepare("DELETE FROM kin WHERE entity = ?");
    for (const EntityNumber entity : plan.kin_of) remove.bind(0, entity).run();
  } else {
    store.database().execute("DELETE FROM kin");
  }
  Statement insert = store.database().prepare("INSERT INTO kin(entity, component) VALUES(?,?)");
  for (const auto& [entity, component] : plan.kin) {
    insert.bind(0, entity).bind(1, component).run();
  }
}

// What the next increment goes by. REQUIRES: the plan's model is in force.
void write_indices(Store& store, const Plan& plan) {
  write_kin(store, plan);
  const std::optional<PinnedModel> pinned = store.pinned_model();
  TESSERA_CHECK(pinned.has_value());
  KeyIndex index(store.database());
  if (!plan.all_because.empty()) {
    index.rebuild(plan.table, store.job(), pinned->references, plan.rows);
  } else if (!plan.rows.empty()) {
    index.add(make_postings(plan.table, store.job(), pinned->references, plan.rows, plan.to_index));
  }
  store.put_number("index_event", pinned->event);
  store.put_number("live", static_cast<std::int64_t>(plan.records));
  store.put_number("living", static_cast<std::int64_t>(plan.identities));
  store.put_number("queued", static_cast<std::int64_t>(plan.queue_size));
}

}  // namespace

std::uint64_t apply_plan(Store& store, const Plan& plan, const RunInfo& run) {
  if (plan.nothing_to_do) return 0;
  TESSERA_CHECK(ledger_head(store.database()).hash == plan.head.hash);
  LedgerWriter ledger(store.database(), run);
  if (plan.learned) {
    const std::int64_t event = ledger.append(
        {.kind = EventKind::kModel}, "learned from " + std::to_string(plan.records) + " records");
    store.put_model(event, plan.learned->model, plan.learned->references);
    store.put_number("nicknames", nickname_digest(store.job()));
  }
  mint(store, plan, ledger);
  restore(store, plan, ledger);
  move_records(store, plan, ledger);
  retire(store, plan, ledger);
  write_queue(store, plan);
  write_indices(store, plan);
  store.database().execute("DELETE FROM pending");
  store.put_number("resolved_event", ledger_head(store.database()).sequence);
  return static_cast<std::uint64_t>(ledger.appended());
}

}  // namespace tessera
