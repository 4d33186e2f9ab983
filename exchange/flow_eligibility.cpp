// Whether the people of a client registry are insured on a day.
#include <set>

#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "exchange/claim_patient.hpp"
#include "exchange/cover_periods.hpp"
#include "exchange/eligibility_response.hpp"
#include "exchange/fhir_originals.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/flows.hpp"
#include "exchange/insured_finder.hpp"

namespace tessera {
namespace {

// Of the person's own coverages, else of those of the family and its head, the one that lasts
// longest; one without an id where none holds on the day.
CoverPeriod cover_on(const CoverPeriods& periods, const std::string& person, std::string_view day) {
  CoverPeriod best;
  for (const CoverPeriod& period : periods.of(person)) {
    if (!period.holds_on(day)) continue;
    if (best.through == "own" && period.through != "own") break;
    if (best.coverage.empty() || period.end.empty() ||
        (!best.end.empty() && period.end > best.end)) {
      best = period;
    }
  }
  return best;
}

// One answer a request, in the order of their texts. Nothing is answered in doubt.
std::string answers(const FlowInput& input, const InsuredFinder& finder, const CoverPeriods& covers,
                    FlowResult& result) {
  const FlowSource& clients = input.need(input.from);
  const SenderPatients patients(clients.tables);
  const AboutPatient& about = *about_patient("CoverageEligibilityRequest");
  std::set<std::string> lines;
  for_each_resource(clients.files, [&](Node& request, std::string_view) {
    if (text_at(request, "resourceType") != about.type) return;
    const std::string id = resource_id(request);
    const auto hold_back = [&](std::string_view reason) {
      result.except(input.from, id, about.type, reason);
      result.count("requests held back");
    };
    const ClaimPatient patient = patients.patient_of(request, about);
    if (!patient.fault.empty()) return hold_back(patient.fault);
    const InsuredPerson person = finder.find(patient.record);
    if (!person.doubt.empty()) return hold_back(person.doubt);
    EligibilityAnswer answer{.day = day_asked(request, input.on),
                             .created = input.feed.last_event_at(),
                             .insurer = input.to,
                             .is_insured = !person.record.empty()};
    if (answer.is_insured) answer.cover = cover_on(covers, person.record, answer.day);
    const std::string line = write_eligibility_response(request, answer);
    if (line.empty()) return hold_back("has no id, or no reference to its patient");
    if (lines.insert(line).second) result.count("requests answered");
  });
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

FlowResult eligibility(const FlowInput& input) {
  if (input.on.empty()) {
    throw Error(ErrorCode::kUsage, "--on", "is missing: say on which day, as --on 2026-11-25");
  }
  const FlowSource& clients = input.need(input.from);
  const CoverPeriods covers(input.need(input.to).tables);
  const InsuredFinder finder(input, input.from, input.to);
  const std::size_t from = input.place(input.from);
  FlowResult result;
  std::string& text = result.files["eligibility.csv"];
  text =
      "identifier,source,record_id,insured_record_id,family_id,on,covered,coverage_id,product,"
      "start,"
      "end,through\n";
  for (const TableRow& person : all_rows(clients.tables, CanonicalTable::kPerson)) {
    const InsuredPerson insured = finder.find(person.key());
    if (!insured.doubt.empty()) {
      result.except(input.from, person.key(), "person", insured.doubt);
      result.count("in doubt");
      continue;
    }
    if (insured.record.empty()) {
      result.count("not insured");
      continue;
    }
    const CoverPeriod cover = cover_on(covers, insured.record, input.on);
    const std::string* family = covers.family_of(insured.record);
    const FeedRecord* known = input.feed.find(from, person.key());
    append_csv_row(text,
                   {known == nullptr ? std::string_view() : input.feed.identifier(known->entity),
                    input.from, person.key(), insured.record,
                    family == nullptr ? std::string_view() : std::string_view(*family), input.on,
                    cover.coverage.empty() ? "false" : "true", cover.coverage, cover.product,
                    cover.begin, cover.end, cover.through});
    result.count(cover.coverage.empty() ? "insured, and not covered on the day"
                                        : "covered on the day");
  }
  if (clients.format == "fhir") {
    result.files["eligibility.ndjson"] = answers(input, finder, covers, result);
  }
  return result;
}

}  // namespace tessera
