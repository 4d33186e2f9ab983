#include "exchange/fhir_people.hpp"

#include <array>

#include "exchange/fhir_parts.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

constexpr FieldMap kPatient[] = {
    {"birth_date", "birthDate"},
    {"sex", "gender"},
    {"phone", "telecom[system=phone].value"},
    {"phone", "telecom[system=sms].value"},
    {"email", "telecom[system=email].value"},
    {"marital_status", "maritalStatus.coding.code"},
    {"marital_status", "maritalStatus.text"},
    {"birth_order", "multipleBirthInteger"},
    {"+multiple_birth", "multipleBirthBoolean"},
    {"active", "active"},
    {"deceased", "deceasedBoolean"},
    {"death_date", "deceasedDateTime"},
    {"updated_at", "meta.lastUpdated"},
    {"occupation", "extension[url~patient-profession].valueCodeableConcept.coding.display"},
    {"+profession_code", "extension[url~patient-profession].valueCodeableConcept.coding.code"},
    {"education", "extension[url~patient-education-level].valueCodeableConcept.coding.display"},
    {"+education_code", "extension[url~patient-education-level].valueCodeableConcept.coding.code"},
    {"nationality",
     "extension[url~patient-nationality].extension[url=code].valueCodeableConcept.coding.code"},
    {"birth_place", "extension[url~patient-birthPlace].valueAddress.city"},
    {"birth_place", "extension[url~patient-birthPlace].valueAddress.text"},
    {"+mother_maiden_name", "extension[url~patient-mothersMaidenName].valueString"},
    {"+card_issued", "extension[url~patient-card-issued].valueBoolean"},
    {"+client", "meta.tag.code"},
    {"+contact_name", "contact.name.text"},
    {"+contact_given_name", "contact.name.given", " "},
    {"+contact_family_name", "contact.name.family", " "},
    {"+contact_phone", "contact.telecom.value"},
    {"+contact_relation", "contact.relationship.coding.code"},
    {"+language", "communication.language.coding.code"},
    {"+facility", "managingOrganization.reference"},
    {"+practitioner", "generalPractitioner.reference"},
    {"+practitioner", "generalPractitioner.identifier.value"}};

constexpr FieldMap kGroup[] = {
    {"name", "name"},
    {"type", "extension[url~group-type].valueCodeableConcept.coding.code"},
    {"poverty", "extension[url~group-poverty-status].valueBoolean"},
    {"+confirmation_number", "extension[url~group-confirmation].extension[url=number].valueString"},
    {"+confirmation_type",
     "extension[url~group-confirmation].extension[url=type].valueCodeableConcept.coding.code"},
    {"+kind", "type"},
    {"+actual", "actual"},
    {"+active", "active"},
    {"updated_at", "meta.lastUpdated"}};

// openIMIS keeps a second document (passport, voter card) in an extension.
void add_openimis_identification(Node& patient, Import& import, Record& person) {
  for (Node* node : select(patient, "extension[url~patient-identification]")) {
    IdentifierFacts facts;
    facts.owner_id = person.id();
    facts.path = "extension[patient-identification]";
    for (Node* leaf : select(*node, "extension[url=number].valueString")) {
      mark_mapped(*leaf);
      facts.value = leaf->text;
    }
    for (Node* leaf : select(*node, "extension[url=type].valueCodeableConcept.coding.code")) {
      mark_mapped(*leaf);
      facts.code = leaf->text;
    }
    add_identifier(import, facts, &person);
  }
}

void add_links(Node& patient, const std::string& id, Import& import) {
  for (Node* link : select(patient, "link")) {
    RelationFacts facts;
    facts.record_id = id;
    facts.path = "link";
    for (Node* type : select(*link, "type")) {
      mark_mapped(*type);
      facts.relation = type->text;
    }
    facts.related_id = refer(*link, "other");
    add_relation(import, facts);
    if (facts.relation != "replaced-by") continue;
    Record event(import, CanonicalTable::kEvent, id + ":merge:" + facts.related_id);
    event.set("type", "merge", "link");
    event.set("record_id", id, "id");
    event.set("other_id", facts.related_id, "link.other");
    event.set("updated_at", text_at(patient, "meta.lastUpdated"), "meta.lastUpdated");
    event.add();
  }
}

void add_family(Node& patient, Import& import, Record& person) {
  const std::string family =
      refer(patient, "extension[url~patient-group-reference].valueReference");
  std::string head;
  for (Node* leaf : select(patient, "extension[url~patient-is-head].valueBoolean")) {
    leaf->use = Node::Use::kRead;  // it becomes the role
    head = leaf->text;
  }
  const std::string_view role = head == "true" ? "head" : "";
  person.set("household_role", role, "extension[patient-is-head]");
  if (family.empty()) return;
  const char* const path = "extension[patient-group-reference]";
  person.set("household", family, path);
  add_membership(import, family, person.id(), role, path);
}

/// Of the members that a Group lists.
struct MemberCounts {
  std::size_t listed = 0;
  std::size_t staying = 0;  ///< Those who have not left.
};

