#include "registry/apply_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "data/error.hpp"
#include "registry/assign_groups.hpp"
#include "registry/identifier.hpp"

namespace tessera {
namespace {

/// A group as it is now, and what is kept of it beside its persons.
struct Standing {
  GroupOfPersons persons;
  std::vector<const JoinedGroup::Member*> members;  // in the order of persons.members
  const JoinedGroup* joined = nullptr;
};

// Padded, so that entities sort as texts by age.
std::string entity_text(EntityNumber entity) {
  return fmt::format("{:019}", entity);
}

EntityNumber entity_number(std::string_view text) {
  EntityNumber entity = 0;
  std::from_chars(text.data(), text.data() + text.size(), entity);
  return entity;
}

/// The entities of the records that groups name.
class StoredEntities {
 public:
  explicit StoredEntities(Store& store) {
    Statement read = store.database().prepare(
        "SELECT r.source, r.id, r.entity FROM record r WHERE r.entity IS NOT NULL AND r.id IS NOT"
        " NULL AND r.source IN (SELECT source FROM source_group)");
    while (read.step()) {
      of_[key(source_name(store, read.number(0)), read.text(1))] = entity_text(read.number(2));
    }
  }
  std::string_view operator()(std::string_view source, std::string_view record) const {
    const auto found = of_.find(key(source, record));
    return found == of_.end() ? std::string_view() : std::string_view(found->second);
  }

 private:
  static std::string key(std::string_view source, std::string_view record) {
    return std::string(source) + ":" + std::string(record);
  }
  std::unordered_map<std::string, std::string> of_;
};

/// Who records were when groups were last applied, of those who are another since.
class FormerEntities {
 public:
  explicit FormerEntities(Store& store) {
    Statement read = store.database().prepare(
        "SELECT r.source, r.id, e.entity FROM event e JOIN record r ON r.row = e.row"
        " WHERE e.seq > ? AND e.kind = ? AND r.id IS NOT NULL ORDER BY e.seq DESC");
    read.bind(0, store.number("groups_event"));
    read.bind(1, static_cast<std::int64_t>(EventKind::kUnlinked));
    while (read.step()) {  // of several moves the first stays
      of_[{source_name(store, read.number(0)), std::string(read.text(1))}] = read.number(2);
    }
  }
  // Of the records of some groups, ascending.
  std::vector<EntityNumber> of(const std::vector<SourceGroup>& groups,
                               const std::vector<std::size_t>& places) const {
    std::vector<EntityNumber> were;
    for (const std::size_t place : places) {
      for (const SourceGroup::Member& member : groups[place].members) {
        const auto found = of_.find({groups[place].source, member.record_id});
        if (found != of_.end()) were.push_back(found->second);
      }
    }
    std::sort(were.begin(), were.end());
    were.erase(std::unique(were.begin(), were.end()), were.end());
    return were;
  }

 private:
  std::map<std::pair<std::string, std::string>, EntityNumber> of_;
};

// In the order that ties go by: the least member first, of equal ones the first source group.
std::vector<Standing> standing_groups(const std::vector<JoinedGroup>& joined,
                                      const StoredGroups& stored, const FormerEntities& former) {
  std::vector<Standing> all;
  for (const JoinedGroup& group : joined) {
    if (group.members.empty()) continue;
    Standing& one = all.emplace_back();
    one.joined = &group;
    for (const std::size_t place : group.groups)
      one.persons.sources.push_back(stored.numbers[place]);
    one.persons.were = former.of(stored.groups, group.groups);
    std::sort(one.persons.sources.begin(), one.persons.sources.end());
    one.persons.head = group.head.empty() ? 0 : entity_number(group.head);
    for (const JoinedGroup::Member& member : group.members) one.members.push_back(&member);
    std::sort(one.members.begin(), one.members.end(),
              [](const auto* a, const auto* b) { return a->entity_id < b->entity_id; });
    for (const auto* member : one.members) {
      one.persons.members.push_back(entity_number(member->entity_id));
    }
  }
  std::sort(all.begin(), all.end(), [](const Standing& a, const Standing& b) {
    if (a.persons.members != b.persons.members) return a.persons.members < b.persons.members;
    return a.joined->groups.front() < b.joined->groups.front();
  });
  return all;
}

// By age; members as told, not yet led on.
std::vector<LastingGroup> read_lasting(Database& database) {
  std::vector<LastingGroup> stored;
  std::unordered_map<GroupNumber, std::size_t> place;
  Statement read =
      database.prepare("SELECT n, living, coalesce(head, 0) FROM lasting_group ORDER BY n DESC");
  while (read.step()) {
    place[read.number(0)] = stored.size();
    stored.push_back({read.number(0), read.number(1) != 0, read.number(2), {}});
  }
  const auto of = [&](GroupNumber group) -> LastingGroup& {
    const auto found = place.find(group);
    if (found == place.end()) {
      throw Error(ErrorCode::kDamaged, database.path().string() + ": groups",
                  "some members are of none; restore a backup");
    }
    return stored[found->second];
  };
  Statement members =
      database.prepare("SELECT grp, entity FROM lasting_group_member ORDER BY grp, entity");
  while (members.step()) {
    of(members.number(0)).members.push_back(members.number(1));
  }
  Statement sources = database.prepare(
      "SELECT lasting, n FROM source_group WHERE lasting IS NOT NULL ORDER BY lasting, n");
  while (sources.step()) of(sources.number(0)).sources.push_back(sources.number(1));
  return stored;
}

/// Where entities lead that were merged into others.
class Successors {
 public:
  explicit Successors(Database& database) {
    Statement read =
        database.prepare("SELECT n, successor FROM entity WHERE successor IS NOT NULL");
    while (read.step()) of_[read.number(0)] = read.number(1);
  }
  EntityNumber last(EntityNumber entity) const {
    for (auto at = of_.find(entity); at != of_.end(); at = of_.find(entity)) entity = at->second;
    return entity;
  }

