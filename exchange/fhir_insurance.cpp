#include "exchange/fhir_insurance.hpp"

#include "exchange/fhir_parts.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

constexpr FieldMap kCoverage[] = {{"policy_id", "subscriberId"},
                                  {"status", "status"},
                                  {"start", "period.start"},
                                  {"end", "period.end"},
                                  {"product", "class.value"},
                                  {"product", "class.value.value"},  // R5
                                  {"product_name", "class.name"},
                                  {"enrolled", "extension[url~coverage-date].valueDate"},
                                  {"enrolled", "extension[url~coverage-enroll-date].valueDate"},
                                  {"effective", "extension[url~coverage-effective-date].valueDate"},
                                  {"stage", "type.coding.code"},
                                  {"+kind", "kind"},
                                  {"+contract", "contract.reference"},
                                  {"updated_at", "meta.lastUpdated"}};

constexpr FieldMap kClaim[] = {
    {"status", "status"},
    {"use", "use"},
    {"visit_type", "type.coding.code"},
    {"priority", "priority.coding.code"},
    {"purpose", "purpose"},
    {"outcome", "outcome"},
    {"created", "created"},
    {"start", "billablePeriod.start"},
    {"end", "billablePeriod.end"},
    {"start", "servicedDate"},
    {"start", "servicedPeriod.start"},
    {"end", "servicedPeriod.end"},
    {"diagnosis", "diagnosis.diagnosisCodeableConcept.coding.code"},
    {"diagnosis", "diagnosis.diagnosisReference.reference"},
    {"diagnosis_name", "diagnosis.diagnosisCodeableConcept.coding.display"},
    {"total", "total.value"},
    {"currency", "total.currency"},
    {"total", "total.amount.value"},
    {"currency", "total.amount.currency"},
    {"+total_category", "total.category.coding.code"},
    {"guarantee", "supportingInfo[category.coding.code=guarantee].valueString"},
    {"explanation", "supportingInfo[category.coding.code=explanation].valueString"},
    {"+supporting_info", "supportingInfo.valueString", {}, true},
    {"+supporting_title", "supportingInfo.valueAttachment.title"},
    {"explanation", "processNote.text"},
    {"explanation", "error.code.text"},
    {"updated_at", "meta.lastUpdated"}};

constexpr FieldMap kItem[] = {
    {"category", "category.text"},
    {"category", "category.coding.code"},
    {"code", "productOrService.text"},
    {"code", "productOrService.coding.code"},
    {"quantity", "quantity.value"},
    {"unit_price", "unitPrice.value"},
    {"currency", "unitPrice.currency"},
    {"note", "extension[url~claim-item-reference].valueReference.display"},
    {"+reference_kind", "extension[url~claim-item-reference].valueReference.type"},
    {"+net", "net.value"},
    {"+serviced", "servicedDate"}};

// What the insurer made of it.
constexpr FieldMap kAdjudication[] = {
    {"status", "category.coding.code"}, {"+status_name", "category.coding.display"},
    {"reason", "reason.coding.code"},   {"+reason_name", "reason.coding.display"},
    {"approved_price", "amount.value"}, {"currency", "amount.currency"},
    {"approved_quantity", "value"}};

constexpr FieldMap kReferral[] = {
    {"date", "authoredOn"},        {"date", "occurrenceDateTime"},
    {"status", "status"},          {"reason", "reasonCode.coding.code"},
    {"reason", "reasonCode.text"}, {"+service", "code.coding.code"},
    {"+service", "code.text"},     {"+note", "note.text"}};

std::string_view claim_kind(std::string_view type) {
  if (type == "ClaimResponse") return "response";
  if (type == "CoverageEligibilityRequest") return "eligibility_request";
  return "claim";
}

// The identifier of openIMIS's type Code: the claim's number on paper.
std::string paper_code(Node& resource) {
  return text_at(resource, "identifier[type.coding.code=Code].value");
}

