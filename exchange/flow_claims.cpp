// Claims (requests of eligibility, referrals) that name another registry's patient, rewritten to
// the person whom the receiver knows; every other byte stays as it was.
#include <algorithm>
#include <set>

#include "data/error.hpp"
#include "exchange/fhir_originals.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/flows.hpp"
#include "exchange/insured_finder.hpp"
#include "exchange/json_parts.hpp"

namespace tessera {
namespace {

/// A resource that is about a patient, and which member says who.
struct AboutPatient {
  std::string_view type;
  std::string_view member;
  CanonicalTable table;
  std::string_view kind;  ///< Of a row of claim.csv.
};

constexpr AboutPatient kRewritten[] = {
    {"Claim", "patient", CanonicalTable::kClaim, "claim"},
    {"CoverageEligibilityRequest", "patient", CanonicalTable::kClaim, "eligibility_request"},
    {"ServiceRequest", "subject", CanonicalTable::kReferral, ""}};

constexpr std::string_view kUuidType =
    R"({"coding":[{"system":)"
    R"("https://openimis.github.io/openimis_fhir_r4_ig/CodeSystem/openimis-identifiers",)"
    R"("code":"UUID"}]})";

const AboutPatient* rewritten(std::string_view type) {
  for (const AboutPatient& one : kRewritten) {
    if (one.type == type) return &one;
  }
  return nullptr;
}

// The record of the sender's that a resource is about, as its import found it.
std::string patient_of(const Import& tables, const AboutPatient& about, std::string_view id) {
  for (const TableRow& row : rows_of(tables, about.table, id)) {
    if (about.kind.empty() || row["kind"] == about.kind) return std::string(row["patient_id"]);
  }
  return {};
}

// The text with its reference leading to `record`. Empty where there is none to change.
std::string with_patient(std::string_view text, std::string_view member,
                         const std::string& record) {
  const JsonPart parts = json_parts(text);
  const JsonPart* patient = parts.find(member);
  if (patient == nullptr || patient->kind != JsonPart::Kind::kObject) return {};
  std::vector<JsonEdit> edits;
  if (const JsonPart* reference = patient->find("reference"); reference != nullptr) {
    edits.push_back({reference->begin, reference->end, json_quoted("Patient/" + record)});
  }
  if (const JsonPart* identifier = patient->find("identifier"); identifier != nullptr) {
    std::string put = "{\"type\":";
    put.append(kUuidType).append(",\"value\":").append(json_quoted(record)).append("}");
    edits.push_back({identifier->begin, identifier->end, put});
  }
  return edits.empty() ? std::string() : edit_text(text, edits);
}

// JSON texts hold no line break, so those between its values may go: one resource a line.
std::string on_one_line(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  return text;
}

}  // namespace

FlowResult claims(const FlowInput& input) {
  const FlowSource& sender = input.need(input.from);
  if (sender.format != "fhir") {
    throw Error(ErrorCode::kUsage, sender.name,
                "is given as " + sender.format +
                    ", and claims are rewritten as FHIR messages in JSON; give NAME=fhir:FILE");
  }
  const InsuredFinder finder(input, input.from, input.to);
  FlowResult result;
  std::set<std::string> lines;
  for_each_resource(sender.files, [&](Node& resource, std::string_view text) {
    const AboutPatient* about = rewritten(text_at(resource, "resourceType"));
    if (about == nullptr) return;
    const std::string id = resource_id(resource);
    const auto hold_back = [&](std::string_view reason) {
      result.except(input.from, id, about->type, reason);
      result.count("held back");
    };
    if (text.empty()) return hold_back("is XML, and only JSON is rewritten");
    const std::string patient = patient_of(sender.tables, *about, id);
    if (patient.empty()) return hold_back("names no patient");
    const InsuredPerson person = finder.find(patient);
    if (!person.doubt.empty()) return hold_back(person.doubt);
    if (person.record.empty()) return hold_back("the patient is not known to the receiver");
    const std::string changed = with_patient(text, about->member, person.record);
    if (changed.empty()) return hold_back("has no reference to its patient that could be changed");
    if (lines.insert(on_one_line(changed)).second) {
      result.count("rewritten to the receiver's person");
    } else {
      result.count("given twice");
    }
  });
  std::string& text = result.files["claims.ndjson"];
  for (const std::string& line : lines) text += line + "\n";
  return result;
}

}  // namespace tessera
