#include "registry/apply_groups.hpp"

#include "registry/identifier.hpp"

namespace tessera {
namespace {

std::optional<std::int64_t> or_none(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

void mint(Database& database, const std::vector<GroupNumber>& minted) {
  IdentifierDraw draw;
  Statement insert = database.prepare(
      "INSERT OR IGNORE INTO lasting_group(n, id, living) SELECT ?1, ?2, 1"
      " WHERE NOT EXISTS (SELECT 1 FROM entity WHERE id = ?2)");
  for (const GroupNumber group : minted) {
    do {
      insert.bind(0, group).bind(1, draw.next()).run();
    } while (database.changes() == 0);
  }
}

void restore(Database& database, const std::vector<GroupNumber>& restored) {
  Statement update =
      database.prepare("UPDATE lasting_group SET living = 1, successor = NULL WHERE n = ?");
  for (const GroupNumber group : restored) update.bind(0, group).run();
}

void put_members(Database& database, const GroupPlan& groups) {
  Statement remove =
      database.prepare("DELETE FROM lasting_group_member WHERE grp = ? AND entity = ?");
  for (const auto& [group, entity] : groups.left) remove.bind(0, group).bind(1, entity).run();
  Statement put = database.prepare(
      "INSERT OR REPLACE INTO lasting_group_member(grp, entity, role, groups) VALUES(?,?,?,?)");
  for (const GroupPlan::Member& member : groups.members) {
    put.bind(0, member.group).bind(1, member.entity);
    put.bind(2, std::string_view(member.role)).bind(3, member.groups).run();
  }
  Statement head = database.prepare("UPDATE lasting_group SET head = ? WHERE n = ?");
  for (const auto& [group, entity] : groups.heads) {
    head.bind(0, or_none(entity)).bind(1, group).run();
  }
}

void retire(Database& database, const GroupPlan& groups) {
  Statement update =
      database.prepare("UPDATE lasting_group SET living = 0, successor = ? WHERE n = ?");
  for (const auto& [from, into] : groups.merged) update.bind(0, into).bind(1, from).run();
  for (const GroupNumber group : groups.retired) update.bind_null(0).bind(1, group).run();
}

void put_places(Database& database, const GroupPlan& groups) {
  Statement update = database.prepare("UPDATE source_group SET lasting = ? WHERE n = ?");
  for (const auto& [source_group, lasting] : groups.places) {
    update.bind(0, or_none(lasting)).bind(1, source_group).run();
  }
}

// The events of one list, one of each.
template <typename List, typename ToEvent>
void tell(LedgerWriter& ledger, const List& list, const ToEvent& event_of) {
  std::size_t told = 0;
  ledger.append_all([&](Event& event) {
    while (told < list.size()) {
      const std::optional<Event> next = event_of(list[told++]);
      if (!next) continue;
      event = *next;
      return true;
    }
    return false;
  });
}

std::uint64_t tell_all(LedgerWriter& ledger, const GroupPlan& groups) {
  const auto alone = [](EventKind kind) {
    return
        [kind](GroupNumber group) { return std::optional(Event{.kind = kind, .entity = group}); };
  };
  const auto with = [](EventKind kind) {
    return [kind](const std::pair<GroupNumber, std::int64_t>& pair) {
      return std::optional(
          Event{.kind = kind, .entity = pair.first, .other_entity = or_none(pair.second)});
    };
  };
  tell(ledger, groups.minted, alone(EventKind::kMinted));
  tell(ledger, groups.restored, alone(EventKind::kRestored));
  tell(ledger, groups.left, with(EventKind::kLeft));
  tell(ledger, groups.members, [](const GroupPlan::Member& member) {
    return member.joins ? std::optional(Event{.kind = EventKind::kJoined,
                                              .entity = member.group,
                                              .other_entity = member.entity})
                        : std::nullopt;
  });
  tell(ledger, groups.heads, with(EventKind::kHead));
  tell(ledger, groups.split, with(EventKind::kSplit));
  tell(ledger, groups.merged, with(EventKind::kMerged));
  tell(ledger, groups.retired, alone(EventKind::kRetired));
  return static_cast<std::uint64_t>(ledger.appended());
}

}  // namespace

std::uint64_t apply_groups(Store& store, const GroupPlan& groups, const RunInfo& run) {
  if (groups.digest.empty()) return 0;
  Database& database = store.database();
  mint(database, groups.minted);
  restore(database, groups.restored);
  put_members(database, groups);
  retire(database, groups);
  put_places(database, groups);
  LedgerWriter ledger(database, run);
  const std::uint64_t events = tell_all(ledger, groups);
  // All that there is to apply is applied, this too.
  const std::int64_t last = ledger_head(database).sequence;
  store.put_number("resolved_event", last);
  store.put_number("groups_event", last);
  return events;
}

}  // namespace tessera
