#include "exchange/claim_patient.hpp"

#include "exchange/fhir_originals.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/json_parts.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

constexpr AboutPatient kAbout[] = {{"Claim", "patient"},
                                   {"ClaimResponse", "patient"},
                                   {"CoverageEligibilityRequest", "patient"},
                                   {"ServiceRequest", "subject"}};

constexpr std::string_view kUuidType =
    R"({"coding":[{"system":)"
    R"("https://openimis.github.io/openimis_fhir_r4_ig/CodeSystem/openimis-identifiers",)"
    R"("code":"UUID"}]})";

std::string key_of(std::string_view system, std::string_view value) {
  return std::string(system) + Import::kSeparator + std::string(value);
}

}  // namespace

const AboutPatient* about_patient(std::string_view type) {
  for (const AboutPatient& one : kAbout) {
    if (one.type == type) return &one;
  }
  return nullptr;
}

SenderPatients::SenderPatients(const Import& tables) : tables_(tables) {
  for (const TableRow& row : all_rows(tables, CanonicalTable::kIdentifier)) {
    if (row["owner"] != "person" || row["may_key_a_link"] != "true") continue;
    keep(key_of(row["authority"], row["value"]), row.key());
    if (!row["authority"].empty()) keep(key_of("", row["value"]), row.key());
  }
}

void SenderPatients::keep(const std::string& key, std::string_view record) {
  const auto [at, fresh] = holders_.emplace(key, record);
  if (!fresh && at->second != record) at->second.clear();
}

// The record of that id; else the only person who holds it as an identifier, of that system if one
// is named; else empty.
std::string SenderPatients::record_of(const std::string& called, std::string_view system) const {
  if (!rows_of(tables_, CanonicalTable::kPerson, called).empty()) return called;
  const auto found = holders_.find(key_of(system, called));
  return found == holders_.end() ? std::string() : found->second;
}

ClaimPatient SenderPatients::patient_of(Node& resource, const AboutPatient& about) const {
  const std::string member(about.member);
  const std::string reference = text_at(resource, member + ".reference");
  std::string identifier = text_at(resource, member + ".identifier.value");
  if (identifier.starts_with("urn:uuid:")) identifier = reference_id(identifier);
  if (reference.empty() && identifier.empty()) return {{}, "names no patient", {}};
  const std::string by_reference =
      reference.empty() ? std::string() : record_of(reference_id(reference), "");
  const std::string by_identifier =
      identifier.empty() ? std::string()
                         : record_of(identifier, text_at(resource, member + ".identifier.system"));
  if (!by_reference.empty() && !by_identifier.empty() && by_reference != by_identifier) {
    return {
        {}, "its reference and its identifier name two patients", {by_reference, by_identifier}};
  }
  const std::string& record = by_reference.empty() ? by_identifier : by_reference;
  if (record.empty()) return {{}, "its patient is not among the sender's files", {}};
  return {record, {}, {record}};
}

std::string with_patient(std::string_view text, std::string_view member,
                         const std::string& reference, const std::string& record) {
  const JsonPart parts = json_parts(text);
  const JsonPart* patient = parts.find(member);
  if (patient == nullptr || patient->kind != JsonPart::Kind::kObject) return {};
  const JsonPart* leads = patient->find("reference");
  const JsonPart* identifier = patient->find("identifier");
  if (identifier == nullptr) {
    if (leads == nullptr) return {};
    return edit_text(text, {{leads->begin, leads->end, json_quoted(reference)}});
  }
  std::vector<JsonEdit> edits;
  if (record.empty()) {  // a person whom the receiver has no number for yet
    std::string put = set_members_json(text.substr(patient->begin, patient->end - patient->begin),
                                       {{"reference", json_quoted(reference)}, {"identifier", ""}});
    edits.push_back({patient->begin, patient->end, std::move(put)});
  } else {
    if (leads != nullptr) edits.push_back({leads->begin, leads->end, json_quoted(reference)});
    std::string put = "{\"type\":";
    put.append(kUuidType).append(",\"value\":").append(json_quoted(record)).append("}");
    edits.push_back({identifier->begin, identifier->end, put});
  }
  return edit_text(text, edits);
}

std::string on_one_line(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  return text;
}

}  // namespace tessera
