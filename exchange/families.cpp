#include "exchange/families.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <unordered_map>

#include "data/digest.hpp"
#include "data/error.hpp"
#include "data/sort_unique.hpp"
#include "exchange/canonical.hpp"
#include "exchange/input_files.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

using Place = std::uint32_t;

// A source family's persons, each once, ascending.
struct Persons {
  std::vector<PersonNumber> persons;
  PersonNumber head = kNobody;
};

/// Two families that share persons.
struct SharedPersons {
  Place left = 0;
  Place right = 0;
  std::size_t shared = 0;
  bool same_head = false;
};

std::vector<Persons> persons_of(std::span<const SourceFamily> families) {
  std::vector<Persons> all(families.size());
  for (std::size_t i = 0; i < families.size(); ++i) {
    std::vector<PersonNumber>& persons = all[i].persons;
    for (const SourceFamily::Member& member : families[i].members) {
      if (member.person != kNobody) persons.push_back(member.person);
    }
    all[i].head = families[i].head_person;
    if (all[i].head != kNobody) persons.push_back(all[i].head);
    sort_unique(persons);
  }
  return all;
}

bool is_most(std::size_t shared, const Persons& a, const Persons& b) {
  const std::size_t smaller = std::min(a.persons.size(), b.persons.size());
  return 2 * shared > smaller && (shared > 1 || smaller == 1);
}

// The pairs of families that share a person, once for each they share; ascending.
std::vector<std::pair<Place, Place>> meetings(const std::vector<Persons>& persons) {
  std::vector<std::pair<PersonNumber, Place>> held;
  for (Place i = 0; i < persons.size(); ++i) {
    for (const PersonNumber person : persons[i].persons) held.emplace_back(person, i);
  }
  std::sort(held.begin(), held.end());
  std::vector<std::pair<Place, Place>> met;
  for (std::size_t begin = 0, end = 0; begin < held.size(); begin = end) {
    while (end < held.size() && held[end].first == held[begin].first) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = i + 1; j < end; ++j) met.emplace_back(held[i].second, held[j].second);
    }
  }
  std::sort(met.begin(), met.end());
  return met;
}

// Every two families that share most of the smaller one's persons, by their places.
std::vector<SharedPersons> overlaps(const std::vector<Persons>& persons) {
  const std::vector<std::pair<Place, Place>> met = meetings(persons);
  std::vector<SharedPersons> found;
  for (std::size_t begin = 0, end = 0; begin < met.size(); begin = end) {
    while (end < met.size() && met[end] == met[begin]) ++end;
    const auto [left, right] = met[begin];
    const Persons& a = persons[left];
    const Persons& b = persons[right];
    if (!is_most(end - begin, a, b)) continue;
    found.push_back({left, right, end - begin, a.head != kNobody && a.head == b.head});
  }
  return found;
}