 private:
  std::unordered_map<EntityNumber, EntityNumber> of_;
};

// Members of a living group are found by their records; those of a retired one went long ago.
std::vector<LastingGroup> led_on(std::vector<LastingGroup> groups, const Successors& successors) {
  for (LastingGroup& group : groups) {
    if (group.head != 0) group.head = successors.last(group.head);
    if (group.living) continue;
    for (EntityNumber& member : group.members) member = successors.last(member);
    std::sort(group.members.begin(), group.members.end());
    group.members.erase(std::unique(group.members.begin(), group.members.end()),
                        group.members.end());
  }
  return groups;
}

/// Writes what changed and collects the events.
class Writer {
 public:
  Writer(Store& store, const std::vector<LastingGroup>& before)
      : database_(store.database()),
        insert_member_(database_.prepare(
            "INSERT INTO lasting_group_member(grp, entity, role, groups) VALUES(?,?,?,?)")),
        update_member_(database_.prepare(
            "UPDATE lasting_group_member SET role = ?1, groups = ?2 WHERE grp = ?3 AND entity = ?4"
            " AND (role <> ?1 OR groups <> ?2)")),
        remove_member_(
            database_.prepare("DELETE FROM lasting_group_member WHERE grp = ? AND entity = ?")) {
    for (const LastingGroup& group : before) before_[group.number] = &group;
  }

  void mint(const std::vector<GroupNumber>& minted) {
    IdentifierDraw draw;
    Statement insert = database_.prepare(
        "INSERT OR IGNORE INTO lasting_group(n, id, living) SELECT ?1, ?2, 1"
        " WHERE NOT EXISTS (SELECT 1 FROM entity WHERE id = ?2)");
    for (const GroupNumber group : minted) {
      do {
        insert.bind(0, group).bind(1, draw.next()).run();
      } while (database_.changes() == 0);
      events.push_back({.kind = EventKind::kMinted, .entity = group});
    }
  }

  void restore(const std::vector<GroupNumber>& restored) {
    Statement update =
        database_.prepare("UPDATE lasting_group SET living = 1, successor = NULL WHERE n = ?");
    for (const GroupNumber group : restored) {
      update.bind(0, group).run();
      events.push_back({.kind = EventKind::kRestored, .entity = group});
    }
  }

  void put(GroupNumber number, const Standing& now) {
    const auto found = before_.find(number);
    const std::vector<EntityNumber> none;
    const std::vector<EntityNumber>& had = found == before_.end() ? none : found->second->members;
    const EntityNumber head = found == before_.end() ? 0 : found->second->head;
    for (const EntityNumber entity : had) {
      if (std::binary_search(now.persons.members.begin(), now.persons.members.end(), entity)) {
        continue;
      }
      remove_member_.bind(0, number).bind(1, entity).run();
      events.push_back({.kind = EventKind::kLeft, .entity = number, .other_entity = entity});
      ++left;
    }
    for (std::size_t i = 0; i < now.members.size(); ++i) {
      const EntityNumber entity = now.persons.members[i];
      const JoinedGroup::Member& member = *now.members[i];
      const auto groups = static_cast<std::int64_t>(member.groups);
      if (std::binary_search(had.begin(), had.end(), entity)) {
        update_member_.bind(0, std::string_view(member.role)).bind(1, groups);
        update_member_.bind(2, number).bind(3, entity).run();
        continue;
      }
      insert_member_.bind(0, number).bind(1, entity).bind(2, std::string_view(member.role));
      insert_member_.bind(3, groups).run();
      events.push_back({.kind = EventKind::kJoined, .entity = number, .other_entity = entity});
      if (found != before_.end()) ++joined;
    }
    if (head != now.persons.head) put_head(number, now.persons.head);
  }

