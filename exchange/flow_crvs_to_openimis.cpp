// Civil registration → openIMIS: a registered birth enrols the child in the mother's family, a
// death ends what the insured person has, a marriage links two insured persons.
#include <algorithm>
#include <map>

#include "data/csv_writer.hpp"
#include "exchange/fhir_originals.hpp"
#include "exchange/flows.hpp"
#include "exchange/households.hpp"
#include "exchange/insured_finder.hpp"
#include "exchange/json_parts.hpp"
#include "exchange/person_keys.hpp"
#include "exchange/related_person.hpp"

namespace tessera {
namespace {

constexpr std::string_view kSystem = "http://opencrvs.org/specs/id/";

// A row of changes.csv.
struct Change {
  std::string_view change;
  std::string_view record = {};  // of openIMIS; of a newborn: of the civil register
  std::string_view family = {};
  std::string_view coverage = {};
  std::string_view other = {};
};

class CivilFeed {
 public:
  explicit CivilFeed(const FlowInput& input)
      : input_(input),
        civil_(input.need(input.from)),
        openimis_(input.need(input.to)),
        finder_(input, input.from, input.to),
        keys_(civil_),
        families_(families_by_member(openimis_.tables)),
        from_(input.place(input.from)) {
    for (const TableRow& row : all_rows(openimis_.tables, CanonicalTable::kCoverage)) {
      if (!row["beneficiary_id"].empty())
        coverages_[std::string(row["beneficiary_id"])].push_back(row);
    }
    for (const TableRow& row : all_rows(openimis_.tables, CanonicalTable::kFamily)) {
      if (!row["head_id"].empty()) heads_.emplace(row["head_id"], row.key());
    }
  }

  FlowResult run() {
    const std::vector<TableRow> events = all_rows(civil_.tables, CanonicalTable::kEvent);
    for (const TableRow& event : events) {
      if (event["type"] == "death") note_death(event);
    }
    for (const TableRow& event : events) visit(event);
    write_deaths();
    result_.files["changes.csv"] = std::move(changes_);
    std::sort(bundles_.begin(), bundles_.end());
    std::string& text = result_.files["changes.ndjson"];
    for (const std::string& bundle : bundles_) text += bundle + "\n";
    return std::move(result_);
  }

 private:
  static bool is_registered(const TableRow& event) {
    const std::string_view status = event["status"];
    return !event["registration_number"].empty() && (status.empty() || status == "registered" ||
                                                     status == "certified" || status == "issued");
  }

  void except(const TableRow& event, std::string_view record, std::string_view reason) {
    result_.except(input_.from, record, event["type"], reason);
    result_.count("events held back");
  }

  void change(const TableRow& event, const Change& what) {
    append_csv_row(changes_,
                   {event.key(), event["type"], event["registration_number"], event["date"],
                    what.change, what.record, what.family, what.coverage, what.other});
  }

  // Identities whose death is registered: a birth that comes after it enrols nobody.
  void note_death(const TableRow& event) {
    const FeedRecord* known = input_.feed.find(from_, event["record_id"]);
    if (known != nullptr && is_registered(event)) dead_.emplace(known->entity, event.key());
  }

  void visit(const TableRow& event) {
    const std::string_view type = event["type"];
    if (type != "birth" && type != "death" && type != "marriage") return;
    if (!is_registered(event)) {
      except(event, event["record_id"], "the event is not registered yet");
      return;
    }
    const FeedRecord* subject = input_.feed.find(from_, event["record_id"]);
    if (subject == nullptr) {
      except(event, event["record_id"], "the registry does not know it: load it and apply");
      return;
    }
    if (!is_due(event, *subject)) {
      result_.count("nothing new since then");
      return;
    }
    if (type == "birth") birth(event, *subject);
    if (type == "death") death(event);
    if (type == "marriage") marriage(event);
  }

  bool is_due(const TableRow& event, const FeedRecord& subject) const {
    if (input_.has_news(subject)) return true;
    const FeedRecord* other = input_.feed.find(from_, event["other_id"]);
    return other != nullptr && input_.has_news(*other);
  }

