#include "data/check.hpp"
#include "registry/identifier.hpp"
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

void move_records(Store& store, const Plan& plan, LedgerWriter& ledger) {
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
  if (plan.queue_added + plan.queue_removed == 0) return;
  store.database().execute("DELETE FROM queue");
  Statement insert =
      store.database().prepare("INSERT INTO queue(row, other_row, reason, weight) VALUES(?,?,?,?)");
  for (const QueueItem& item : plan.queue) {
    insert.bind(0, item.row).bind(1, item.other_row);
    insert.bind(2, static_cast<std::int64_t>(item.reason)).bind(3, item.weight_bits).run();
  }
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
  }
  mint(store, plan, ledger);
  restore(store, plan, ledger);
  move_records(store, plan, ledger);
  retire(store, plan, ledger);
  write_queue(store, plan);
  store.database().execute("DELETE FROM pending");
  store.database()
      .prepare("INSERT OR REPLACE INTO meta(key, value) VALUES('resolved_event', ?)")
      .bind(0, ledger_head(store.database()).sequence)
      .run();
  return static_cast<std::uint64_t>(ledger.appended());
}

}  // namespace tessera
