#include "exchange/write_claim.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "exchange/fhir_writer.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kGuide = "https://openimis.github.io/openimis_fhir_r4_ig/";
constexpr const char* kPriority = "http://terminology.hl7.org/CodeSystem/processpriority";
constexpr const char* kAdjudication = "http://terminology.hl7.org/CodeSystem/adjudication";
constexpr const char* kNotStated = "not stated";

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Json coding(const std::string& system, std::string_view code) {
  Json one;
  one["system"] = system;
  one["code"] = code;
  Json coded;
  coded["coding"] = Json::array({std::move(one)});
  return coded;
}

// Of a column of numbers: it holds a decimal, or nothing.
Json number(std::string_view text) {
  return Json::parse(text, nullptr, false);
}

bool is_number(std::string_view text) {
  return !text.empty() && number(text).is_number();
}

Json money(std::string_view value, std::string_view currency) {
  Json amount;
  amount["value"] = number(value);
  if (currency.size() == 3) amount["currency"] = currency;
  return amount;
}

// Leads to a resource; what is no id of one is told in words.
Json reference(const char* type, std::string_view id, std::string_view name = {}) {
  Json to;
  if (is_fhir_id(id)) to["reference"] = std::string(type) + "/" + std::string(id);
  if (!name.empty()) {
    to["display"] = name;
  } else if (to.empty()) {
    to["display"] = id.empty() ? std::string(kNotStated) : std::string(id);
  }
  return to;
}

std::vector<std::string_view> details(const ClaimFacts& facts, std::string_view name) {
  std::vector<std::string_view> values;
  for (const TableRow& row : facts.details) {
    if (row["name"] == name) values.push_back(row["value"]);
  }
  return values;
}

Json diagnoses(const ClaimFacts& facts) {
  const TableRow& claim = *facts.claim;
  Json list = Json::array();
  const auto add = [&](Json what) {
    Json one;
    one["sequence"] = list.size() + 1;
    one["diagnosisCodeableConcept"] = std::move(what);
    list.push_back(std::move(one));
  };
  const std::string system = std::string(kGuide) + "CodeSystem/diagnosis-ICD10-level1";
  if (!claim["diagnosis"].empty()) {
    Json first = coding(system, claim["diagnosis"]);
    if (!claim["diagnosis_name"].empty()) first["coding"][0]["display"] = claim["diagnosis_name"];
    add(std::move(first));
  }
  for (const std::string_view code : details(facts, "diagnosis")) add(coding(system, code));
  for (const std::string_view id : details(facts, "diagnosis_id")) {
    add(coding("urn:tessera:" + facts.source + ":diagnosis", id));
  }
  return list;
}

Json item(const ClaimFacts& facts, const TableRow& row, std::size_t sequence) {
  Json one;
  const std::string category(row["category"]);
  if (is_fhir_id(row["item_id"]) && row["item_id"].size() == 36) {
    const char* type = category == "service" ? "ActivityDefinition" : "Medication";
    Json extension;
    extension["url"] = std::string(kGuide) + "StructureDefinition/claim-item-reference";
    extension["valueReference"] = reference(type, row["item_id"]);
    one["extension"] = Json::array({std::move(extension)});
  }
  one["sequence"] = sequence;
  if (!category.empty()) one["category"]["text"] = category;
  if (!row["code"].empty()) {
    one["productOrService"]["text"] = row["code"];
  } else if (!row["item_id"].empty()) {
    one["productOrService"] =
        coding("urn:tessera:" + facts.source + ":" + (category.empty() ? "item" : category),
               row["item_id"]);
  } else {
    one["productOrService"]["text"] = kNotStated;
  }
  if (is_number(row["quantity"])) one["quantity"]["value"] = number(row["quantity"]);
  if (is_number(row["unit_price"])) one["unitPrice"] = money(row["unit_price"], row["currency"]);
  return one;
}

Json supporting_info(const TableRow& claim) {
  Json list = Json::array();
  for (const char* what : {"guarantee", "explanation"}) {
    if (claim[what].empty()) continue;
    Json one;
    one["sequence"] = list.size() + 1;
    one["category"] =
        coding(std::string(kGuide) + "CodeSystem/claim-supporting-info-category", what);
    one["valueString"] = claim[what];
    list.push_back(std::move(one));
  }
  return list;
}

