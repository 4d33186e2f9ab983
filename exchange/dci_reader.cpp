#include "exchange/dci_reader.hpp"

#include <array>

#include "exchange/codes.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

constexpr FieldMap kPerson[] = {
    {"given_name", "name.given_name"},
    {"given_name", "name.first_name"},
    {"middle_name", "name.second_name"},
    {"family_name", "name.surname"},
    {"family_name", "name.last_name"},
    {"birth_name", "name.maiden_name"},
    {"full_name", "name.full_name"},
    {"+name_prefix", "name.prefix"},
    {"+name_suffix", "name.suffix"},
    {"birth_date", "birth_date"},
    {"sex", "sex"},
    {"death_date", "death_date"},
    {"phone", "phone_number"},
    {"email", "email"},
    {"address", "address.address_line1"},
    {"address", "address.address_line2"},
    {"address", "address.address_line"},
    {"city", "address.locality"},
    {"district", "address.sub_region_code"},
    {"region", "address.region_code"},
    {"postcode", "address.postal_code"},
    {"country", "address.country_code"},
    {"+latitude", "address.geo_location.plus_code.geometry.location.latitude"},
    {"+longitude", "address.geo_location.plus_code.geometry.location.longitude"},
    {"+plus_code", "address.geo_location.plus_code.global_code"},
    {"birth_place", "birth_place.name"},
    {"birth_place", "birth_place.address_line"},
    {"+birth_place_latitude", "birth_place.geo.latitude"},
    {"+birth_place_longitude", "birth_place.geo.longitude"},
    {"marital_status", "marital_status"},
    {"nationality", "nationality"},
    {"occupation", "occupation"},
    {"education", "education_level"},
    {"updated_at", "last_updated"},
    {"updated_at", "last_update"},
    {"+marriage_date", "marriage_date"},
    {"+divorce_date", "divorce_date"},
    {"+registration_date", "registration_date"},
    {"+is_deceased", "is_deceased"},
    {"+is_disabled", "is_disabled"},
    {"+disability_type", "disability_type"},
    {"+disability_info", "disability_info"},
    {"+disability_identifier", "disability_identifier.identifier_value"},
    {"+functional_limitation_type", "functional_limitation_type"},
    {"+functional_severity", "functional_severity"},
    {"+employment_status", "employment_status"},
    {"+income_level", "income_level"},
    {"+language", "language_code"},
    {"+ethnicity", "ethnicity"},
    {"+household_status", "household_status"},
    {"+poverty_score", "poverty_score"},
    {"+death_place", "death_place.name"}};

constexpr FieldMap kGroup[] = {{"size", "group_size"},
                               {"type", "group_type"},
                               {"poverty", "poverty_score"},
                               {"+poverty_score_type", "poverty_score_type"},
                               {"address", "place.address"},
                               {"address", "address.address_line1"},
                               {"city", "address.locality"},
                               {"region", "address.region_code"},
                               {"postcode", "address.postal_code"},
                               {"country", "address.country_code"},
                               {"+latitude", "place.geo.latitude"},
                               {"+longitude", "place.geo.longitude"},
                               {"+registration_date", "registration_date"},
                               {"updated_at", "last_updated"},
                               {"updated_at", "last_update"}};

constexpr FieldMap kEnrolment[] = {{"programme", "programme.programme_identifier"},
                                   {"+programme_name", "programme.programme_name"},
                                   {"date", "enrolment_date"},
                                   {"status", "enrolment_status"},
                                   {"updated_at", "status_change_date"},
                                   {"+benefit_type", "benefits.benefit_type"},
                                   {"+benefit_date", "benefits.benefit_date"},
                                   {"+benefit_value", "benefits.benefit_value"},
                                   {"+benefit_frequency", "benefits.benefit_frequency"}};

