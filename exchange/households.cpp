#include "exchange/households.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "exchange/table_view.hpp"

namespace tessera {
namespace {

using Text = std::string;
template <typename Value>
using ByText = std::map<Text, Value, std::less<>>;

/// Of one person: the relations to persons of the same source.
struct Kin {
  Text mother, father, spouse;
  bool is_parent = false;
};

struct Place {
  Text family;
  Text role;
  Text start;
};

ByText<Kin> kin_of(const Import& import, const std::set<Text, std::less<>>& persons) {
  ByText<Kin> kin;
  const auto keep = [](Text& place, std::string_view who) {
    if (place.empty() || who < place) place = who;
  };
  for (const TableRow& row : all_rows(import, CanonicalTable::kRelation)) {
    const std::string_view one = row["record_id"];
    const std::string_view other = row["related_id"];
    if (one == other || !persons.contains(one) || !persons.contains(other)) continue;
    const std::string_view relation = row["relation"];
    if (relation == "mother") keep(kin[Text(one)].mother, other);
    if (relation == "father" || relation == "parent") keep(kin[Text(one)].father, other);
    if (relation == "mother" || relation == "father" || relation == "parent") {
      kin[Text(other)].is_parent = true;
    }
    if (relation == "child") {
      keep(kin[Text(other)].father, one);
      kin[Text(one)].is_parent = true;
    }
    if (relation == "spouse") {
      keep(kin[Text(one)].spouse, other);
      keep(kin[Text(other)].spouse, one);
    }
  }
  return kin;
}

ByText<Place> places_of(const Import& import, const std::set<Text, std::less<>>& persons) {
  ByText<Place> places;
  for (const TableRow& row : all_rows(import, CanonicalTable::kMembership)) {
    if (!row["end"].empty() || !persons.contains(row["member_id"])) continue;
    Place place{Text(row["family_id"]), Text(row["role"]), Text(row["start"])};
    const auto [at, fresh] = places.emplace(row["member_id"], place);
    if (!fresh && place.start > at->second.start) at->second = place;
  }
  for (const TableRow& row : all_rows(import, CanonicalTable::kPerson)) {
    if (row["household"].empty()) continue;
    places.emplace(row.key(), Place{Text(row["household"]), Text(row["household_role"]), {}});
  }
  return places;
}

// To whom a person without a family belongs; empty: to nobody.
Text belongs_to(const Text& person, const ByText<Kin>& kin, const ByText<Place>& places) {
  const auto found = kin.find(person);
  if (found == kin.end()) return {};
  const Kin& own = found->second;
  if (!own.spouse.empty()) {
    const bool to_the_spouse = places.contains(own.spouse) || own.spouse < person;
    return to_the_spouse ? own.spouse : Text();
  }
  if (own.is_parent) return {};
  return own.mother.empty() ? own.father : own.mother;
}

}  // namespace

std::unordered_map<std::string, std::string> families_by_member(const Import& import) {
  std::set<Text, std::less<>> persons;
  for (const TableRow& row : all_rows(import, CanonicalTable::kPerson)) persons.emplace(row.key());
  std::unordered_map<std::string, std::string> families;
  for (auto& [person, place] : places_of(import, persons)) {
    families.emplace(person, place.family);
  }
  return families;
}

std::vector<Household> households_of(const Import& import) {
  std::set<Text, std::less<>> persons;
  ByText<Text> born;
  std::set<Text, std::less<>> say_head;  // of themselves, whatever family lists them
  for (const TableRow& row : all_rows(import, CanonicalTable::kPerson)) {
    persons.emplace(row.key());
    born.emplace(row.key(), row["birth_date"]);
    if (row["household_role"] == "head") say_head.emplace(row.key());
  }
  ByText<Text> named_heads;
  for (const TableRow& row : all_rows(import, CanonicalTable::kFamily)) {
    named_heads.emplace(row.key(), row["head_id"]);
  }
  const ByText<Kin> kin = kin_of(import, persons);
  const ByText<Place> places = places_of(import, persons);
  ByText<Household> households;
  for (const Text& person : persons) {
    // Along mothers and spouses until someone has a family, nobody follows or the way goes round.
    Text at = person;
    std::set<Text> seen;
    while (!places.contains(at) && seen.insert(at).second) {
      const Text next = belongs_to(at, kin, places);
      if (next.empty()) break;
      at = next;
    }
    const auto place = places.find(at);
    const Text id = place == places.end() ? std::string("of-").append(at) : place->second.family;
    Household& household = households[id];
    household.id = id;
    const bool is_own = at == person;
    const Text role = is_own && place != places.end() ? place->second.role : Text();
    household.members.push_back({person, role});
    if (place == places.end()) household.head = at;
  }
  std::vector<Household> all;
  for (auto& [id, household] : households) {
    const auto is_member = [&](std::string_view who) {
      return std::any_of(household.members.begin(), household.members.end(),
                         [&](const Household::Member& member) { return member.record == who; });
    };
    const auto named = named_heads.find(id);
    if (named != named_heads.end() && is_member(named->second)) household.head = named->second;
    for (const Household::Member& member : household.members) {
      if (household.head.empty() && member.role == "head") household.head = member.record;
    }
    for (const Household::Member& member : household.members) {
      if (household.head.empty() && say_head.contains(member.record)) {
        household.head = member.record;
      }
    }
    if (household.head.empty() || !is_member(household.head)) {
      const auto before = [&](const Household::Member& a, const Household::Member& b) {
        const Text& one = born.find(a.record)->second;
        const Text& other = born.find(b.record)->second;
        if (one.empty() != other.empty()) return other.empty();
        return one != other ? one < other : a.record < b.record;
      };
      household.head =
          std::min_element(household.members.begin(), household.members.end(), before)->record;
    }
    all.push_back(std::move(household));
  }
  return all;
}

}  // namespace tessera
