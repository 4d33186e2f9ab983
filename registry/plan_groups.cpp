#include "registry/plan_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "data/check.hpp"
#include "data/error.hpp"
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

/// A group as it is now, and what is kept of it beside its persons.
struct Standing {
  GroupOfPersons persons;
  const JoinedGroup* joined = nullptr;  // its members are in the order of persons.members
};

/// What the store has of a person in a lasting group.
struct HeldMember {
  EntityNumber entity = 0;
  std::string role;
  std::int64_t groups = 0;
};

/// The lasting groups by age; their members as told, not yet led on.
struct Lasting {
  std::vector<LastingGroup> groups;
  std::vector<std::vector<HeldMember>> members;  // of each, ascending
  std::unordered_map<GroupNumber, std::size_t> place;
  std::unordered_map<std::int64_t, GroupNumber> of_source;  // by source group
};

/// Where rows move to by a plan.
class Moves {
 public:
  explicit Moves(const Plan& plan) {
    std::int64_t last = -1;
    for (const RecordMove& move : plan.moves) last = std::max(last, move.row);
    to_.assign(static_cast<std::size_t>(last + 1), kStays);
    for (const RecordMove& move : plan.moves) to_[static_cast<std::size_t>(move.row)] = move.to;
  }
  EntityNumber entity(std::int64_t row, EntityNumber before) const {
    const auto at = static_cast<std::size_t>(row);
    return at < to_.size() && to_[at] != kStays ? to_[at] : before;
  }

 private:
  static constexpr EntityNumber kStays = -1;
  std::vector<EntityNumber> to_;
};

// Fills in who the members and heads of groups are once the plan is applied.
void fill_persons(Store& store, const Plan& plan, std::vector<SourceGroup>& groups) {
  // Who is to be told of each record; a record may be in several groups.
  std::map<std::string_view, std::unordered_map<std::string_view, std::vector<PersonNumber*>>> told;
  for (SourceGroup& group : groups) {
    auto& of_source = told[group.source];
    for (SourceGroup::Member& member : group.members) {
      of_source[member.record_id].push_back(&member.person);
    }
    if (!group.head.empty()) of_source[group.head].push_back(&group.head_person);
  }
  const Moves moves(plan);
  Statement read = store.database().prepare(
      "SELECT source, id, row, coalesce(entity, 0) FROM record WHERE id IS NOT NULL");
  while (read.step()) {
    const auto of_source = told.find(source_name(store, read.number(0)));
    if (of_source == told.end()) continue;
    const auto found = of_source->second.find(read.text(1));
    if (found == of_source->second.end()) continue;
    const EntityNumber entity = moves.entity(read.number(2), read.number(3));
    for (PersonNumber* person : found->second) *person = entity;
  }
}

std::uint64_t count_unknown(const std::vector<SourceGroup>& groups) {
  std::uint64_t unknown = 0;
  for (const SourceGroup& group : groups) {
    unknown += static_cast<std::uint64_t>(
        std::count_if(group.members.begin(), group.members.end(),
                      [](const SourceGroup::Member& member) { return member.person == kNobody; }));
  }
  return unknown;
}

/// Who records were when groups were last applied, of those who are another since.
class FormerEntities {
 public:
  FormerEntities(Store& store, const Plan& plan) {
    Statement read = store.database().prepare(
        "SELECT r.source, r.id, e.entity FROM event e JOIN record r ON r.row = e.row"
        " WHERE e.seq > ? AND e.kind = ? AND r.id IS NOT NULL ORDER BY e.seq");
    read.bind(0, store.number("groups_event"));
    read.bind(1, static_cast<std::int64_t>(EventKind::kUnlinked));
    // Of several moves the first counts.
    while (read.step()) {
      of_.try_emplace({source_name(store, read.number(0)), std::string(read.text(1))},
                      read.number(2));
    }
    Statement find =
        store.database().prepare("SELECT source, id FROM record WHERE row = ? AND id IS NOT NULL");
    for (const RecordMove& move : plan.moves) {
      if (move.from == 0) continue;
      find.bind(0, move.row);
      if (find.step()) {
        of_.try_emplace({source_name(store, find.number(0)), std::string(find.text(1))}, move.from);
      }
      find.reset();
    }
  }
  // Of the records of some groups, ascending.
  std::vector<EntityNumber> of(const std::vector<SourceGroup>& groups,
                               const std::vector<std::size_t>& places) const {
    std::vector<EntityNumber> were;
    if (of_.empty()) return were;
    for (const std::size_t place : places) {
      for (const SourceGroup::Member& member : groups[place].members) {
        const auto found = of_.find({groups[place].source, member.record_id});
        if (found != of_.end()) were.push_back(found->second);
      }
    }
    sort_unique(were);
    return were;
  }