  void retire(const GroupAssignment& assigned) {
    for (const auto& [from, off] : assigned.split) {
      events.push_back({.kind = EventKind::kSplit, .entity = from, .other_entity = off});
    }
    Statement update =
        database_.prepare("UPDATE lasting_group SET living = 0, successor = ? WHERE n = ?");
    for (const auto& [from, into] : assigned.merged) {
      update.bind(0, into).bind(1, from).run();
      events.push_back({.kind = EventKind::kMerged, .entity = from, .other_entity = into});
    }
    for (const GroupNumber group : assigned.retired) {
      update.bind_null(0).bind(1, group).run();
      events.push_back({.kind = EventKind::kRetired, .entity = group});
    }
  }

  std::vector<Event> events;
  std::uint64_t joined = 0;
  std::uint64_t left = 0;

 private:
  void put_head(GroupNumber number, EntityNumber head) {
    const auto or_none = head == 0 ? std::optional<std::int64_t>() : std::optional(head);
    database_.prepare("UPDATE lasting_group SET head = ? WHERE n = ?")
        .bind(0, or_none)
        .bind(1, number)
        .run();
    events.push_back({.kind = EventKind::kHead, .entity = number, .other_entity = or_none});
  }

  Database& database_;
  Statement insert_member_;
  Statement update_member_;
  Statement remove_member_;
  std::unordered_map<GroupNumber, const LastingGroup*> before_;
};

// Which lasting group each source group is of; none where nobody of it is known.
void put_places(Database& database, const StoredGroups& stored, const std::vector<Standing>& now,
                const std::vector<GroupNumber>& of) {
  std::vector<std::optional<std::int64_t>> lasting(stored.groups.size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    for (const std::size_t place : now[i].joined->groups) lasting[place] = of[i];
  }
  Statement update =
      database.prepare("UPDATE source_group SET lasting = ?1 WHERE n = ?2 AND lasting IS NOT ?1");
  for (std::size_t i = 0; i < lasting.size(); ++i) {
    update.bind(0, lasting[i]).bind(1, stored.numbers[i]).run();
  }
}

}  // namespace

GroupChanges apply_groups(Store& store, const GroupLinker& link, const RunInfo& run) {
  GroupChanges facts;
  if (!has_groups(store)) return facts;
  Database& database = store.database();
  const StoredGroups stored = read_groups(store);
  const std::vector<JoinedGroup> joined = link(stored.groups, StoredEntities(store));
  const std::vector<Standing> now = standing_groups(joined, stored, FormerEntities(store));
  const std::vector<LastingGroup> before = read_lasting(database);
  std::vector<GroupOfPersons> persons;
  for (const Standing& one : now) persons.push_back(one.persons);
  const GroupAssignment assigned = assign_groups(led_on(before, Successors(database)), persons);
  Writer writer(store, before);
  writer.mint(assigned.minted);
  writer.restore(assigned.restored);
  for (std::size_t i = 0; i < now.size(); ++i) writer.put(assigned.of[i], now[i]);
  writer.retire(assigned);
  put_places(database, stored, now, assigned.of);
  LedgerWriter ledger(database, run);
  std::size_t told = 0;
  ledger.append_all([&](Event& event) {
    if (told == writer.events.size()) return false;
    event = writer.events[told++];
    return true;
  });
  facts.source_groups = stored.groups.size();
  facts.groups = now.size();
  facts.minted = assigned.minted.size();
  facts.merged = assigned.merged.size();
  facts.split = assigned.split.size();
  facts.retired = assigned.retired.size();
  facts.restored = assigned.restored.size();
  facts.joined = writer.joined;
  facts.left = writer.left;
  facts.events = static_cast<std::uint64_t>(ledger.appended());
  // All that there is to apply is applied, this too.
  const std::int64_t last = ledger_head(database).sequence;
  store.put_number("resolved_event", last);
  store.put_number("groups_event", last);
  return facts;
}

}  // namespace tessera