void take_items(Node& claim, std::string_view kind, Import& import, const std::string& id) {
  std::size_t number = 0;
  for (Node* item : select(claim, "item")) {
    ++number;
    Record row(import, CanonicalTable::kClaimItem, id);
    row.set("kind", kind, "resourceType");
    for (const char* path : {"sequence", "itemSequence"}) {
      for (Node* leaf : select(*item, path)) {
        mark_mapped(*leaf);
        row.set("sequence", leaf->text, path);
      }
    }
    if (row.value("sequence").empty()) row.set("sequence", std::to_string(number), "item");
    const std::string reference = "extension[url~claim-item-reference].valueReference";
    row.set("item_id", refer(*item, reference), reference);
    row.take(*item, kItem);
    for (Node* adjudication : select(*item, "adjudication")) row.take(*adjudication, kAdjudication);
    row.add();
  }
}

void refer_facility(Node& claim, Record& row) {
  for (const char* path : {"provider", "facility"}) {
    for (Node* display : select(claim, std::string(path) + ".display")) {
      mark_mapped(*display);
      row.set("facility", display->text, path);
    }
    const std::string facility = refer(claim, path);
    for (Node* display : select(claim, std::string(path) + ".display")) mark_mapped(*display);
    row.set("facility_id", facility, path);
  }
}

}  // namespace

void read_coverage(Node& coverage, Import& import) {
  const std::string id = resource_id(coverage);
  if (id.empty()) {
    import.reject("Coverage", "has neither id nor identifier, so nothing can name it");
    return;
  }
  Record row(import, CanonicalTable::kCoverage, id);
  row.set("beneficiary_id", refer(coverage, "beneficiary"), "beneficiary");
  row.set("holder_id", refer(coverage, "policyHolder"), "policyHolder");
  row.set("holder_id", refer(coverage, "subscriber"), "subscriber");
  for (Node* payor : select(coverage, "payor")) {
    row.detail("payor", refer(*payor, ""), "payor");
  }
  row.take(coverage, kCoverage);
  add_fhir_identifiers(coverage, "coverage", id, import, nullptr);
  if (row.value("beneficiary_id").empty()) import.remark("Coverage without a beneficiary");
  row.add();
}

void read_claim(Node& claim, Import& import) {
  const std::string type = text_at(claim, "resourceType");
  const std::string id = resource_id(claim);
  if (id.empty()) {
    import.reject(type, "has neither id nor identifier, so nothing can name it");
    return;
  }
  const std::string_view kind = claim_kind(type);
  Record row(import, CanonicalTable::kClaim, id);
  row.set("kind", kind, "resourceType");
  row.set("code", paper_code(claim), "identifier");
  row.set("patient_id", refer(claim, "patient"), "patient");
  row.set("request_id", refer(claim, "request"), "request");
  row.set("enterer_id", refer(claim, "enterer"), "enterer");
  row.set("enterer_id", refer(claim, "requestor"), "requestor");
  row.set("insurer", refer(claim, "insurer"), "insurer");
  row.set("coverage_id", refer(claim, "insurance.coverage"), "insurance.coverage");
  refer_facility(claim, row);
  row.take(claim, kClaim);
  take_items(claim, kind, import, id);
  add_fhir_identifiers(claim, "claim", id, import, nullptr);
  const std::string referral = refer(claim, "referral");
  if (kind == "claim" && (row.value("visit_type") == "R" || !referral.empty())) {
    Record out(import, CanonicalTable::kReferral, referral.empty() ? id : referral);
    out.set("patient_id", row.value("patient_id"), "patient");
    out.set("claim_id", id, "id");
    out.set("to_facility", row.value("facility_id"), "provider");
    out.set("date", row.value("start"), "billablePeriod.start");
    out.set("status", row.value("status"), "status");
    out.set("reason", row.value("diagnosis"), "diagnosis");
    out.add();
  }
  row.add();
}

void read_service_request(Node& request, Import& import) {
  const std::string id = resource_id(request);
  if (id.empty()) {
    import.reject("ServiceRequest", "has neither id nor identifier, so nothing can name it");
    return;
  }
  Record row(import, CanonicalTable::kReferral, id);
  row.set("patient_id", refer(request, "subject"), "subject");
  row.set("from_facility", refer(request, "requester"), "requester");
  row.set("to_facility", refer(request, "performer"), "performer");
  row.take(request, kReferral);
  add_fhir_identifiers(request, "referral", id, import, nullptr);
  row.add();
}

}  // namespace tessera
