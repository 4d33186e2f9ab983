#include "exchange/write_families.hpp"

#include <set>
#include <unordered_map>

#include "data/csv_writer.hpp"
#include "engine/entity_id.hpp"
#include "engine/output_folder.hpp"
#include "exchange/families.hpp"

namespace tessera {
namespace {

/// The entities of the records that families name.
class EntityIndex {
 public:
  EntityIndex(const std::vector<SourceFamily>& families, const Table& table,
              const Clusters& clusters) {
    for (const SourceFamily& family : families) {
      for (const SourceFamily::Member& member : family.members) {
        entities_.emplace(key(family.source, member.record_id), "");
      }
      if (!family.head.empty()) entities_.emplace(key(family.source, family.head), "");
    }
    const EntityNamer name(table);
    for (Row row = 0; row < table.record_ids.size(); ++row) {
      const std::string& source =
          table.sources[static_cast<std::size_t>(table.row_source[row])].name;
      const auto found = entities_.find(key(source, table.record_ids[row]));
      if (found != entities_.end()) found->second = name(clusters.label[row]).view();
    }
  }

  std::string_view operator()(std::string_view source, std::string_view record) const {
    const auto found = entities_.find(key(source, record));
    return found == entities_.end() ? std::string_view() : std::string_view(found->second);
  }

 private:
  static std::string key(std::string_view source, std::string_view record) {
    return std::string(source) + ":" + std::string(record);
  }

  std::unordered_map<std::string, std::string> entities_;
};

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
  const EntityIndex index(families, table, clusters);
  const auto entity_of = [&](std::string_view source, std::string_view record) {
    return index(source, record);
  };
  FamilyFacts facts;
  facts.source_families = families.size();
  std::string golden = "family_id,head_entity_id,members,sources,families\n";
  std::string members = "family_id,entity_id,role,families\n";
  std::string crosswalk = "family_id,source,source_family_id\n";
  for (const GoldenFamily& family : link_families(families, entity_of)) {
    std::set<std::string_view> names;
    for (const std::size_t i : family.groups) {
      names.insert(families[i].source);
      append_csv_row(crosswalk, {family.id, families[i].source, families[i].id});
    }
    append_csv_row(golden, {family.id, family.head, std::to_string(family.members.size()),
                            std::to_string(names.size()), std::to_string(family.groups.size())});
    for (const GoldenFamily::Member& member : family.members) {
      append_csv_row(members,
                     {family.id, member.entity_id, member.role, std::to_string(member.groups)});
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