// Where records stand in the messages met.
constexpr std::array<std::string_view, 7> kRecordPaths = {
    "message.search_response.data.reg_records",
    "message.search_response.data.reg_record",
    "message.receipt_information.beneficiaries",
    "message.notify_event.data.reg_records",
    "message.notify_event.data.reg_record",
    "message.notify_request.data.reg_records",
    "reg_records"};

std::string take_text(Node& node, std::string_view path) {
  for (Node* leaf : select(node, path)) {
    if (leaf->kind != Node::Kind::kText) continue;
    mark_mapped(*leaf);
    if (!leaf->text.empty()) return leaf->text;
  }
  return {};
}

/// The identifier that names a record: a UIN before a national id before any other, and none that
/// no link may rest on unless it is the only one.
std::string record_name(Node& node, std::initializer_list<const char*> paths) {
  std::string name;
  int best = 0;
  for (const char* path : paths) {
    for (Node* identifier : select(node, path)) {
      const std::string type = text_at(*identifier, "identifier_type");
      const std::string value = text_at(*identifier, "identifier_value");
      if (value.empty()) continue;
      const IdentifierType known = identifier_type(type, "");
      const int rank = known.type == "uin"           ? 4
                       : known.type == "national_id" ? 3
                       : known.may_key_a_link        ? 2
                                                     : 1;
      if (rank > best) {
        best = rank;
        name = type.empty() ? value : type + "-" + value;
      }
    }
  }
  return name;
}

void add_identifiers(Node& node, const char* path, std::string_view owner, const std::string& id,
                     Import& import, Record* person) {
  for (Node* identifier : select(node, path)) {
    IdentifierFacts facts;
    facts.owner = owner;
    facts.owner_id = id;
    facts.code = take_text(*identifier, "identifier_type");
    facts.value = take_text(*identifier, "identifier_value");
    facts.path = path;
    add_identifier(import, facts, person);
  }
}

void relate_parent(Node& node, const char* path, const std::string& id, Import& import) {
  RelationFacts facts;
  facts.record_id = id;
  facts.relation = "parent";
  facts.related_code = take_text(node, std::string(path) + ".identifier_type");
  facts.related_identifier = take_text(node, std::string(path) + ".identifier_value");
  facts.path = path;
  if (!facts.related_identifier.empty()) add_relation(import, facts);
}

/// The person within a member or a head, or the node itself.
Node& person_node(Node& node) {
  for (const char* path : {"demographic_info.person", "demographic_info", "person"}) {
    const std::vector<Node*> found = select(node, path);
    if (!found.empty() && found.front()->kind == Node::Kind::kObject) return *found.front();
  }
  return node;
}

std::string read_person(Node& node, const std::string& family, std::string_view role,
                        Import& import) {
  Node& inner = person_node(node);
  std::string id = record_name(inner, {"identifier"});
  if (id.empty()) id = record_name(node, {"member_identifier"});
  if (id.empty()) {
    import.reject("identifier", "is missing, so nothing names the person");
    return {};
  }
  Record person(import, CanonicalTable::kPerson, id);
  person.take(inner, kPerson);
  if (&inner != &node) person.take(node, kPerson);
  for (const char* path : {"birth_place", "death_place"}) {
    for (Node* place : select(inner, path)) {
      if (place->kind == Node::Kind::kText) mark_mapped(*place);
      if (place->kind == Node::Kind::kText) person.detail(path, place->text, path);
    }
  }
  if (!person.value("death_date").empty()) person.set("deceased", "true", "death_date");
  add_identifiers(inner, "identifier", "person", id, import, &person);
  add_identifiers(node, "member_identifier", "person", id, import, &person);
  relate_parent(inner, "parent1_identifier", id, import);
  relate_parent(inner, "parent2_identifier", id, import);
  std::string household = take_text(inner, "household_identifier");
  if (household.empty()) household = take_text(inner, "household_identifier.identifier_value");
  if (household.empty()) household = family;
  std::string relation(role);
  if (relation.empty()) relation = take_text(node, "relationship_head");
  person.set("household", household, "household_identifier");
  person.set("household_role", relation, "relationship_head");
  add_membership(import, household, id, relation, "relationship_head");
  constexpr std::array<std::string_view, 6> kNumbers = {"record_id",    "national_id",
                                                        "insurance_id", "birth_registration",
                                                        "household",    "household_role"};
  if (!family.empty() && person.is_empty_but(kNumbers)) {
    import.remark("member of a group by a number alone: who it is stands elsewhere");
    return id;
  }
  person.add();
  return id;
}

