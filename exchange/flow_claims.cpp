// Claims (requests of eligibility, referrals) that name another registry's patient, rewritten to
// the person whom the receiver knows; every other byte stays as it was.
#include <algorithm>
#include <set>

#include "data/error.hpp"
#include "exchange/claim_patient.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/flows.hpp"
#include "exchange/insured_finder.hpp"
#include "exchange/source_messages.hpp"

namespace tessera {

FlowResult claims(const FlowInput& input) {
  const FlowSource& sender = input.need(input.from);
  if (sender.format != "fhir" && !has_claims(sender)) {
    throw Error(ErrorCode::kUsage, sender.name,
                "is given as " + sender.format +
                    ", which holds no claims; give them as NAME=fhir:FILE or NAME=openimis-tables:"
                    "FOLDER");
  }
  const InsuredFinder finder(input, input.from, input.to);
  const SenderPatients senders(sender.tables);
  FlowResult result;
  std::set<std::string> lines;
  const std::size_t left_out = for_each_message(sender, [&](Node& resource, std::string_view text) {
    const AboutPatient* about = about_patient(text_at(resource, "resourceType"));
    if (about == nullptr || about->type == "ClaimResponse") return;
    const std::string id = resource_id(resource);
    const auto hold_back = [&](std::string_view reason) {
      result.except(input.from, id, about->type, reason);
      result.count("held back");
    };
    if (text.empty()) return hold_back("is XML, and only JSON is rewritten");
    const ClaimPatient patient = senders.patient_of(resource, *about);
    if (!patient.fault.empty()) return hold_back(patient.fault);
    const InsuredPerson person = finder.find(patient.record);
    if (!person.doubt.empty()) return hold_back(person.doubt);
    if (person.record.empty()) return hold_back("the patient is not known to the receiver");
    const std::string changed =
        with_patient(text, about->member, "Patient/" + person.record, person.record);
    if (changed.empty()) return hold_back("has no reference to its patient that could be changed");
    if (lines.insert(on_one_line(changed)).second) {
      result.count("rewritten to the receiver's person");
    } else {
      result.count("given twice");
    }
  });
  if (left_out > 0) result.count("details of claims that FHIR has no place for", left_out);
  std::string& text = result.files["claims.ndjson"];
  for (const std::string& line : lines) text += line + "\n";
  return result;
}

}  // namespace tessera