  InsuredPerson mother_of(std::string_view child) const {
    for (const TableRow& row : rows_of(civil_.tables, CanonicalTable::kRelation, child)) {
      if (row["relation"] != "mother") continue;
      if (!row["related_id"].empty()) return finder_.find(row["related_id"]);
      return finder_.find(row["related_type"], row["related_identifier"]);
    }
    return {{}, "the message names no mother", false};
  }

  void birth(const TableRow& event, const FeedRecord& child) {
    if (dead_.contains(child.entity)) {
      result_.count("born and dead");
      return;
    }
    const InsuredPerson self = finder_.find(child.id);
    if (!self.doubt.empty()) return except(event, child.id, self.doubt);
    if (!self.record.empty()) {
      result_.count("children insured already");
      return;
    }
    const InsuredPerson mother = mother_of(child.id);
    if (!mother.doubt.empty()) return except(event, child.id, mother_doubt(mother.doubt));
    if (mother.record.empty()) return except(event, child.id, "the mother is not insured");
    const auto family = families_.find(mother.record);
    if (family == families_.end()) {
      return except(event, child.id, "the mother's family is not in the receiver's files");
    }
    const std::vector<TableRow> rows = rows_of(civil_.tables, CanonicalTable::kPerson, child.id);
    PatientFacts facts;
    facts.person = &rows.front();
    const FhirIdentifier number = registration(event);
    facts.identifiers = {number};
    for (const FhirIdentifier& more : keys_.all(child.id)) {
      if (more.value != number.value) facts.identifiers.push_back(more);
    }
    facts.identifiers.push_back(lasting_identifier(input_.feed, child.entity));
    facts.group = "Group/" + family->second;
    facts.is_head = false;
    send({.resource = write_patient(facts),
          .full_url = "urn:uuid:" + derived_uuid("Patient|" + number.system + number.value),
          .method = "POST",
          .url = "Patient",
          .if_none_exist = "identifier=" + identifier_query(number)});
    change(
        event,
        {.change = "enrol", .record = child.id, .family = family->second, .other = mother.record});
    result_.count("newborns put into their mother's family");
    result_.count(mother.by_identifier ? "… the mother found by an identifier"
                                       : "… the mother found by a match");
  }

  static std::string_view mother_doubt(std::string_view doubt) {
    return doubt == "the message names no mother" ? doubt : "who the mother is, is in doubt";
  }

  void death(const TableRow& event) {
    const InsuredPerson self = finder_.find(event["record_id"]);
    if (!self.doubt.empty()) return except(event, event["record_id"], self.doubt);
    if (self.record.empty()) {
      result_.count("dead and not insured");
      return;
    }
    const std::string_view day = event["date"];
    if (day.size() != 10 || !is_fhir_date(day)) {
      return except(event, event["record_id"], "the day of death is not known");
    }
    const std::vector<TableRow> rows =
        rows_of(openimis_.tables, CanonicalTable::kPerson, self.record);
    if (!rows.empty() && rows.front()["death_date"] == day) {
      result_.count("ended already");
      return;
    }
    const auto family = families_.find(self.record);
    const std::string_view group =
        family == families_.end() ? "" : std::string_view(family->second);
    change(event, {.change = "end membership", .record = self.record, .family = group});
    for (const TableRow& coverage : coverages_[self.record]) {
      if (!coverage["end"].empty() && coverage["end"] <= day) continue;
      change(event, {.change = "end coverage",
                     .record = self.record,
                     .family = group,
                     .coverage = coverage.key()});
      result_.count("coverages ended");
    }
    if (heads_.contains(self.record)) {
      result_.except(input_.to, heads_.find(self.record)->second, "family",
                     "its head died: name a new one");
    }
    deaths_.emplace(self.record, day);
    result_.count("dead whose membership ends");
  }