 private:
  std::map<std::pair<std::string, std::string>, EntityNumber> of_;
};

/// Where entities lead that were merged into others, once the plan is applied.
class Successors {
 public:
  Successors(Database& database, const Plan& plan) {
    Statement read =
        database.prepare("SELECT n, successor FROM entity WHERE successor IS NOT NULL");
    while (read.step()) of_[read.number(0)] = read.number(1);
    for (const EntityNumber entity : plan.restored) of_.erase(entity);
    for (const EntityNumber entity : plan.retired) of_.erase(entity);
    for (const auto& [from, into] : plan.merged) of_[from] = into;
  }
  EntityNumber last(EntityNumber entity) const {
    for (auto at = of_.find(entity); at != of_.end(); at = of_.find(entity)) entity = at->second;
    return entity;
  }

 private:
  std::unordered_map<EntityNumber, EntityNumber> of_;
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
    one.persons.head = group.head;
    for (const JoinedGroup::Member& member : group.members) {
      one.persons.members.push_back(member.person);
    }
    TESSERA_CHECK(std::is_sorted(one.persons.members.begin(), one.persons.members.end()));
  }
  std::sort(all.begin(), all.end(), [](const Standing& a, const Standing& b) {
    if (a.persons.members != b.persons.members) return a.persons.members < b.persons.members;
    return a.joined->groups.front() < b.joined->groups.front();
  });
  return all;
}

Lasting read_lasting(Database& database) {
  Lasting stored;
  Statement read =
      database.prepare("SELECT n, living, coalesce(head, 0) FROM lasting_group ORDER BY n DESC");
  while (read.step()) {
    stored.place[read.number(0)] = stored.groups.size();
    stored.groups.push_back({read.number(0), read.number(1) != 0, read.number(2), {}});
  }
  stored.members.resize(stored.groups.size());
  const auto place_of = [&](GroupNumber group) {
    const auto found = stored.place.find(group);
    if (found == stored.place.end()) {
      throw Error(ErrorCode::kDamaged, database.path().string() + ": groups",
                  "some members are of none; restore a backup");
    }
    return found->second;
  };
  Statement members = database.prepare(
      "SELECT grp, entity, role, groups FROM lasting_group_member ORDER BY grp, entity");
  while (members.step()) {
    const std::size_t place = place_of(members.number(0));
    stored.groups[place].members.push_back(members.number(1));
    stored.members[place].push_back(
        {members.number(1), std::string(members.text(2)), members.number(3)});
  }
  Statement sources = database.prepare(
      "SELECT lasting, n FROM source_group WHERE lasting IS NOT NULL ORDER BY lasting, n");
  while (sources.step()) {
    stored.groups[place_of(sources.number(0))].sources.push_back(sources.number(1));
    stored.of_source[sources.number(1)] = sources.number(0);
  }
  return stored;
}

// Members of a living group are found by their records; those of a retired one went long ago.
std::vector<LastingGroup> led_on(std::vector<LastingGroup> groups, const Successors& successors) {
  for (LastingGroup& group : groups) {
    if (group.head != 0) group.head = successors.last(group.head);
    if (group.living) continue;
    for (EntityNumber& member : group.members) member = successors.last(member);
    sort_unique(group.members);
  }
  return groups;
}

/// Finds what changes of each group.
class Comparison {
 public:
  Comparison(const Lasting& before, GroupPlan& plan) : before_(before), plan_(plan) {}

