#include "registry/apply_groups.hpp"

#include <algorithm>
#include <map>

#include "registry/given_rows.hpp"
#include "registry/identifier.hpp"

namespace tessera {
namespace {

std::optional<std::int64_t> or_none(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

/// Lasting groups with fresh identifiers and their heads, the youngest first: their numbers ascend.
class MintedRows : public GivenRows {
 public:
  MintedRows(const GroupPlan& groups, const std::map<GroupNumber, EntityNumber>& heads,
             IdentifierDraw& draw)
      : next_(groups.minted.rbegin()), end_(groups.minted.rend()), heads_(heads), draw_(draw) {}

  bool next() override {
    if (next_ == end_) return false;
    group_ = *next_++;
    identifier_ = draw_.next();
    return true;
  }
  void value(int at, ColumnValue& to) override {
    if (at == 0) return to.put(group_);
    if (at == 1) return to.put(std::string_view(identifier_));
    const auto head = heads_.find(group_);
    if (head != heads_.end()) to.put(head->second);
  }

 private:
  std::vector<GroupNumber>::const_reverse_iterator next_;
  std::vector<GroupNumber>::const_reverse_iterator end_;
  const std::map<GroupNumber, EntityNumber>& heads_;
  IdentifierDraw& draw_;
  GroupNumber group_ = 0;
  std::string identifier_;
};

/// Members in the order of the table's key.
class MemberRows : public GivenRows {
 public:
  explicit MemberRows(const std::vector<GroupPlan::Member>& members) {
    for (const GroupPlan::Member& member : members) members_.push_back(&member);
    std::sort(members_.begin(), members_.end(), [](const auto* a, const auto* b) {
      return std::pair(a->group, a->entity) < std::pair(b->group, b->entity);
    });
  }
  bool next() override { return ++next_ <= members_.size(); }
  void value(int at, ColumnValue& to) override {
    const GroupPlan::Member& member = *members_[next_ - 1];
    switch (at) {
      case 0:
        return to.put(member.group);
      case 1:
        return to.put(member.entity);
      case 2:
        return to.put(std::string_view(member.role));
      default:
        return to.put(member.groups);
    }
  }

 private:
  std::vector<const GroupPlan::Member*> members_;
  std::size_t next_ = 0;
};

// Where most of a table's rows change, its index is made anew, packed, instead of row by row.
bool is_most(std::size_t rows, Database& database, const std::string& table) {
  constexpr std::size_t kFew = 1000;
  return rows > kFew && static_cast<std::int64_t>(rows) >
                            database.number(("SELECT count(*) FROM " + table).c_str()) / 2;
}

void mint(Database& database, const GroupPlan& groups) {
  const std::map<GroupNumber, EntityNumber> heads(groups.heads.begin(), groups.heads.end());
  IdentifierDraw draw;
  // Again for those whose draw was drawn before; the others are there and stay as they are.
  for (std::size_t made = 0; made < groups.minted.size();) {
    MintedRows rows(groups, heads, draw);
    made += static_cast<std::size_t>(
        run_with_rows(database,
                      "INSERT OR IGNORE INTO lasting_group(n, id, living, head)"
                      " SELECT c0, c1, 1, c2 FROM given"
                      " WHERE NOT EXISTS (SELECT 1 FROM entity WHERE id = c1)",
                      rows));
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
  const bool anew = is_most(groups.members.size(), database, "lasting_group_member");
  if (anew) database.execute("DROP INDEX lasting_group_member_entity");
  MemberRows rows(groups.members);
  run_with_rows(database,
                "INSERT OR REPLACE INTO lasting_group_member(grp, entity, role, groups)"
                " SELECT c0, c1, c2, c3 FROM given",
                rows);
  if (anew) {
    database.execute("CREATE INDEX lasting_group_member_entity ON lasting_group_member(entity)");
  }
}

// Of groups that were there before: those minted have their heads.
void put_heads(Database& database, const GroupPlan& groups) {
  const GroupNumber first_minted = groups.minted.empty() ? 0 : groups.minted.front();
  Statement head = database.prepare("UPDATE lasting_group SET head = ? WHERE n = ?");
  for (const auto& [group, entity] : groups.heads) {
    if (first_minted != 0 && group <= first_minted) continue;
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
  if (!is_most(groups.places.size(), database, "source_group")) {
    for (const auto& [source_group, lasting] : groups.places) {
      update.bind(0, or_none(lasting)).bind(1, source_group).run();
    }
    return;
  }
  std::vector<std::int64_t> lasting_of;  // by source group; 0: stays
  for (const auto& [source_group, lasting] : groups.places) {
    const auto at = static_cast<std::size_t>(source_group);
    if (at >= lasting_of.size()) lasting_of.resize(at + 1);
    lasting_of[at] = lasting;
    if (lasting == 0) update.bind(0, or_none(lasting)).bind(1, source_group).run();
  }
  update.reset();
  const GivenNumbers given(database, "lasting_of", lasting_of);
  database.execute(
      "DROP INDEX source_group_lasting;"
      "UPDATE source_group SET lasting = lasting_of(n) WHERE lasting_of(n) IS NOT NULL;"
      "CREATE INDEX source_group_lasting ON source_group(lasting) WHERE lasting IS NOT NULL");
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
  mint(database, groups);
  restore(database, groups.restored);
  put_members(database, groups);
  put_heads(database, groups);
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
