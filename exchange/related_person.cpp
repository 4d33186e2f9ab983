#include "exchange/related_person.hpp"

#include <nlohmann/json.hpp>

namespace tessera {

std::string write_related_person(const RelatedPersonFacts& facts) {
  nlohmann::ordered_json json;
  json["resourceType"] = "RelatedPerson";
  std::vector<FhirIdentifier> identifiers = facts.identifiers;
  identifiers.push_back({"urn:tessera:patient", facts.related, "", {}, {}, {}});
  for (const FhirIdentifier& identifier : identifiers) {
    json["identifier"].push_back(nlohmann::ordered_json::parse(identifier_json(identifier)));
  }
  json["active"] = true;
  json["patient"]["reference"] = facts.patient;
  nlohmann::ordered_json coding;
  coding["system"] = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
  coding["code"] = facts.relationship;
  nlohmann::ordered_json relationship;
  relationship["coding"].push_back(std::move(coding));
  json["relationship"].push_back(std::move(relationship));
  if (is_fhir_date(facts.start)) json["period"]["start"] = facts.start;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace tessera
