#include "registry/groups.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "data/check.hpp"
#include "data/dictionary.hpp"
#include "data/error.hpp"
#include "registry/new_groups.hpp"

namespace tessera {
namespace {

/// What a source says of one group.
struct Content {
  std::int64_t number = 0;  // in the store; 0: not there
  std::string head;
  std::string updated_at;
  RolesByRecord members;

  bool says_as(const Content& other) const {
    return head == other.head && updated_at == other.updated_at && members == other.members;
  }
};

SourceGroup group_of(const Content& content) {
  SourceGroup group;
  group.head = content.head;
  group.updated_at = content.updated_at;
  for (const auto& [record, role] : content.members) group.members.push_back({record, role});
  return group;
}

/// The groups of one source: those touched, as they were and as they are to be.
class Loader {
 public:
  Loader(Database& database, std::int64_t source)
      : database_(database),
        source_(source),
        find_(database.prepare(
            "SELECT n, head, updated FROM source_group WHERE source = ? AND id = ?")),
        members_(database.prepare("SELECT record, role FROM source_group_member WHERE grp = ?")),
        holders_(database.prepare("SELECT g.id FROM source_group_member m JOIN source_group g"
                                  " ON g.n = m.grp WHERE m.record = ? AND g.source = ?")),
        all_(database.prepare("SELECT id FROM source_group WHERE source = ?")),
        update_(database.prepare(
            "UPDATE source_group SET head = ?, updated = ?, digest = ? WHERE n = ?")),
        remove_(database.prepare("DELETE FROM source_group WHERE n = ?")),
        empty_(database.prepare("DELETE FROM source_group_member WHERE grp = ?")),
        put_member_(
            database.prepare("INSERT INTO source_group_member(grp, record, role) VALUES(?,?,?)")) {}

  GroupLoad load(std::span<const SourceGroup> groups, bool full) {
    is_known_ = has_any();
    if (full) {
      all_.bind(0, source_);
      std::vector<std::string> ids;
      while (all_.step()) ids.emplace_back(all_.text(0));
      for (const std::string& id : ids) touch(id).now = {};
    }
    for (const SourceGroup& group : groups) say(group, full);
    if (!full && is_known_) move_members(groups);
    GroupLoad facts;
    for (const auto& [id, one] : touched_) write(id, one, facts);
    insert_groups(database_, source_, added_);
    return facts;
  }

 private:
  struct Touched {
    Content before;
    Content now;
  };

  bool has_any() {
    all_.bind(0, source_);
    const bool any = all_.step();
    all_.reset();
    return any;
  }

  Touched& touch(std::string_view id) {
    const auto found = touched_.find(id);
    if (found != touched_.end()) return found->second;
    Touched& one = touched_[std::string(id)];
    if (!is_known_) return one;
    find_.bind(0, source_).bind(1, id);
    if (find_.step()) {
      one.before.number = find_.number(0);
      one.before.head = find_.text(1);
      one.before.updated_at = find_.text(2);
      members_.bind(0, one.before.number);
      while (members_.step()) one.before.members[std::string(members_.text(0))] = members_.text(1);
    }
    find_.reset();
    one.now = one.before;
    return one;
  }

  void say(const SourceGroup& group, bool full) {
    Content& now = touch(group.id).now;
    if (full || group.whole) now.members.clear();
    for (const SourceGroup::Member& member : group.members) {
      now.members[member.record_id] = member.role;
    }
    if (!group.head.empty() || full) now.head = group.head;
    if (!group.updated_at.empty() || full) now.updated_at = group.updated_at;
  }

  // A record that is said to be in one group has left those that do not name it.
  void move_members(std::span<const SourceGroup> groups) {
    std::map<std::string_view, std::set<std::string_view>> said;  // record: its groups
    for (const SourceGroup& group : groups) {
      for (const SourceGroup::Member& member : group.members) {
        said[member.record_id].insert(group.id);
      }
    }
    for (const auto& [record, in] : said) {
      holders_.bind(0, record).bind(1, source_);
      std::vector<std::string> left;
      while (holders_.step()) {
        if (!in.contains(holders_.text(0))) left.emplace_back(holders_.text(0));
      }
      for (const std::string& id : left) {
        Content& now = touch(id).now;
        now.members.erase(std::string(record));
        if (now.head == record) now.head.clear();
      }
    }
  }

