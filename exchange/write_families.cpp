#include "exchange/write_families.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "data/csv_writer.hpp"
#include "engine/entity_id.hpp"
#include "engine/output_folder.hpp"
#include "exchange/families.hpp"

namespace tessera {
namespace {

// Fills in the persons of families: the cluster of each record and 1, so that nobody is 0.
void fill_persons(std::vector<SourceFamily>& families, const Table& table,
                  const Clusters& clusters) {
  std::unordered_map<std::string, PersonNumber> person;
  const auto key = [](std::string_view source, std::string_view record) {
    return std::string(source) + ":" + std::string(record);
  };
  for (const SourceFamily& family : families) {
    for (const SourceFamily::Member& member : family.members) {
      person.emplace(key(family.source, member.record_id), kNobody);
    }
    if (!family.head.empty()) person.emplace(key(family.source, family.head), kNobody);
  }
  for (Row row = 0; row < table.record_ids.size(); ++row) {
    const std::string& source = table.sources[static_cast<std::size_t>(table.row_source[row])].name;
    const auto found = person.find(key(source, table.record_ids[row]));
    if (found != person.end()) found->second = PersonNumber{clusters.label[row]} + 1;
  }
  for (SourceFamily& family : families) {
    for (SourceFamily::Member& member : family.members) {
      member.person = person.at(key(family.source, member.record_id));
    }
    if (!family.head.empty()) family.head_person = person.at(key(family.source, family.head));
  }
}

}  // namespace

FamilyFacts write_families(const std::filesystem::path& folder,
                           const std::vector<SourceSpec>& sources, const Table& table,
                           const Clusters& clusters) {
  std::vector<SourceFamily> families;
  for (const SourceSpec& source : sources) {
    std::vector<SourceFamily> some = read_source_families(source.name, source.path);
    families.insert(families.end(), std::make_move_iterator(some.begin()),
                    std::make_move_iterator(some.end()));
  }
  if (families.empty()) return {};
  fill_persons(families, table, clusters);
  const EntityNamer entity(table);
  const auto entity_id = [&](PersonNumber person) {
    return person == kNobody ? std::string()
                             : std::string(entity(static_cast<Row>(person - 1)).view());
  };
  FamilyFacts facts;
  facts.source_families = families.size();
  std::string golden = "family_id,head_entity_id,members,sources,families\n";
  std::string members = "family_id,entity_id,role,families\n";
  std::string crosswalk = "family_id,source,source_family_id\n";
  for (const GoldenFamily& family : link_families(families)) {
    std::set<std::string_view> names;
    for (const std::size_t i : family.groups) {
      names.insert(families[i].source);
      append_csv_row(crosswalk, {family.id, families[i].source, families[i].id});
    }
    append_csv_row(golden,
                   {family.id, entity_id(family.head), std::to_string(family.members.size()),
                    std::to_string(names.size()), std::to_string(family.groups.size())});
    std::vector<std::pair<std::string, const GoldenFamily::Member*>> by_entity;
    for (const GoldenFamily::Member& member : family.members) {
      by_entity.emplace_back(entity_id(member.person), &member);
    }
    std::sort(by_entity.begin(), by_entity.end());
    for (const auto& [entity_name, member] : by_entity) {
      append_csv_row(members,
                     {family.id, entity_name, member->role, std::to_string(member->groups)});
    }
    ++facts.golden_families;
    facts.members += family.members.size();
  }
  OutputFolder output(folder);
  const std::pair<std::string_view, const std::string*> files[] = {
      {"families.csv", &golden},
      {"family_members.csv", &members},
      {"family_crosswalk.csv", &crosswalk}};
  std::vector<std::string_view> committed;
  for (const auto& [name, text] : files) {
    StagedFile file(output.staged(name));
    file.write(*text);
    file.finish();
    committed.push_back(name);
  }
  output.commit(committed);
  return facts;
}

}  // namespace tessera
