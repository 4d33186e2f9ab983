#include "exchange/eligibility_response.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "exchange/fhir_parts.hpp"
#include "exchange/fhir_writer.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

Json insurer_of(Node& request, const EligibilityAnswer& answer) {
  Json insurer;
  const std::string reference = text_at(request, "insurer.reference");
  const std::string display = text_at(request, "insurer.display");
  if (!reference.empty()) insurer["reference"] = reference;
  if (!display.empty()) insurer["display"] = display;
  if (insurer.empty()) insurer["display"] = answer.insurer;
  return insurer;
}

Json insurance_of(const EligibilityAnswer& answer) {
  Json insurance;
  insurance["coverage"]["reference"] = "Coverage/" + answer.cover.coverage;
  insurance["inforce"] = true;
  if (is_fhir_date(answer.cover.begin)) {
    insurance["benefitPeriod"]["start"] = answer.cover.begin;
  }
  if (is_fhir_date(answer.cover.end)) insurance["benefitPeriod"]["end"] = answer.cover.end;
  return insurance;
}

}  // namespace

std::string day_asked(Node& request, const std::string& usual) {
  for (const char* path : {"servicedDate", "servicedPeriod.start"}) {
    const std::string day = text_at(request, path).substr(0, 10);
    if (day.size() == 10 && is_fhir_date(day)) return day;
  }
  return usual;
}

std::string write_eligibility_response(Node& request, const EligibilityAnswer& answer) {
  const std::string id = resource_id(request);
  const std::string patient = text_at(request, "patient.reference");
  if (id.empty() || patient.empty()) return {};
  Json json;
  json["resourceType"] = "CoverageEligibilityResponse";
  FhirIdentifier identifier;
  identifier.system = "urn:tessera:eligibility";
  identifier.value = id + "|" + answer.day;
  json["identifier"].push_back(Json::parse(identifier_json(identifier)));
  json["status"] = "active";
  for (Node* purpose : select(request, "purpose")) {
    if (!purpose->text.empty()) json["purpose"].push_back(purpose->text);
    for (Node& one : purpose->children) json["purpose"].push_back(one.text);
  }
  if (!json.contains("purpose")) json["purpose"].push_back("validation");
  json["patient"]["reference"] = patient;
  json["servicedDate"] = answer.day;
  json["created"] = answer.created;
  json["request"]["reference"] = "CoverageEligibilityRequest/" + id;
  json["outcome"] = "complete";
  if (answer.cover.coverage.empty()) {
    json["disposition"] =
        answer.is_insured ? "Insured, and not covered on the day." : "Not insured here.";
  }
  json["insurer"] = insurer_of(request, answer);
  if (!answer.cover.coverage.empty()) json["insurance"].push_back(insurance_of(answer));
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace tessera
