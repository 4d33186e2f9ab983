#include "tests/exchange/transfer_world.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_writer.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {

using Json = nlohmann::json;

Json patient(const std::string& id, bool is_head) {
  Json json = {{"resourceType", "Patient"},
               {"id", id},
               {"name", {{{"family", "F" + id}, {"given", {"G" + id}}}}},
               {"identifier", {{{"system", "http://sender/id"}, {"value", "n" + id}}}},
               {"birthDate", "1990-01-01"}};
  if (is_head) {
    json["extension"] = {
        {{"url",
          "https://openimis.github.io/openimis_fhir_r4_ig/StructureDefinition/patient-is-head"},
         {"valueBoolean", true}}};
  }
  return json;
}

Json family(const std::string& id, const std::vector<std::string>& members) {
  Json json = {{"resourceType", "Group"}, {"id", id},         {"type", "person"},
               {"actual", true},          {"name", "N" + id}, {"quantity", members.size()}};
  for (const std::string& member : members) {
    json["member"].push_back({{"entity", {{"reference", "Patient/" + member}}}});
  }
  return json;
}

Json coverage(const std::string& id, const std::string& person, const std::string& begin,
              const std::string& end, const std::string& product) {
  Json json = {{"resourceType", "Coverage"},
               {"id", id},
               {"status", "active"},
               {"beneficiary", {{"reference", "Patient/" + person}}},
               {"payor", {{{"reference", "Patient/" + person}}}},
               {"period", {{"start", begin}}},
               {"class", {{{"type", {{"text", "plan"}}}, {"value", product}}}}};
  if (!end.empty()) json["period"]["end"] = end;
  return json;
}

Json claim(const std::string& id, const std::string& person, double total) {
  return {{"resourceType", "Claim"},
          {"id", id},
          {"patient", {{"reference", "Patient/" + person}}},
          {"total", {{"value", total}, {"currency", "USD"}}}};
}

void FhirServer::put(const Json& resource) {
  resources_[resource["resourceType"].get<std::string>() + "/" +
             resource["id"].get<std::string>()] = resource;
}

// The only resource of the type with the identifier that `identifier=SYSTEM|VALUE` names.
std::string FhirServer::find(const std::string& type, const std::string& query) const {
  std::string found;
  for (const auto& [name, resource] : resources_) {
    if (!name.starts_with(type + "/") || !resource.contains("identifier")) continue;
    for (const Json& one : resource["identifier"]) {
      FhirIdentifier identifier;
      identifier.system = one.value("system", "");
      identifier.value = one.value("value", "");
      if ("identifier=" + identifier_query(identifier) != query) continue;
      EXPECT_EQ(found, "") << "a condition that two resources fulfil is refused";
      found = name;
    }
  }
  return found;
}

void FhirServer::take(const std::string& transactions) {
  for (const std::string& line : lines_of_text(transactions)) {
    const Json entries = Json::parse(line)["entry"];
    std::map<std::string, std::string> named;  // resources by fullUrl
    std::string text;
    std::map<std::string, Json> fresh;
    for (const Json& entry : entries) {
      const std::string method = entry["request"]["method"];
      const std::string url = entry["request"]["url"];
      if (method == "DELETE") {
        const std::size_t mark = url.find('?');
        resources_.erase(find(url.substr(0, mark), url.substr(mark + 1)));
      } else if (method == "PUT") {
        ASSERT_EQ(url, entry["resource"]["resourceType"].get<std::string>() + "/" +
                           entry["resource"]["id"].get<std::string>());
        resources_[url] = entry["resource"];
      } else {
        std::string name = find(url, entry["request"]["ifNoneExist"]);
        if (name.empty()) {
          name = url + "/new-" + std::to_string(++made_);
          fresh[name] = entry["resource"];
          fresh[name]["id"] = name.substr(url.size() + 1);
        }
        named[entry["fullUrl"]] = name;
      }
    }
    for (const auto& [name, resource] : fresh) {
      std::string whole = resource.dump();
      for (const auto& [url, target] : named) {
        for (std::size_t at = 0; (at = whole.find("\"" + url + "\"", at)) != std::string::npos;) {
          whole.replace(at + 1, url.size(), target);
        }
      }
      EXPECT_EQ(whole.find("urn:uuid:"), std::string::npos) << "leads to nothing";
      resources_[name] = Json::parse(whole);
    }
  }
}

std::string FhirServer::text() const {
  std::string all;
  for (const auto& [name, resource] : resources_) all += resource.dump() + "\n";
  return all;
}

}  // namespace tessera::test
