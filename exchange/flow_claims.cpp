// Claims (requests of eligibility, referrals) that name another registry's patient, rewritten to
// the person whom the receiver knows; every other byte stays as it was.
#include <algorithm>
#include <map>
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
};

constexpr AboutPatient kRewritten[] = {
    {"Claim", "patient"}, {"CoverageEligibilityRequest", "patient"}, {"ServiceRequest", "subject"}};

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

/// The sender's persons by what its messages call them.
class Senders {
 public:
  explicit Senders(const Import& tables) : tables_(tables) {
    for (const TableRow& row : all_rows(tables, CanonicalTable::kIdentifier)) {
      if (row["owner"] != "person" || row["may_key_a_link"] != "true") continue;
      keep(key_of(row["authority"], row["value"]), row.key());
      if (!row["authority"].empty()) keep(key_of("", row["value"]), row.key());
    }
  }

  // The record of that id; else the only person who holds it as an identifier, of that system if
  // one is named; else empty.
  std::string record_of(const std::string& called, std::string_view system) const {
    if (!rows_of(tables_, CanonicalTable::kPerson, called).empty()) return called;
    const auto found = holders_.find(key_of(system, called));
    return found == holders_.end() ? std::string() : found->second;
  }

 private:
  static std::string key_of(std::string_view system, std::string_view value) {
    return std::string(system) + Import::kSeparator + std::string(value);
  }

  void keep(const std::string& key, std::string_view record) {
    const auto [at, fresh] = holders_.emplace(key, record);
    if (!fresh && at->second != record) at->second.clear();
  }

  const Import& tables_;
  std::map<std::string, std::string, std::less<>> holders_;  // empty: several
};

/// Whom a resource is about.
struct Patient {
  std::string record;
  std::string_view fault = {};
};

// By the resource itself and not by its row in claim.csv: two facilities may give two claims one
// number.
Patient patient_of(Node& resource, const AboutPatient& about, const Senders& senders) {
  const std::string member(about.member);
  const std::string reference = text_at(resource, member + ".reference");
  std::string identifier = text_at(resource, member + ".identifier.value");
  if (identifier.starts_with("urn:uuid:")) identifier = reference_id(identifier);
  if (reference.empty() && identifier.empty()) return {{}, "names no patient"};
  const std::string by_reference =
      reference.empty() ? std::string() : senders.record_of(reference_id(reference), "");
  const std::string by_identifier =
      identifier.empty()
          ? std::string()
          : senders.record_of(identifier, text_at(resource, member + ".identifier.system"));
  if (!by_reference.empty() && !by_identifier.empty() && by_reference != by_identifier) {
    return {{}, "its reference and its identifier name two patients"};
  }
  const std::string& record = by_reference.empty() ? by_identifier : by_reference;
  if (record.empty()) return {{}, "its patient is not among the sender's files"};
  return {record, {}};
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
  const Senders senders(sender.tables);
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
    const Patient patient = patient_of(resource, *about, senders);
    if (!patient.fault.empty()) return hold_back(patient.fault);
    const InsuredPerson person = finder.find(patient.record);
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