  void write_deaths() {
    std::set<std::string, std::less<>> wanted;
    for (const auto& [record, day] : deaths_) wanted.insert(record);
    const auto originals = openimis_.format == "fhir"
                               ? original_patients(openimis_.files, wanted)
                               : std::map<std::string, std::string, std::less<>>{};
    for (const auto& [record, day] : deaths_) {
      const auto original = originals.find(record);
      std::string patient = original == originals.end() ? from_tables(record) : original->second;
      if (patient.empty()) continue;
      patient = set_members_json(
          patient,
          {{"active", "false"}, {"deceasedBoolean", ""}, {"deceasedDateTime", json_quoted(day)}});
      send({.resource = patient, .method = "PUT", .url = "Patient/" + record});
    }
  }

  std::string from_tables(const std::string& record) const {
    const std::vector<TableRow> rows = rows_of(openimis_.tables, CanonicalTable::kPerson, record);
    if (rows.empty()) return {};
    PatientFacts facts;
    facts.person = &rows.front();
    facts.id = record;
    for (const TableRow& row : identifiers_of(openimis_.tables, "person", record)) {
      facts.identifiers.push_back(fhir_identifier(row));
    }
    const auto family = families_.find(record);
    if (family != families_.end()) {
      facts.group = "Group/" + family->second;
      facts.is_head = heads_.contains(record);
    }
    return write_patient(facts);
  }

  void marriage(const TableRow& event) {
    const InsuredPerson bride = finder_.find(event["record_id"]);
    const InsuredPerson groom = finder_.find(event["other_id"]);
    for (const InsuredPerson* one : {&bride, &groom}) {
      if (!one->doubt.empty()) return except(event, event["record_id"], one->doubt);
      if (one->record.empty()) {
        return except(event, event["record_id"], "one of the two is not insured");
      }
    }
    const FhirIdentifier number = registration(event);
    for (const auto& [one, other] :
         {std::pair(bride.record, groom.record), std::pair(groom.record, bride.record)}) {
      const FhirIdentifier own{number.system, number.value + "|" + one, "", {}, {}, {}};
      send({.resource = write_related_person({.patient = "Patient/" + one,
                                              .related = "Patient/" + other,
                                              .relationship = "SPS",
                                              .identifiers = {own, number},
                                              .start = std::string(event["date"])}),
            .full_url = "urn:uuid:" + derived_uuid("RelatedPerson|" + own.value),
            .method = "POST",
            .url = "RelatedPerson",
            .if_none_exist = "identifier=" + identifier_query(own)});
    }
    const auto family = families_.find(bride.record);
    change(event, {.change = "link spouses",
                   .record = bride.record,
                   .family = family == families_.end() ? "" : std::string_view(family->second),
                   .other = groom.record});
    result_.count("couples linked");
  }

  FhirIdentifier registration(const TableRow& event) const {
    FhirIdentifier number;
    number.system = input_.system.empty()
                        ? std::string(kSystem) + std::string(event["type"]) + "-registration-number"
                        : input_.system;
    number.value = event["registration_number"];
    number.type = std::string(event["type"]) + "_registration";
    return number;
  }

  void send(const BundleEntry& entry) {
    bundles_.push_back(write_bundle("transaction", "", "", {entry}));
  }

  const FlowInput& input_;
  const FlowSource& civil_;
  const FlowSource& openimis_;
  InsuredFinder finder_;
  PersonKeys keys_;
  std::unordered_map<std::string, std::string> families_;  // of openIMIS, by member
  std::size_t from_;
  std::unordered_map<std::string, std::vector<TableRow>> coverages_;  // by beneficiary
  std::map<std::string, std::string, std::less<>> heads_;             // family by head
  std::map<std::int64_t, std::string> dead_;                          // event by identity
  std::map<std::string, std::string> deaths_;                         // day by insured record
  std::vector<std::string> bundles_;
  std::string changes_ =
      "event_id,type,registration_number,date,change,record_id,family_id,coverage_id,"
      "other_record_id\n";
  FlowResult result_;
};

}  // namespace

FlowResult crvs_to_openimis(const FlowInput& input) {
  return CivilFeed(input).run();
}

}  // namespace tessera
