#include <algorithm>

#include "data/check.hpp"
#include "registry/given_rows.hpp"
#include "registry/identifier.hpp"
#include "registry/index_pages.hpp"
#include "registry/key_index.hpp"
#include "registry/plan.hpp"

namespace tessera {
namespace {

/// Entities numbered on from `first`, with fresh identifiers.
class MintedRows : public GivenRows {
 public:
  MintedRows(const Plan& plan, IdentifierDraw& draw)
      : entity_(plan.first_minted - 1),
        last_(plan.first_minted + static_cast<EntityNumber>(plan.minted) - 1),
        draw_(draw) {}

  bool next() override {
    if (entity_ == last_) return false;
    ++entity_;
    identifier_ = draw_.next();
    return true;
  }
  void value(int at, ColumnValue& to) override {
    at == 0 ? to.put(entity_) : to.put(std::string_view(identifier_));
  }

 private:
  EntityNumber entity_;
  EntityNumber last_;
  IdentifierDraw& draw_;
  std::string identifier_;
};

void mint(Store& store, const Plan& plan, LedgerWriter& ledger) {
  IdentifierDraw draw;
  // Again for those whose draw was drawn before; the others are there and stay as they are.
  for (std::uint64_t made = 0; made < plan.minted;) {
    MintedRows rows(plan, draw);
    made += static_cast<std::uint64_t>(run_with_rows(
        store.database(), "INSERT OR IGNORE INTO entity(n, id, living) SELECT c0, c1, 1 FROM given",
        rows));
  }
  std::uint64_t told = 0;
  ledger.append_all([&](Event& event) {
    if (told == plan.minted) return false;
    const EntityNumber entity = plan.first_minted + static_cast<EntityNumber>(told++);
    event = {.kind = EventKind::kMinted, .entity = entity};
    return true;
  });
}

void restore(Store& store, const Plan& plan, LedgerWriter& ledger) {
  Statement update =
      store.database().prepare("UPDATE entity SET living = 1, successor = NULL WHERE n = ?");
  for (const EntityNumber entity : plan.restored) {
    update.bind(0, entity).run();
    ledger.append({.kind = EventKind::kRestored, .entity = entity});
  }
}

void tell_moves(const Plan& plan, LedgerWriter& ledger) {
  std::size_t at = 0;
  bool left = false;  // that the record of move `at` left its identity is told
  ledger.append_all([&](Event& event) {
    for (; at < plan.moves.size(); ++at, left = false) {
      const RecordMove& move = plan.moves[at];
      if (move.from != 0 && !left) {
        left = true;
        event = {.kind = EventKind::kUnlinked, .row = move.row, .entity = move.from};
        return true;
      }
      if (move.to == 0) continue;
      event = {.kind = EventKind::kLinked, .row = move.row, .entity = move.to};
      ++at;
      left = false;
      return true;
    }
    return false;
  });
}

// Where most records move: one sweep over them, and their index made anew, packed.
void move_most(Database& database, const Plan& plan) {
  std::int64_t last = 0;
  for (const RecordMove& move : plan.moves) last = std::max(last, move.row);
  std::vector<std::int64_t> from(static_cast<std::size_t>(last) + 1);
  std::vector<std::int64_t> to(from.size());
  for (const RecordMove& move : plan.moves) {
    from[static_cast<std::size_t>(move.row)] = move.from;
    to[static_cast<std::size_t>(move.row)] = move.to;
  }
  const GivenNumbers moved_from(database, "moved_from", from);
  const GivenNumbers moved_to(database, "moved_to", to);
  database.execute(
      "DROP INDEX record_entity;"
      "UPDATE record SET entity = moved_to(row), former = coalesce(moved_from(row), former)"
      " WHERE coalesce(moved_to(row), moved_from(row)) IS NOT NULL;"
      "CREATE INDEX record_entity ON record(entity) WHERE entity IS NOT NULL");
}

void move_records(Store& store, const Plan& plan, LedgerWriter& ledger) {
  tell_moves(plan, ledger);
  if (plan.moves.size() * 4 > plan.records) return move_most(store.database(), plan);
  Statement update = store.database().prepare(
      "UPDATE record SET entity = ?, former = coalesce(?, former) WHERE row = ?");
  const auto or_null = [](EntityNumber entity) {
    return entity == 0 ? std::optional<std::int64_t>() : std::optional<std::int64_t>(entity);
  };
  for (const RecordMove& move : plan.moves) {
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

void write_numbers(Store& store, const Plan& plan, const PinnedModel& pinned) {
  store.put_number("index_event", pinned.event);
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
  const std::optional<PinnedModel> pinned = store.pinned_model();
  TESSERA_CHECK(pinned.has_value());
  KeyIndex index(store.database());
  // Made while identities are written, which takes one thread.
  std::optional<IndexPages> pages;
  if (!plan.all_because.empty()) {
    pages.emplace(plan.table, store.job(), pinned->references, plan.rows);
  }
  mint(store, plan, ledger);
  restore(store, plan, ledger);
  move_records(store, plan, ledger);
  retire(store, plan, ledger);
  write_queue(store, plan);
  write_kin(store, plan);
  if (pages) {
    index.rebuild(*pages);
  } else {
    index.add(plan.postings);
  }
  write_numbers(store, plan, *pinned);
  store.database().execute("DELETE FROM pending");
  store.put_number("resolved_event", ledger_head(store.database()).sequence);
  return static_cast<std::uint64_t>(ledger.appended());
}

}  // namespace tessera
