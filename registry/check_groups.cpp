#include "registry/check_groups.hpp"

#include <map>
#include <set>

#include "registry/assign_groups.hpp"
#include "registry/groups.hpp"
#include "registry/identifier.hpp"

namespace tessera {
namespace {

/// A group as the ledger tells, or as it is stored.
struct Told {
  bool living = false;
  GroupNumber successor = 0;
  EntityNumber head = 0;
  std::set<EntityNumber> members;

  friend bool operator==(const Told&, const Told&) = default;
};

using Groups = std::map<GroupNumber, Told>;

Groups replay(Database& database) {
  Groups groups;
  Statement events = database.prepare(
      "SELECT kind, entity, coalesce(other_entity, 0) FROM event WHERE entity < 0 ORDER BY seq");
  while (events.step()) {
    Told& group = groups[events.number(1)];
    const std::int64_t other = events.number(2);
    switch (static_cast<EventKind>(events.number(0))) {
      case EventKind::kMinted:
      case EventKind::kRestored:
        group.living = true;
        group.successor = 0;
        break;
      case EventKind::kMerged:
        group.living = false;
        group.successor = other;
        break;
      case EventKind::kRetired:
        group.living = false;
        group.successor = 0;
        break;
      case EventKind::kJoined:
        group.members.insert(other);
        break;
      case EventKind::kLeft:
        group.members.erase(other);
        break;
      case EventKind::kHead:
        group.head = other;
        break;
      default:
        break;
    }
  }
  return groups;
}

Groups stored(Database& database, std::vector<std::string>& faults) {
  Groups groups;
  Statement read = database.prepare(
      "SELECT n, living, coalesce(successor, 0), coalesce(head, 0), id FROM lasting_group");
  while (read.step()) {
    groups[read.number(0)] = {read.number(1) != 0, read.number(2), read.number(3), {}};
    const std::string id(read.text(4));
    if (read_identifier(id).identifier != id) {
      faults.push_back("group " + std::to_string(read.number(0)) +
                       ": its identifier is not well formed");
    }
  }
  Statement members = database.prepare("SELECT grp, entity FROM lasting_group_member");
  while (members.step()) groups[members.number(0)].members.insert(members.number(1));
  return groups;
}

bool leads_in_a_ring(const Groups& groups, GroupNumber from) {
  std::set<GroupNumber> seen;
  for (auto at = groups.find(from); at != groups.end() && !at->second.living;
       at = groups.find(at->second.successor)) {
    if (!seen.insert(at->first).second) return true;
  }
  return false;
}

void check_lasting(Database& database, std::vector<std::string>& faults) {
  const Groups told = replay(database);
  const Groups groups = stored(database, faults);
  for (const auto& [number, group] : groups) {
    const std::string name = "group " + std::to_string(number);
    const auto found = told.find(number);
    if (found == told.end() || found->second != group) {
      faults.push_back(name + ": is not as the ledger tells");
    }
    if (group.living && group.members.empty()) faults.push_back(name + ": lives without members");
    if (!group.living && leads_in_a_ring(groups, number))
      faults.push_back(name + ": leads in a ring");
  }
  for (const auto& [number, group] : told) {
    if (!groups.contains(number)) {
      faults.push_back("group " + std::to_string(number) + ": the ledger tells of it, and it is " +
                       "not stored");
    }
  }
}

}  // namespace

std::vector<std::string> check_groups(Store& store) {
  std::vector<std::string> faults;
  if (!has_groups(store)) return faults;
  Database& database = store.database();
  std::map<std::int64_t, std::int64_t> digests;
  Statement read = database.prepare("SELECT n, digest FROM source_group");
  while (read.step()) digests[read.number(0)] = read.number(1);
  const StoredGroups groups = read_groups(store);
  for (std::size_t i = 0; i < groups.groups.size(); ++i) {
    if (group_digest(groups.groups[i]) == digests[groups.numbers[i]]) continue;
    faults.push_back("source group " + std::to_string(groups.numbers[i]) +
                     ": its members are not what was stored");
  }
  if (database.number("SELECT count(*) FROM source_group g WHERE g.lasting IS NOT NULL AND NOT"
                      " EXISTS (SELECT 1 FROM lasting_group l WHERE l.n = g.lasting"
                      " AND l.living = 1)") > 0) {
    faults.push_back("source groups: some are of a group that is not there");
  }
  check_lasting(database, faults);
  return faults;
}

std::vector<std::string> group_meanings(Store& store) {
  std::vector<std::string> meanings;
  if (!has_groups(store)) return meanings;
  std::map<std::int64_t, std::string> least;  // of a lasting group: the least source group
  Statement read = store.database().prepare(
      "SELECT s.name, g.id, g.digest, coalesce(g.lasting, 0) FROM source_group g"
      " JOIN source s ON s.n = g.source ORDER BY s.name, g.id");
  while (read.step()) {
    const std::string name = std::string(read.text(0)) + ":" + std::string(read.text(1));
    const std::int64_t lasting = read.number(3);
    std::string meaning = "group|" + name + "|" + std::to_string(read.number(2)) + "|";
    if (lasting != 0) meaning += least.emplace(lasting, name).first->second;
    meanings.push_back(std::move(meaning));
  }
  return meanings;
}

}  // namespace tessera
