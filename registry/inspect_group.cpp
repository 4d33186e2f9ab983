#include "registry/inspect_group.hpp"

#include <optional>

#include "registry/groups.hpp"

namespace tessera {

GroupNumber find_group(Store& store, const std::string& identifier) {
  Database& database = store.database();
  if (database.number("PRAGMA user_version") < kGroupsVersion) return 0;  // opened for reading
  Statement find = database.prepare("SELECT n FROM lasting_group WHERE id = ?");
  find.bind(0, std::string_view(identifier));
  return find.step() ? find.number(0) : 0;
}

std::vector<GroupNumber> all_groups(Store& store) {
  std::vector<GroupNumber> groups;
  if (!has_groups(store)) return groups;
  Statement read = store.database().prepare("SELECT n FROM lasting_group ORDER BY n DESC");
  while (read.step()) groups.push_back(read.number(0));
  return groups;
}

GroupView view_group(Store& store, GroupNumber group) {
  Database& database = store.database();
  GroupView view;
  Statement find =
      database.prepare("SELECT id, living, successor, head FROM lasting_group WHERE n = ?");
  std::optional<std::int64_t> head;
  std::optional<std::int64_t> next = group;
  for (bool first = true; next; first = false) {
    find.bind(0, *next);
    if (!find.step()) break;
    const bool living = find.number(1) != 0;
    if (first) {
      view.identifier = find.text(0);
      view.living = living;
      head = find.maybe(3);
    } else {
      view.leads_to.emplace_back(find.text(0));
    }
    view.leads_to_living = living;
    next = living ? std::nullopt : find.maybe(2);
    find.reset();
  }
  if (!view.living) return view;
  Statement members = database.prepare(
      "SELECT m.entity, e.id, m.role, m.groups FROM lasting_group_member m"
      " JOIN entity e ON e.n = m.entity WHERE m.grp = ? ORDER BY m.entity");
  members.bind(0, group);
  while (members.step()) {
    if (head == members.number(0)) view.head = members.text(1);
    view.members.push_back(
        {std::string(members.text(1)), std::string(members.text(2)), members.number(3)});
  }
  Statement groups = database.prepare(
      "SELECT s.name, g.id FROM source_group g JOIN source s ON s.n = g.source"
      " WHERE g.lasting = ? ORDER BY 1, 2");
  groups.bind(0, group);
  while (groups.step()) {
    view.groups.push_back({std::string(groups.text(0)), std::string(groups.text(1))});
  }
  return view;
}

}  // namespace tessera
