#include "exchange/write_dedup_tasks.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "exchange/flat_person.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

// openIMIS's names of what it keeps beside the free columns.
std::string openimis_name(const std::string& name) {
  if (name == "given_name") return "first_name";
  if (name == "family_name") return "last_name";
  if (name == "birth_date") return "dob";
  return name;
}

// What all records have, and alike.
Json common_values(const Import& tables, const std::vector<Outgoing>& group) {
  std::map<std::string, std::string> common;
  bool first = true;
  for (const Outgoing& person : group) {
    std::map<std::string, std::string> own;
    for (const auto& [name, value] : flat_person(tables, person.record)) {
      own.emplace(openimis_name(name), value);
    }
    if (first) {
      common = std::move(own);
    } else {
      std::erase_if(common, [&](const auto& field) {
        const auto at = own.find(field.first);
        return at == own.end() || at->second != field.second;
      });
    }
    first = false;
  }
  Json values = Json::object();
  for (const char* name : {"first_name", "last_name", "dob"}) {
    const auto at = common.find(name);
    if (at == common.end()) continue;
    values[name] = at->second;
    common.erase(at);
  }
  for (const auto& [name, value] : common) values[name] = value;
  return values;
}

}  // namespace

Written write_dedup_tasks(const Import& tables, std::span<const std::vector<Outgoing>> groups) {
  Written file;
  std::map<std::string, Json> entries;  // by the first id
  for (const std::vector<Outgoing>& group : groups) {
    std::set<std::string> ids;
    for (const Outgoing& person : group) {
      ids.insert(person.receiver_id.empty() ? person.record : person.receiver_id);
    }
    if (ids.size() < 2) {
      leave_out(file, "one record alone");
      continue;
    }
    Json entry;
    entry["count"] = ids.size();
    entry["ids"] = ids;
    entry["columnValues"] = common_values(tables, group).dump();
    entries[*ids.begin()] = std::move(entry);
    count_written(file);
  }
  Json summary = Json::array();
  for (auto& [id, entry] : entries) summary.push_back(std::move(entry));
  file.text = Json{{"summary", std::move(summary)}}.dump(2) + "\n";
  return file;
}

}  // namespace tessera
