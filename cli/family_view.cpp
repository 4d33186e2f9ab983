#include "cli/family_view.hpp"

#include <nlohmann/json.hpp>

#include "cli/store_options.hpp"
#include "data/error.hpp"

namespace tessera {

std::string family_text(const GroupView& family) {
  std::string text = family.identifier + "  a family" + (family.living ? "" : ", retired") + "\n";
  for (const std::string& next : family.leads_to) text += "  leads to " + next + "\n";
  if (!family.living && !family.leads_to_living) text += "  nobody of it is in a family any more\n";
  for (const GroupView::Source& one : family.groups) {
    text += "  " + one.source + ":" + one.group_id + "\n";
  }
  if (family.members.empty()) return text;
  std::vector<std::vector<std::string>> rows;
  for (const GroupView::Member& member : family.members) {
    rows.push_back({member.identifier, member.role, std::to_string(member.groups)});
  }
  return text + rows_text("table", {"member", "role", "in families"}, rows);
}

std::string family_json(const GroupView& family) {
  nlohmann::ordered_json json = {{"family", family.identifier},
                                 {"living", family.living},
                                 {"leads_to", family.leads_to},
                                 {"head", family.head}};
  json["members"] = nlohmann::ordered_json::array();
  for (const GroupView::Member& member : family.members) {
    json["members"].push_back(
        {{"identifier", member.identifier}, {"role", member.role}, {"families", member.groups}});
  }
  json["families"] = nlohmann::ordered_json::array();
  for (const GroupView::Source& one : family.groups) {
    json["families"].push_back({{"source", one.source}, {"family_id", one.group_id}});
  }
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void refuse_family(EntityNumber entity, const std::string& typed) {
  if (entity >= 0) return;
  throw Error(ErrorCode::kUsage, typed,
              "is a family's identifier; give a person's (`tessera show` lists the members)");
}

}  // namespace tessera