// What Claim and ClaimResponse begin with. R4 demands a type.
Json begin(const char* type, const std::string& id, const TableRow& claim) {
  Json json;
  json["resourceType"] = type;
  if (is_fhir_id(id)) json["id"] = id;
  if (!claim["code"].empty()) {
    Json identifier;
    identifier["type"] = coding(std::string(kGuide) + "CodeSystem/openimis-identifiers", "Code");
    identifier["value"] = claim["code"];
    json["identifier"] = Json::array({std::move(identifier)});
  }
  json["status"] = "active";
  if (claim["visit_type"].empty()) {
    json["type"]["text"] = kNotStated;
  } else {
    json["type"] =
        coding(std::string(kGuide) + "CodeSystem-claim-visit-type.html", claim["visit_type"]);
  }
  json["use"] = "claim";
  json["patient"] = reference("Patient", claim["patient_id"]);
  return json;
}

// R4 demands when it was made, or that this is not known.
void put_created(Json& json, const TableRow& claim) {
  for (const char* column : {"created", "start", "end", "updated_at"}) {
    const std::string_view day = claim[column].substr(0, 10);
    if (!is_fhir_date(day)) continue;
    json["created"] = day;
    return;
  }
  json["_created"]["extension"] =
      Json::array({{{"url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason"},
                    {"valueCode", "unknown"}}});
}

Json adjudication(const TableRow& row) {
  Json list = Json::array();
  if (!is_number(row["approved_price"]) && !is_number(row["approved_quantity"])) return list;
  Json one;
  one["category"] = coding(kAdjudication, "benefit");
  if (is_number(row["approved_price"]))
    one["amount"] = money(row["approved_price"], row["currency"]);
  if (is_number(row["approved_quantity"])) one["value"] = number(row["approved_quantity"]);
  list.push_back(std::move(one));
  return list;
}

}  // namespace

std::string write_claim(const ClaimFacts& facts) {
  const TableRow& claim = *facts.claim;
  Json json = begin("Claim", std::string(claim.key()), claim);
  for (const char* bound : {"start", "end"}) {
    if (is_fhir_date(claim[bound])) json["billablePeriod"][bound] = claim[bound];
  }
  put_created(json, claim);
  if (!claim["enterer_id"].empty())
    json["enterer"] = reference("Practitioner", claim["enterer_id"]);
  json["provider"] = reference("Organization", claim["facility_id"], claim["facility"]);
  json["priority"] = coding(kPriority, "normal");
  if (Json info = supporting_info(claim); !info.empty()) json["supportingInfo"] = std::move(info);
  if (Json list = diagnoses(facts); !list.empty()) json["diagnosis"] = std::move(list);
  Json insurance;
  insurance["sequence"] = 1;
  insurance["focal"] = true;
  insurance["coverage"] = reference("Coverage", claim["coverage_id"]);
  json["insurance"] = Json::array({std::move(insurance)});
  for (std::size_t i = 0; i < facts.items.size(); ++i) {
    json["item"].push_back(item(facts, facts.items[i], i + 1));
  }
  if (is_number(claim["total"])) json["total"] = money(claim["total"], claim["currency"]);
  return text_of(json);
}

std::string write_claim_response(const ClaimFacts& facts) {
  const TableRow& claim = *facts.claim;
  const std::string_view status = claim["status"];
  Json items = Json::array();
  for (std::size_t i = 0; i < facts.items.size(); ++i) {
    Json judged = adjudication(facts.items[i]);
    if (judged.empty()) continue;
    Json one;
    one["itemSequence"] = i + 1;
    one["adjudication"] = std::move(judged);
    items.push_back(std::move(one));
  }
  const bool is_judged = status == "rejected" || status == "processed" || status == "valuated";
  if (!is_judged && items.empty() && !is_number(claim["approved"])) return {};
  Json json = begin("ClaimResponse", "answer-" + std::string(claim.key()), claim);
  put_created(json, claim);
  json["insurer"]["display"] = facts.source;
  json["request"] = reference("Claim", claim.key());
  json["outcome"] = "complete";
  if (!status.empty()) json["disposition"] = status;
  if (!items.empty()) json["item"] = std::move(items);
  if (is_number(claim["approved"])) {
    Json total;
    total["category"] = coding(kAdjudication, "benefit");
    total["amount"] = money(claim["approved"], claim["currency"]);
    json["total"] = Json::array({std::move(total)});
  }
  return text_of(json);
}

std::size_t details_left_out(const ClaimFacts& facts) {
  return static_cast<std::size_t>(
      std::count_if(facts.details.begin(), facts.details.end(), [](const TableRow& row) {
        return row["name"] != "diagnosis" && row["name"] != "diagnosis_id";
      }));
}

}  // namespace tessera