// Closest first.
void sort_by_closeness(std::span<const SourceFamily> families, const std::vector<Persons>& persons,
                       std::vector<SharedPersons>& found) {
  const auto name = [&](Place i) {
    return std::pair<std::string_view, std::string_view>(families[i].source, families[i].id);
  };
  const auto all = [&](const SharedPersons& o) {
    return persons[o.left].persons.size() + persons[o.right].persons.size() - o.shared;
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
}

Place find_root(std::vector<Place>& parent, Place i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

// Joins closest first; of two of one source only if they overlap themselves. The root of each.
std::vector<Place> join(std::span<const SourceFamily> families,
                        const std::vector<Persons>& persons) {
  std::vector<SharedPersons> found = overlaps(persons);
  std::vector<std::pair<Place, Place>> overlap;  // ascending
  for (const SharedPersons& one : found) overlap.emplace_back(one.left, one.right);
  sort_by_closeness(families, persons, found);
  std::vector<Place> parent(families.size());
  std::iota(parent.begin(), parent.end(), Place{0});
  std::vector<std::vector<Place>> members(families.size());
  for (Place i = 0; i < families.size(); ++i) members[i] = {i};
  for (const SharedPersons& one : found) {
    const Place a = find_root(parent, one.left);
    const Place b = find_root(parent, one.right);
    if (a == b) continue;
    const bool apart = std::any_of(members[a].begin(), members[a].end(), [&](Place i) {
      return std::any_of(members[b].begin(), members[b].end(), [&](Place j) {
        const std::pair<Place, Place> pair = std::minmax(i, j);
        return families[i].source == families[j].source &&
               !std::binary_search(overlap.begin(), overlap.end(), pair);
      });
    });
    if (apart) continue;
    parent[b] = a;
    members[a].insert(members[a].end(), members[b].begin(), members[b].end());
  }
  for (Place i = 0; i < parent.size(); ++i) parent[i] = find_root(parent, i);
  return parent;
}

/// What a family says: of a word (a head, or a person's role), and when.
template <typename Word>
struct Saying {
  Word word;
  std::string_view when;
  friend auto operator<=>(const Saying&, const Saying&) = default;
};

// What most say; of what is said equally often what the newest says, then the least. `none` where
// nothing is said. REQUIRES: sorted.
template <typename Word>
Word most_said(std::span<const Saying<Word>> sayings, Word none) {
  Word best = none;
  std::pair<std::size_t, std::string_view> most;
  for (std::size_t begin = 0, end = 0; begin < sayings.size(); begin = end) {
    while (end < sayings.size() && sayings[end].word == sayings[begin].word) ++end;
    const std::pair<std::size_t, std::string_view> times(end - begin, sayings[end - 1].when);
    if (begin > 0 && times <= most) continue;
    best = sayings[begin].word;
    most = times;
  }
  return best;
}

PersonNumber head_of(std::span<const SourceFamily> families, const std::vector<Persons>& persons,
                     const std::vector<std::size_t>& places) {
  std::vector<Saying<PersonNumber>> heads;
  for (const std::size_t i : places) {
    if (persons[i].head != kNobody) heads.push_back({persons[i].head, families[i].updated_at});
  }
  std::sort(heads.begin(), heads.end());
  return most_said<PersonNumber>(heads, kNobody);
}

// The members by person, each with the role that most families give, and in how many of them.
std::vector<GoldenFamily::Member> members_of(std::span<const SourceFamily> families,
                                             const std::vector<Persons>& persons,
                                             const std::vector<std::size_t>& places,
                                             PersonNumber head) {
  using Role = Saying<std::string_view>;
  std::vector<std::pair<PersonNumber, Role>> roles;
  std::vector<PersonNumber> held;
  for (const std::size_t i : places) {
    held.insert(held.end(), persons[i].persons.begin(), persons[i].persons.end());
    for (const SourceFamily::Member& member : families[i].members) {
      if (member.person == kNobody || member.role.empty() || member.role == "head") continue;
      roles.push_back({member.person, {member.role, families[i].updated_at}});
    }
  }
  std::sort(held.begin(), held.end());
  std::sort(roles.begin(), roles.end());
  std::vector<GoldenFamily::Member> members;
  std::size_t role = 0;
  std::vector<Role> of_person;
  for (std::size_t begin = 0, end = 0; begin < held.size(); begin = end) {
    const PersonNumber person = held[begin];
    while (end < held.size() && held[end] == person) ++end;
    of_person.clear();
    for (; role < roles.size() && roles[role].first == person; ++role) {
      of_person.push_back(roles[role].second);
    }
    const std::string_view said =
        person == head ? "head" : most_said<std::string_view>(of_person, std::string_view());
    members.push_back({person, std::string(said), end - begin});
  }
  return members;
}

GoldenFamily golden(std::span<const SourceFamily> families, const std::vector<Persons>& persons,
                    std::vector<std::size_t> places) {
  GoldenFamily family;
  std::string least;
  for (const std::size_t i : places) {
    std::string name = families[i].source + ":" + families[i].id;
    if (least.empty() || name < least) least = std::move(name);
  }
  family.head = head_of(families, persons, places);
  family.members = members_of(families, persons, places, family.head);
  Digest digest;
  digest.update(least);
  family.id = "F" + digest.hex();
  family.groups = std::move(places);
  return family;
}

/// A column of a table whose rows all have it at the same place.
class TableColumn {
 public:
  explicit TableColumn(std::string_view name) : name_(name) {}

  std::string_view operator()(const Node& row) {
    if (at_ >= row.children.size() || row.children[at_].key != name_) {
      const auto found = std::find_if(row.children.begin(), row.children.end(),
                                      [&](const Node& value) { return value.key == name_; });
      at_ = static_cast<std::size_t>(found - row.children.begin());
    }
    return at_ < row.children.size() ? std::string_view(row.children[at_].text)
                                     : std::string_view();
  }

 private:
  std::string_view name_;
  std::size_t at_ = 0;
};

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
  std::vector<SourceFamily> families;
  std::vector<std::string> sizes;
  std::unordered_map<std::string, std::size_t> place;
  Import rejects;
  const auto place_of = [&](std::string_view id) {
    const auto [at, is_new] = place.try_emplace(std::string(id), families.size());
    if (is_new) {
      SourceFamily& family = families.emplace_back();
      family.source = source;
      family.id = id;
      sizes.emplace_back();
    }
    return at->second;
  };
  TableColumn family_id("family_id");
  TableColumn head("head_id");
  TableColumn updated("updated_at");
  TableColumn size("size");
  for_each_row(family_file, rejects, [&](Node& row) {
    const std::size_t at = place_of(family_id(row));
    families[at].head = head(row);
    families[at].updated_at = updated(row);
    sizes[at] = size(row);
  });
  TableColumn of_family("family_id");
  TableColumn member_id("member_id");
  TableColumn role("role");
  TableColumn end("end");
  for_each_row(member_file, rejects, [&](Node& row) {
    if (!end(row).empty()) return;
    SourceFamily& family = families[place_of(of_family(row))];
    const std::string_view member = member_id(row);
    if (role(row) == "head" && family.head.empty()) family.head = member;
    family.members.push_back({std::string(member), std::string(role(row))});
  });
  for (std::size_t i = 0; i < families.size(); ++i) {
    families[i].whole = sizes[i] == std::to_string(families[i].members.size());
  }
  std::sort(families.begin(), families.end(),
            [](const SourceFamily& a, const SourceFamily& b) { return a.id < b.id; });
  return families;
}

std::vector<GoldenFamily> link_families(std::span<const SourceFamily> families) {
  const std::vector<Persons> persons = persons_of(families);
  const std::vector<Place> root = join(families, persons);
  std::vector<std::vector<std::size_t>> groups(families.size());
  for (std::size_t i = 0; i < families.size(); ++i) groups[root[i]].push_back(i);
  std::vector<GoldenFamily> out;
  for (std::vector<std::size_t>& places : groups) {
    if (!places.empty()) out.push_back(golden(families, persons, std::move(places)));
  }
  std::sort(out.begin(), out.end(),
            [](const GoldenFamily& a, const GoldenFamily& b) { return a.id < b.id; });
  return out;
}

}  // namespace tessera
