#include "exchange/families.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "data/digest.hpp"
#include "data/error.hpp"
#include "exchange/canonical.hpp"
#include "exchange/input_files.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

// A source family with its persons as entities, each once, ascending.
struct Persons {
  std::vector<std::string> entities;
  std::string head;
};

/// Two families that share persons.
struct SharedPersons {
  std::size_t left = 0;
  std::size_t right = 0;
  std::size_t shared = 0;
  bool same_head = false;
};

std::vector<Persons> persons_of(std::span<const SourceFamily> families, const EntityOf& entity_of) {
  std::vector<Persons> all;
  for (const SourceFamily& family : families) {
    Persons persons;
    for (const SourceFamily::Member& member : family.members) {
      const std::string_view entity = entity_of(family.source, member.record_id);
      if (!entity.empty()) persons.entities.emplace_back(entity);
    }
    persons.head = entity_of(family.source, family.head);
    if (!persons.head.empty()) persons.entities.push_back(persons.head);
    std::sort(persons.entities.begin(), persons.entities.end());
    persons.entities.erase(std::unique(persons.entities.begin(), persons.entities.end()),
                           persons.entities.end());
    all.push_back(std::move(persons));
  }
  return all;
}

bool is_most(std::size_t shared, const Persons& a, const Persons& b) {
  const std::size_t smaller = std::min(a.entities.size(), b.entities.size());
  return 2 * shared > smaller && (shared > 1 || smaller == 1);
}

// Every two families that share most of the smaller one's persons, closest first.
std::vector<SharedPersons> overlaps(std::span<const SourceFamily> families,
                                    const std::vector<Persons>& persons) {
  std::map<std::string_view, std::vector<std::size_t>> by_entity;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    for (const std::string& entity : persons[i].entities) by_entity[entity].push_back(i);
  }
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> shared;
  for (const auto& [entity, holders] : by_entity) {
    for (std::size_t i = 0; i < holders.size(); ++i) {
      for (std::size_t j = i + 1; j < holders.size(); ++j) ++shared[{holders[i], holders[j]}];
    }
  }
  std::vector<SharedPersons> found;
  for (const auto& [pair, count] : shared) {
    const Persons& a = persons[pair.first];
    const Persons& b = persons[pair.second];
    if (!is_most(count, a, b)) continue;
    found.push_back({pair.first, pair.second, count, !a.head.empty() && a.head == b.head});
  }
  const auto name = [&](std::size_t i) {
    return std::pair<std::string_view, std::string_view>(families[i].source, families[i].id);
  };
  const auto all = [&](const SharedPersons& o) {
    return persons[o.left].entities.size() + persons[o.right].entities.size() - o.shared;
  };
  std::sort(found.begin(), found.end(), [&](const SharedPersons& a, const SharedPersons& b) {
    // By Jaccard's share, exact in integers; then by the head, the number shared, the names.
    const std::size_t left = a.shared * all(b);
    const std::size_t right = b.shared * all(a);
    if (left != right) return left > right;
    if (a.same_head != b.same_head) return a.same_head;
    if (a.shared != b.shared) return a.shared > b.shared;
    return std::minmax(name(a.left), name(a.right)) < std::minmax(name(b.left), name(b.right));
  });
  return found;
}