  void add(GroupNumber number, const Standing& now) {
    const auto found = before_.place.find(number);
    const bool is_new = found == before_.place.end();
    const std::vector<HeldMember> none;
    const std::vector<HeldMember>& had = is_new ? none : before_.members[found->second];
    const EntityNumber head = is_new ? 0 : before_.groups[found->second].head;
    const bool goes_on = !is_new && before_.groups[found->second].living;
    bool changes = head != now.persons.head;
    for (const HeldMember& member : had) {
      if (std::binary_search(now.persons.members.begin(), now.persons.members.end(),
                             member.entity)) {
        continue;
      }
      plan_.left.emplace_back(number, member.entity);
      changes = true;
    }
    auto held = had.begin();
    for (const JoinedGroup::Member& member : now.joined->members) {
      const EntityNumber entity = member.person;
      held = std::find_if(held, had.end(), [&](const auto& m) { return m.entity >= entity; });
      const bool joins = held == had.end() || held->entity != entity;
      const auto groups = static_cast<std::int64_t>(member.groups);
      if (!joins && held->role == member.role && held->groups == groups) continue;
      plan_.members.push_back({number, entity, member.role, groups, joins});
      if (joins && !is_new) ++plan_.facts.joined;
      changes = changes || joins;
    }
    if (head != now.persons.head) plan_.heads.emplace_back(number, now.persons.head);
    if (goes_on && changes) ++plan_.facts.changed;
  }

 private:
  const Lasting& before_;
  GroupPlan& plan_;
};

// Which lasting group each source group is of; none where nobody of it is known.
void plan_places(const StoredGroups& stored, const Lasting& before,
                 const std::vector<Standing>& now, const std::vector<GroupNumber>& of,
                 GroupPlan& plan) {
  std::vector<GroupNumber> lasting(stored.groups.size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    for (const std::size_t place : now[i].joined->groups) lasting[place] = of[i];
  }
  for (std::size_t i = 0; i < lasting.size(); ++i) {
    const auto found = before.of_source.find(stored.numbers[i]);
    const GroupNumber was = found == before.of_source.end() ? 0 : found->second;
    if (was != lasting[i]) plan.places.emplace_back(stored.numbers[i], lasting[i]);
  }
}

std::string digest_of(const GroupPlan& plan) {
  std::string text;
  const auto add = [&](std::int64_t number) {
    const fmt::format_int digits(number);
    text.append(digits.data(), digits.size()).push_back(',');
  };
  for (const auto* groups : {&plan.minted, &plan.restored, &plan.retired}) {
    for (const GroupNumber group : *groups) add(group);
    text += '|';
  }
  for (const auto* pairs : {&plan.merged, &plan.split, &plan.left, &plan.heads, &plan.places}) {
    for (const auto& [one, other] : *pairs) {
      add(one);
      add(other);
    }
    text += '|';
  }
  for (const GroupPlan::Member& member : plan.members) {
    add(member.group);
    add(member.entity);
    add(member.groups);
    text += member.role + '|';
  }
  return hex_text(sha256(text));
}

}  // namespace

GroupPlan plan_groups(Store& store, const Plan& plan, const GroupLinker& link) {
  GroupPlan planned;
  if (!link || plan.nothing_to_do || !has_groups(store)) return planned;
  Database& database = store.database();
  StoredGroups stored = read_groups(store);
  fill_persons(store, plan, stored.groups);
  const std::vector<JoinedGroup> joined = link(stored.groups);
  const std::vector<Standing> now = standing_groups(joined, stored, FormerEntities(store, plan));
  const Lasting before = read_lasting(database);
  std::vector<GroupOfPersons> persons;
  for (const Standing& one : now) persons.push_back(one.persons);
  GroupAssignment assigned =
      assign_groups(led_on(before.groups, Successors(database, plan)), persons);
  Comparison comparison(before, planned);
  for (std::size_t i = 0; i < now.size(); ++i) comparison.add(assigned.of[i], now[i]);
  plan_places(stored, before, now, assigned.of, planned);
  planned.minted = std::move(assigned.minted);
  planned.restored = std::move(assigned.restored);
  planned.retired = std::move(assigned.retired);
  planned.merged = std::move(assigned.merged);
  planned.split = std::move(assigned.split);
  GroupChanges& facts = planned.facts;
  facts.source_groups = stored.groups.size();
  facts.groups = now.size();
  facts.minted = planned.minted.size();
  facts.merged = planned.merged.size();
  facts.split = planned.split.size();
  facts.retired = planned.retired.size();
  facts.restored = planned.restored.size();
  facts.left = planned.left.size();
  facts.unknown = count_unknown(stored.groups);
  planned.digest = digest_of(planned);
  return planned;
}

}  // namespace tessera