void add_member(Node& member, const std::string& group, Import& import, Record& family,
                MemberCounts& counts) {
  ++counts.listed;
  for (Node* display : select(member, "entity.display")) {
    mark_mapped(*display);
    family.detail("member_display", display->text, "member.entity.display");
  }
  for (Node* inactive : select(member, "inactive")) inactive->use = Node::Use::kRead;
  std::string end;
  for (Node* day : select(member, "period.end")) {
    mark_mapped(*day);
    end = day->text;
  }
  if (end.empty() && text_at(member, "inactive") == "true") {
    refer(member, "entity");
    import.leave_out("member of a Group who is inactive");
    return;
  }
  counts.staying += end.empty() ? 1 : 0;
  Record row(import, CanonicalTable::kMembership, group);
  row.set("member_id", refer(member, "entity"), "member.entity");
  for (Node* day : select(member, "period.start")) {
    mark_mapped(*day);
    row.set("start", day->text, "member.period.start");
  }
  row.set("end", end, "member.period.end");
  if (!row.value("member_id").empty()) row.add();
}

// How many a Group has. A server that gets one takes its list for the whole membership (so do
// openIMIS and OpenCR), whether or not `quantity` stands there; but one cut short by the sender
// (SUBSETTED, or more in `quantity` than are listed) says only who is in it, not who is not.
void set_size(Node& group, const MemberCounts& counts, Import& import, Record& family) {
  const std::string staying = std::to_string(counts.staying);
  bool is_cut_short = false;
  for (Node* tag : select(group, "meta.tag.code")) {
    tag->use = Node::Use::kRead;
    is_cut_short = is_cut_short || tag->text == "SUBSETTED";
  }
  std::string quantity;
  for (Node* leaf : select(group, "quantity")) {
    mark_mapped(*leaf);
    quantity = leaf->text;
  }
  if (quantity.empty()) {
    if (counts.listed == 0) return;
    if (is_cut_short) return import.remark("Group cut short by its sender: its members are added");
    import.remark("Group without quantity: its members are counted");
    family.set("size", staying, "member");
  } else if (quantity == std::to_string(counts.listed) && quantity != staying) {
    family.set("size", staying, "member");
    family.detail("quantity", quantity, "quantity");
  } else {
    family.set("size", quantity, "quantity");
    if (counts.listed > 0 && quantity != staying) {
      import.remark("Group with another quantity than members listed: its members are added");
    }
  }
}

}  // namespace

void read_patient(Node& patient, Import& import) {
  const std::string id = resource_id(patient);
  if (id.empty()) {
    import.reject("Patient", "has neither id nor identifier, so nothing can name it");
    return;
  }
  Record person(import, CanonicalTable::kPerson, id);
  take_names(patient, person);
  person.take(patient, kPatient);
  take_addresses(patient, "address", person);
  add_fhir_identifiers(patient, "person", id, import, &person);
  add_openimis_identification(patient, import, person);
  add_family(patient, import, person);
  add_links(patient, id, import);
  constexpr std::array<std::string_view, 4> kNoPerson = {"record_id", "active", "updated_at",
                                                         "deceased"};
  if (person.is_empty_but(kNoPerson) && select(patient, "identifier").empty()) {
    for (Node& part : patient.children) {
      if (part.key != "link") unmap(part);
    }
    import.leave_out("Patient without name, date or identifier (a golden record or a stub)");
    return;
  }
  person.add();
}

void read_related_person(Node& related, Import& import) {
  RelationFacts facts;
  facts.path = "RelatedPerson";
  facts.record_id = refer(related, "patient");
  if (text_at(related, "patient.reference").empty()) {
    // Known by an identifier alone: found at the end, if a record of this import holds it.
    facts.record_id.clear();
    facts.record_authority = text_at(related, "patient.identifier.system");
    facts.record_identifier = text_at(related, "patient.identifier.value");
  }
  for (Node* code : select(related, "relationship.coding.code")) {
    mark_mapped(*code);
    if (facts.relation.empty()) facts.relation = code->text;
  }
  for (Node* value : select(related, "identifier.value")) {
    mark_mapped(*value);
    facts.related_identifier = value->text;
  }
  for (Node* system : select(related, "identifier.system")) {
    mark_mapped(*system);
    facts.related_authority = system->text;
  }
  facts.related_name = display_name(related);
  for (Node* date : select(related, "birthDate")) {
    mark_mapped(*date);
    facts.related_birth_date = date->text;
  }
  for (const char* path : {"name.text", "name.given", "name.family"}) {
    for (Node* part : select(related, path)) mark_mapped(*part);
  }
  add_relation(import, facts);
}

void read_group(Node& group, Import& import) {
  const std::string id = resource_id(group);
  if (id.empty()) {
    import.reject("Group", "has neither id nor identifier, so nothing can name it");
    return;
  }
  Record family(import, CanonicalTable::kFamily, id);
  family.take(group, kGroup);
  take_addresses(group, "extension[url~group-address].valueAddress", family);
  add_fhir_identifiers(group, "family", id, import, nullptr);
  MemberCounts counts;
  for (Node* member : select(group, "member")) add_member(*member, id, import, family, counts);
  set_size(group, counts, import, family);
  family.add();
}

}  // namespace tessera
