#include "exchange/crvs_event.hpp"

#include "data/unicode.hpp"

namespace tessera {
namespace {

std::string person_of(const CrvsEvent& event, std::string_view role) {
  const auto found = event.people.find(role);
  return found == event.people.end() ? std::string() : found->second;
}

void relate(const std::string& record, std::string_view relation, const std::string& related,
            Import& import) {
  if (record.empty() || related.empty() || record == related) return;
  RelationFacts facts;
  facts.record_id = record;
  facts.relation = relation;
  facts.related_id = related;
  facts.path = "event";
  add_relation(import, facts);
}

}  // namespace

std::string crvs_type(std::string_view written) {
  const std::string folded = fold(written);
  for (const char* type : {"birth", "death", "marriage"}) {
    if (folded.find(type) != std::string::npos) return type;
  }
  return folded;
}

std::string crvs_subject(const CrvsEvent& event) {
  for (const char* role : {"child", "deceased", "bride", "groom"}) {
    const std::string id = person_of(event, role);
    if (!id.empty()) return id;
  }
  return {};
}

void take_parent(const Record& parent, std::string_view role, Record& child) {
  const std::string prefix(role);
  std::string name = parent.value("given_name");
  for (const std::string& part : {parent.value("middle_name"), parent.value("family_name")}) {
    if (!name.empty() && !part.empty()) name += ' ';
    name += part;
  }
  child.set(prefix + "_name", name.empty() ? parent.value("full_name") : name, role);
  child.set(prefix + "_birth_date", parent.value("birth_date"), role);
  child.set(prefix + "_national_id", parent.value("national_id"), role);
}

void add_crvs_event(const CrvsEvent& event, Import& import, Record* subject_row) {
  const std::string subject = crvs_subject(event);
  Record row(import, CanonicalTable::kEvent, event.id);
  row.set("type", event.type, "type");
  row.set("record_id", subject, "subject");
  row.set("other_id", event.type == "marriage" ? person_of(event, "groom") : "", "subject");
  if (!event.written_type.empty() && event.written_type != event.type) {
    import.keep_raw(CanonicalTable::kEvent, event.id, "type", {event.type, Repair::kCoded},
                    event.written_type, "type");
  }
  row.set("status", event.status, "status");
  row.set("date", event.date, "date");
  row.set("registration_number", event.registration_number, "registrationNumber");
  row.set("tracking_id", event.tracking_id, "trackingId");
  row.set("place", event.place, "place");
  row.set("reported", event.reported, "createdAt");
  row.set("updated_at", event.updated_at, "updatedAt");
  row.detail("contact_phone", event.contact_phone, "contact");
  row.detail("contact_email", event.contact_email, "contact");
  row.detail("informant_is", event.informant_is, "informant");
  row.add();
  const auto number = [&](const std::string& owner, Record* person) {
    if (owner.empty()) return;
    add_identifier(import,
                   {.owner_id = owner,
                    .code = event.type + "-registration-number",
                    .authority = "CRVS",
                    .value = event.registration_number,
                    .start = {},
                    .end = {},
                    .assigner = {},
                    .path = "registrationNumber"},
                   person);
  };
  number(subject, subject_row);
  if (event.type == "marriage") number(person_of(event, "groom"), nullptr);
  relate(subject, "mother", person_of(event, "mother"), import);
  relate(subject, "father", person_of(event, "father"), import);
  relate(subject, "spouse", person_of(event, "spouse"), import);
  relate(person_of(event, "bride"), "spouse", person_of(event, "groom"), import);
  relate(subject, "informant", person_of(event, "informant"), import);
}

}  // namespace tessera