std::size_t find_root(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

// Joins closest first; of two of one source only if they overlap themselves.
std::vector<std::size_t> join(std::span<const SourceFamily> families,
                              const std::vector<SharedPersons>& found) {
  std::vector<std::size_t> parent(families.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::vector<std::vector<std::size_t>> members(families.size());
  for (std::size_t i = 0; i < families.size(); ++i) members[i] = {i};
  std::set<std::pair<std::size_t, std::size_t>> overlap;
  for (const SharedPersons& one : found) overlap.emplace(one.left, one.right);
  for (const SharedPersons& one : found) {
    const std::size_t a = find_root(parent, one.left);
    const std::size_t b = find_root(parent, one.right);
    if (a == b) continue;
    const bool apart = std::any_of(members[a].begin(), members[a].end(), [&](std::size_t i) {
      return std::any_of(members[b].begin(), members[b].end(), [&](std::size_t j) {
        return families[i].source == families[j].source && !overlap.contains(std::minmax(i, j));
      });
    });
    if (apart) continue;
    parent[b] = a;
    members[a].insert(members[a].end(), members[b].begin(), members[b].end());
  }
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = find_root(parent, i);
  return parent;
}

// What most say; of those said equally often what the newest of them says, then the least.
std::string most_said(const std::map<std::string, std::pair<std::size_t, std::string>>& said) {
  std::string best;
  std::pair<std::size_t, std::string> count;
  for (const auto& [word, times] : said) {
    if (best.empty() || times > count) {
      best = word;
      count = times;
    }
  }
  return best;
}

GoldenFamily golden(std::span<const SourceFamily> families, const std::vector<Persons>& persons,
                    std::vector<std::size_t> places, const EntityOf& entity_of) {
  using Said = std::map<std::string, std::pair<std::size_t, std::string>>;
  GoldenFamily family;
  Said heads;
  std::map<std::string, Said> roles;
  std::map<std::string, std::size_t> held;
  std::string least;
  const auto say = [](Said& said, const std::string& word, const std::string& when) {
    auto& [times, newest] = said[word];
    ++times;
    newest = std::max(newest, when);
  };
  for (const std::size_t i : places) {
    const std::string name = families[i].source + ":" + families[i].id;
    if (least.empty() || name < least) least = name;
    if (!persons[i].head.empty()) say(heads, persons[i].head, families[i].updated_at);
    for (const std::string& entity : persons[i].entities) ++held[entity];
    for (const SourceFamily::Member& member : families[i].members) {
      const std::string entity(entity_of(families[i].source, member.record_id));
      if (entity.empty() || member.role.empty() || member.role == "head") continue;
      say(roles[entity], member.role, families[i].updated_at);
    }
  }
  family.head = most_said(heads);
  for (const auto& [entity, count] : held) {
    const std::string role = entity == family.head ? "head" : most_said(roles[entity]);
    family.members.push_back({entity, role, count});
  }
  Digest digest;
  digest.update(least);
  family.id = "F" + digest.hex();
  family.groups = std::move(places);
  return family;
}

// Columns of a canonical table by name, for one row.
std::string text_of(Node& row, std::string_view column) {
  return text_at(row, column);
}

}  // namespace

bool has_family_files(const fs::path& person_file) {
  std::error_code ignored;
  return person_file.filename() == "person.csv" &&
         fs::exists(person_file.parent_path() / "membership.csv", ignored);
}

std::vector<SourceFamily> read_source_families(const std::string& source,
                                               const fs::path& person_file) {
  const fs::path family_file = person_file.parent_path() / "family.csv";
  const fs::path member_file = person_file.parent_path() / "membership.csv";
  if (!has_family_files(person_file)) return {};
  for (const auto& [file, column] :
       {std::pair<const fs::path*, const char*>{&family_file, "head_id"},
        {&member_file, "member_id"}}) {
    const std::vector<std::string> columns = column_names(*file);
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      throw Error(
          ErrorCode::kUsage, file->string(),
          std::string("has no column ") + column + "; it must be as `tessera import` writes it");
    }
  }
  std::map<std::string, SourceFamily> by_id;
  std::map<std::string, std::string> sizes;
  Import rejects;
  const auto family_of = [&](const std::string& id) -> SourceFamily& {
    SourceFamily& family = by_id[id];
    family.source = source;
    family.id = id;
    return family;
  };
  for_each_row(family_file, rejects, [&](Node& row) {
    SourceFamily& family = family_of(text_of(row, "family_id"));
    family.head = text_of(row, "head_id");
    family.updated_at = text_of(row, "updated_at");
    sizes[family.id] = text_of(row, "size");
  });
  for_each_row(member_file, rejects, [&](Node& row) {
    if (!text_of(row, "end").empty()) return;
    SourceFamily& family = family_of(text_of(row, "family_id"));
    const std::string role = text_of(row, "role");
    const std::string member = text_of(row, "member_id");
    if (role == "head" && family.head.empty()) family.head = member;
    family.members.push_back({member, role});
  });
  std::vector<SourceFamily> families;
  for (auto& [id, family] : by_id) {
    family.whole = sizes[id] == std::to_string(family.members.size());
    families.push_back(std::move(family));
  }
  return families;
}

std::vector<GoldenFamily> link_families(std::span<const SourceFamily> families,
                                        const EntityOf& entity_of) {
  const std::vector<Persons> persons = persons_of(families, entity_of);
  const std::vector<std::size_t> root = join(families, overlaps(families, persons));
  std::map<std::size_t, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < families.size(); ++i) groups[root[i]].push_back(i);
  std::vector<GoldenFamily> out;
  for (auto& [first, places] : groups) {
    out.push_back(golden(families, persons, std::move(places), entity_of));
  }
  std::sort(out.begin(), out.end(),
            [](const GoldenFamily& a, const GoldenFamily& b) { return a.id < b.id; });
  return out;
}

}  // namespace tessera