void read_enrolment(Node& node, const std::string& person, Import& import) {
  for (Node* enrolment : select(node, "programme_identifier")) {
    if (enrolment->kind != Node::Kind::kObject) continue;
    Node& facts = *enrolment;
    const std::string programme = take_text(facts, "programme.programme_identifier");
    const CleanedField date =
        clean_field(text_at(facts, "enrolment_date"), FieldKind::kDate, import.dates());
    Record event(import, CanonicalTable::kEvent,
                 "enrolment-" + person + "-" + programme + "-" + date.text);
    event.set("type", "enrolment", "programme_identifier");
    event.set("record_id", person, "member");
    event.take(facts, kEnrolment);
    event.add();
  }
}

void read_group(Node& group, Import& import) {
  const std::string id = record_name(group, {"group_identifier"});
  if (id.empty()) {
    import.reject("group_identifier", "is missing, so nothing names the group");
    return;
  }
  Record family(import, CanonicalTable::kFamily, id);
  family.take(group, kGroup);
  add_identifiers(group, "group_identifier", "family", id, import, nullptr);
  for (Node* head : select(group, "group_head_info")) {
    family.set("head_id", read_person(*head, id, "head", import), "group_head_info");
  }
  for (Node* member : select(group, "member_list")) {
    const std::vector<Node*> inner = select(*member, "household_member");
    read_person(inner.empty() ? *member : *inner.front(), id, "", import);
  }
  family.add();
}

// JSON-LD's own words say what a thing is called, not what is known of a person.
void mark_linked_data(Node& node) {
  for (Node& inner : node.children) {
    if (inner.key.starts_with('@')) {
      mark_read(inner);
    } else {
      mark_linked_data(inner);
    }
  }
}

void read_record(Node& record, Import& import) {
  mark_linked_data(record);
  if (has(record, "group_identifier") || has(record, "member_list")) {
    read_group(record, import);
    import.end_document(record, "Group");
    return;
  }
  if (has(record, "member")) {
    for (Node* member : select(record, "member")) {
      const std::string person = read_person(*member, "", "", import);
      if (person.empty()) continue;
      read_enrolment(*member, person, import);
      read_enrolment(record, person, import);
    }
    import.end_document(record, "Beneficiary");
    return;
  }
  const bool is_person = has(record, "identifier") || has(record, "demographic_info") ||
                         has(record, "person") || has(record, "name");
  if (!is_person && has(record, "programme_identifier")) {
    read_enrolment(record, "", import);
    import.remark("enrolment without a person");
  } else {
    read_person(record, "", "", import);
  }
  import.end_document(record, is_person ? "Person" : "Enrolment");
}

}  // namespace

void read_dci(Node& message, Import& import) {
  if (message.kind == Node::Kind::kArray) {
    for (Node& inner : message.children) read_dci(inner, import);
    return;
  }
  std::vector<Node*> records;
  for (const std::string_view path : kRecordPaths) {
    const std::vector<Node*> found = select(message, path);
    records.insert(records.end(), found.begin(), found.end());
  }
  if (records.empty() && !has(message, "header") && !has(message, "message")) {
    if (message.kind != Node::Kind::kObject) {
      import.reject("", "is no object, so no record");
      return;
    }
    records.push_back(&message);
  }
  if (records.empty()) {
    import.leave_out("message without records (a request or an acknowledgement)");
  }
  for (Node* record : records) read_record(*record, import);
}

}  // namespace tessera
