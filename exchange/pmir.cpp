#include "exchange/pmir.hpp"

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(const std::string& text) {
  return Json::parse(text);
}

std::string replaced_patient(const PatientMerge& merge) {
  Json json;
  json["resourceType"] = "Patient";
  if (is_fhir_id(merge.replaced)) json["id"] = merge.replaced;
  for (const FhirIdentifier& identifier : merge.identifiers) {
    json["identifier"].push_back(parsed(identifier_json(identifier)));
  }
  json["active"] = false;
  Json other;
  if (is_fhir_id(merge.by)) other["reference"] = "Patient/" + merge.by;
  other["identifier"] = parsed(identifier_json(merge.by_identifier));
  Json link;
  link["other"] = std::move(other);
  link["type"] = "replaced-by";
  json["link"].push_back(std::move(link));
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string pmir_message(const std::vector<PatientMerge>& merges, std::string_view at) {
  std::vector<BundleEntry> changes;
  std::string all;
  for (const PatientMerge& merge : merges) {
    BundleEntry& entry = changes.emplace_back();
    entry.resource = replaced_patient(merge);
    entry.method = "PUT";
    entry.url = is_fhir_id(merge.replaced)
                    ? "Patient/" + merge.replaced
                    : "Patient?identifier=" + identifier_query(merge.identifiers.front());
    entry.full_url = "urn:uuid:" + derived_uuid("Patient|" + entry.url);
    entry.response_status = "200";
    all += entry.resource;
  }
  const std::string history_id = derived_uuid("history|" + all + std::string(at));
  const std::string header_id = derived_uuid("header|" + all + std::string(at));
  const std::string history = write_bundle("history", history_id, "", changes);
  Json header;
  header["resourceType"] = "MessageHeader";
  header["id"] = header_id;
  header["eventUri"] = "urn:ihe:iti:pmir:2019:patient-feed";
  header["source"]["name"] = "Tessera";
  header["source"]["endpoint"] = "urn:tessera:registry";
  header["focus"] = Json::array({Json{{"reference", "urn:uuid:" + history_id}}});
  return write_bundle("message", derived_uuid("message|" + all + std::string(at)), at,
                      {{.resource = header.dump(), .full_url = "urn:uuid:" + header_id},
                       {.resource = history, .full_url = "urn:uuid:" + history_id}});
}

}  // namespace tessera