  void write(const std::string& id, const Touched& one, GroupLoad& facts) {
    const bool is_there = one.before.number != 0;
    if (one.now.members.empty() && one.now.head.empty()) {
      if (!is_there) return;
      remove_.bind(0, one.before.number).run();
      empty_.bind(0, one.before.number).run();
      ++facts.deleted;
      return;
    }
    if (is_there && one.now.says_as(one.before)) {
      ++facts.unchanged;
      return;
    }
    const std::int64_t digest = group_digest(group_of(one.now));
    const std::int64_t number = one.before.number;
    if (is_there) {
      update_.bind(0, one.now.head).bind(1, one.now.updated_at).bind(2, digest);
      update_.bind(3, number).run();
      empty_.bind(0, number).run();
      ++facts.changed;
    } else {
      added_.push_back({id, one.now.head, one.now.updated_at, digest, &one.now.members});
      ++facts.added;
      return;
    }
    for (const auto& [record, role] : one.now.members) {
      put_member_.bind(0, number).bind(1, record).bind(2, role).run();
    }
  }

  Database& database_;
  std::int64_t source_;
  bool is_known_ = false;  // whether the store has groups of the source
  std::vector<NewGroup> added_;
  Statement find_;
  Statement members_;
  Statement holders_;
  Statement all_;
  Statement update_;
  Statement remove_;
  Statement empty_;
  Statement put_member_;
  std::map<std::string, Touched, std::less<>> touched_;
};

std::string note_of(const GroupLoad& facts, bool full) {
  return facts.source + ": groups: " + std::to_string(facts.added) + " new, " +
         std::to_string(facts.changed) + " changed, " + std::to_string(facts.deleted) +
         " deleted, " + std::to_string(facts.unchanged) + " unchanged" +
         (full ? "; whole source" : "");
}

// A group without one of its records.
void take_out(Database& database, std::int64_t group, std::string_view record) {
  database.prepare("DELETE FROM source_group_member WHERE grp = ? AND record = ?")
      .bind(0, group)
      .bind(1, record)
      .run();
  database.prepare("UPDATE source_group SET head = '' WHERE n = ? AND head = ?")
      .bind(0, group)
      .bind(1, record)
      .run();
  Content content;
  Statement read = database.prepare("SELECT head, updated FROM source_group WHERE n = ?");
  read.bind(0, group);
  if (!read.step()) return;
  content.head = read.text(0);
  content.updated_at = read.text(1);
  read.reset();
  Statement members =
      database.prepare("SELECT record, role FROM source_group_member WHERE grp = ?");
  members.bind(0, group);
  while (members.step()) content.members[std::string(members.text(0))] = members.text(1);
  database.prepare("UPDATE source_group SET digest = ? WHERE n = ?")
      .bind(0, group_digest(group_of(content)))
      .bind(1, group)
      .run();
}

std::vector<std::int64_t> numbers(Statement& query) {
  std::vector<std::int64_t> found;
  while (query.step()) found.push_back(query.number(0));
  return found;
}

void erase_records(Database& database, std::span<const std::int64_t> rows) {
  for (const std::int64_t row : rows) {
    Statement find = database.prepare("SELECT source, id FROM record WHERE row = ?");
    find.bind(0, row);
    if (!find.step() || find.is_null(1)) continue;
    const std::int64_t source = find.number(0);
    const std::string id(find.text(1));
    find.reset();
    Statement holding = database.prepare(
        "SELECT n FROM source_group g WHERE source = ?1 AND (head = ?2 OR EXISTS"
        " (SELECT 1 FROM source_group_member m WHERE m.grp = g.n AND m.record = ?2))");
    holding.bind(0, source).bind(1, std::string_view(id));
    for (const std::int64_t group : numbers(holding)) take_out(database, group, id);
  }
}

void erase_from_lasting(Database& database, EntityNumber entity, LedgerWriter& ledger) {
  Statement holding = database.prepare(
      "SELECT n FROM lasting_group WHERE head = ?1"
      " UNION SELECT grp FROM lasting_group_member WHERE entity = ?1 ORDER BY 1 DESC");
  holding.bind(0, entity);
  for (const std::int64_t group : numbers(holding)) {
    database.prepare("DELETE FROM lasting_group_member WHERE grp = ? AND entity = ?")
        .bind(0, group)
        .bind(1, entity)
        .run();
    if (database.changes() > 0) {
      ledger.append({.kind = EventKind::kLeft, .entity = group, .other_entity = entity});
    }
    database.prepare("UPDATE lasting_group SET head = NULL WHERE n = ? AND head = ?")
        .bind(0, group)
        .bind(1, entity)
        .run();
    if (database.changes() > 0) ledger.append({.kind = EventKind::kHead, .entity = group});
    database
        .prepare(
            "UPDATE lasting_group SET living = 0, successor = NULL WHERE n = ?1 AND living = 1"
            " AND NOT EXISTS (SELECT 1 FROM lasting_group_member WHERE grp = ?1)")
        .bind(0, group)
        .run();
    if (database.changes() == 0) continue;
    ledger.append({.kind = EventKind::kRetired, .entity = group});
    database.prepare("UPDATE source_group SET lasting = NULL WHERE lasting = ?")
        .bind(0, group)
        .run();
  }
}

}  // namespace

std::vector<GroupLoad> put_groups(Store& store, const GroupsBySource& groups, bool full,
                                  LedgerWriter& ledger) {
  std::vector<GroupLoad> all;
  for (const auto& [source, of_source] : groups) {
    const auto& sources = store.job().sources;
    const auto at = std::find_if(sources.begin(), sources.end(),
                                 [&](const SourceSpec& one) { return one.name == source; });
    TESSERA_CHECK(at != sources.end());
    GroupLoad facts = Loader(store.database(), at - sources.begin()).load(of_source, full);
    facts.source = source;
    if (facts.changes() > 0) ledger.append({.kind = EventKind::kLoad}, note_of(facts, full));
    all.push_back(std::move(facts));
  }
  return all;
}

StoredGroups read_groups(Store& store) {
  StoredGroups stored;
  Statement read = store.database().prepare(
      "SELECT g.n, g.source, g.id, g.head, g.updated, m.record, m.role FROM source_group g"
      " LEFT JOIN source_group_member m ON m.grp = g.n ORDER BY g.source, g.id, g.n, m.record");
  while (read.step()) {
    if (stored.numbers.empty() || stored.numbers.back() != read.number(0)) {
      stored.numbers.push_back(read.number(0));
      SourceGroup& group = stored.groups.emplace_back();
      group.source = source_name(store, read.number(1));
      group.id = read.text(2);
      group.head = read.text(3);
      group.updated_at = read.text(4);
      group.whole = true;
    }
    if (read.is_null(5)) continue;
    stored.groups.back().members.push_back({std::string(read.text(5)), std::string(read.text(6))});
  }
  return stored;
}

const std::string& source_name(const Store& store, std::int64_t number) {
  const auto& sources = store.job().sources;
  if (number < 0 || number >= static_cast<std::int64_t>(sources.size())) {
    throw Error(ErrorCode::kDamaged, store.path().string() + ": source " + std::to_string(number),
                "is none of the job's; restore a backup");
  }
  return sources[static_cast<std::size_t>(number)].name;
}

bool has_groups(Store& store) {
  Database& database = store.database();
  return database.number("PRAGMA user_version") >= kGroupsVersion &&
         database.number(
             "SELECT EXISTS (SELECT 1 FROM source_group) OR EXISTS"
             " (SELECT 1 FROM lasting_group)") != 0;
}

void erase_from_groups(Store& store, EntityNumber entity, std::span<const std::int64_t> rows,
                       LedgerWriter& ledger) {
  if (!has_groups(store)) return;
  erase_records(store.database(), rows);
  erase_from_lasting(store.database(), entity, ledger);
}

std::int64_t group_digest(const SourceGroup& group) {
  std::string text;
  const auto add = [&](const std::string& part) {
    text += std::to_string(part.size()) + "|" + part;
  };
  add(group.head);
  add(group.updated_at);
  for (const SourceGroup::Member& member : group.members) {
    add(member.record_id);
    add(member.role);
  }
  return static_cast<std::int64_t>(hash_bytes(text));
}

}  // namespace tessera
