#include "tests/registry/family_life.hpp"

#include <algorithm>
#include <set>

#include "registry/feed.hpp"
#include "registry/plan_file.hpp"
#include "registry/records.hpp"

namespace tessera::test {

std::vector<JoinedGroup> join_by_id(std::span<const SourceGroup> groups) {
  std::map<std::string, std::vector<std::size_t>> by_id;
  for (std::size_t i = 0; i < groups.size(); ++i) by_id[groups[i].id].push_back(i);
  std::vector<JoinedGroup> joined;
  for (const auto& [id, places] : by_id) {
    JoinedGroup& group = joined.emplace_back();
    group.id = id;
    group.groups = places;
    std::map<PersonNumber, JoinedGroup::Member> members;
    for (const std::size_t i : places) {
      if (group.head == kNobody) group.head = groups[i].head_person;
      std::set<PersonNumber> seen;
      for (const SourceGroup::Member& member : groups[i].members) {
        if (member.person == kNobody || !seen.insert(member.person).second) continue;
        JoinedGroup::Member& one = members[member.person];
        one = {member.person, member.role, one.groups + 1};
      }
    }
    for (auto& [person, member] : members) group.members.push_back(std::move(member));
  }
  return joined;
}

SourceGroup client_group(const std::string& id, const std::vector<int>& persons) {
  SourceGroup group;
  group.source = "client";
  group.id = id;
  for (const int person : persons) {
    const std::string record = "C" + std::to_string(1000 + person);
    if (group.head.empty()) group.head = record;
    group.members.push_back({record, group.members.empty() ? "head" : "child"});
  }
  return group;
}

FamilyLife::FamilyLife(std::uint32_t persons) : persons_(persons) {
  registry.load(invented_records(persons, 11));
  registry.apply();
}

void FamilyLife::load(const std::vector<SourceGroup>& groups, bool full) {
  Store store = registry.open();
  LoadOptions options;
  options.full = full;
  for (const SourceGroup& group : groups) options.groups[group.source].push_back(group);
  load_files(store, {}, options, test_run("groups"));
}

GroupChanges FamilyLife::say(const std::vector<SourceGroup>& groups, bool full) {
  load(groups, full);
  return apply();
}

GroupChanges FamilyLife::apply() {
  Store store = registry.open();
  return apply_store(store, {}, nullptr, test_run("apply"), join_by_id).groups.facts;
}

std::string FamilyLife::id_of(const std::string& group, std::size_t source) {
  Store store = registry.open(Store::Access::kRead);
  return std::string(Feed(store, 0).group_identifier(source, group));
}

GroupView FamilyLife::view(const std::string& identifier) {
  Store store = registry.open(Store::Access::kRead);
  return view_group(store, find_group(store, identifier));
}

std::vector<int> FamilyLife::members(const std::string& identifier) {
  std::map<std::string, int> person;
  for (std::uint32_t i = 0; i < persons_; ++i) {
    const std::string record = "C" + std::to_string(1000 + i);
    {
      Store store = registry.open(Store::Access::kRead);
      if (find_record(store, "client", record) == 0) continue;  // erased
    }
    person[registry.identifier("client:" + record)] = static_cast<int>(i);
  }
  std::vector<int> numbers;
  for (const GroupView::Member& member : view(identifier).members) {
    numbers.push_back(person.at(member.identifier));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace tessera::test
