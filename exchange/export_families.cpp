#include "exchange/export_families.hpp"

#include <set>

#include "data/csv_writer.hpp"
#include "registry/export.hpp"
#include "registry/inspect_group.hpp"

namespace tessera {
namespace {

/// A file of rows.
class Rows {
 public:
  Rows(const std::filesystem::path& file, std::vector<std::string_view> header) : file_(file) {
    file_.row(header);
  }
  void add(const std::vector<std::string>& fields) {
    for (const std::string& field : fields) file_.field(field);
    file_.end_row();
  }
  void commit() { file_.commit(); }

 private:
  CsvWriter file_;
};

}  // namespace

std::uint64_t export_families(Store& store, const std::filesystem::path& folder, bool safe) {
  const std::vector<GroupNumber> groups = all_groups(store);
  if (groups.empty()) return 0;
  const auto shown = [&](const std::string& text) { return safe ? spreadsheet_safe(text) : text; };
  Rows families(folder / "families.csv",
                {"family_identifier", "head_identifier", "members", "sources", "families"});
  Rows members(folder / "family_members.csv",
               {"family_identifier", "identifier", "role", "families"});
  Rows crosswalk(folder / "family_crosswalk.csv",
                 {"family_identifier", "source", "source_family_id"});
  Rows retired(folder / "family_retired.csv", {"family_identifier", "leads_to"});
  std::uint64_t living = 0;
  for (const GroupNumber group : groups) {
    const GroupView view = view_group(store, group);
    if (!view.living) {
      retired.add({view.identifier, view.leads_to_living ? view.leads_to.back() : std::string()});
      continue;
    }
    ++living;
    std::set<std::string> sources;
    for (const GroupView::Source& one : view.groups) {
      sources.insert(one.source);
      crosswalk.add({view.identifier, shown(one.source), shown(one.group_id)});
    }
    families.add({view.identifier, view.head, std::to_string(view.members.size()),
                  std::to_string(sources.size()), std::to_string(view.groups.size())});
    for (const GroupView::Member& member : view.members) {
      members.add({view.identifier, member.identifier, member.role, std::to_string(member.groups)});
    }
  }
  for (Rows* file : {&families, &members, &crosswalk, &retired}) file->commit();
  return living;
}

}  // namespace tessera
