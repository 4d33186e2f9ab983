#include "exchange/opencrvs_bundle.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "exchange/crvs_event.hpp"
#include "exchange/fhir_parts.hpp"

namespace tessera {
namespace {

constexpr FieldMap kPerson[] = {
    {"birth_date", "birthDate"},
    {"sex", "gender"},
    {"phone", "telecom[system=phone].value"},
    {"email", "telecom[system=email].value"},
    {"marital_status", "maritalStatus.coding.code"},
    {"marital_status", "maritalStatus.text"},
    {"birth_order", "multipleBirth"},
    {"birth_order", "multipleBirthInteger"},
    {"active", "active"},
    {"deceased", "deceasedBoolean"},
    {"death_date", "deceasedDateTime"},
    {"updated_at", "meta.lastUpdated"},
    {"nationality",
     "extension[url~patient-nationality].extension[url=code].valueCodeableConcept.coding.code"},
    {"occupation", "extension[url~patient-occupation].valueString"},
    {"education", "extension[url~educational-attainment].valueString"},
    {"+age_years", "extension[url~age].valueString"},
    {"+age_years", "extension[url~age].valueInteger"},
    {"+date_of_marriage", "extension[url~date-of-marriage].valueDateTime"}};

// Sections of the Composition, and who stands in them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSections = {{
    {"child-details", "child"},
    {"mother-details", "mother"},
    {"father-details", "father"},
    {"deceased-details", "deceased"},
    {"spouse-details", "spouse"},
    {"bride-details", "bride"},
    {"groom-details", "groom"},
    {"informant-details", "informant"},
    {"witness-one-details", "witness"},
}};

constexpr std::string_view kSpecs = "http://opencrvs.org/specs/id/";

/// The bundle's resources by type and id.
struct Resources {
  std::map<std::string, Node*, std::less<>> by_reference;  // `Patient/12`
  std::vector<Node*> all;

  Node* find(std::string_view reference) const {
    const std::string id = reference_id(reference);
    const std::size_t slash = reference.find('/');
    const std::string type(reference.substr(0, slash == std::string_view::npos ? 0 : slash));
    const auto found = by_reference.find(type + "/" + id);
    if (found != by_reference.end()) return found->second;
    const auto bare = by_reference.find("/" + id);  // urn:uuid:…
    return bare == by_reference.end() ? nullptr : bare->second;
  }
};

/// Rows of people by role, before they are added.
using People = std::map<std::string, Record, std::less<>>;

std::string take_text(Node& node, std::string_view path) {
  for (Node* leaf : select(node, path)) {
    if (leaf->kind != Node::Kind::kText) continue;
    mark_mapped(*leaf);
    if (!leaf->text.empty()) return leaf->text;
  }
  return {};
}

Resources index(Node& bundle) {
  Resources resources;
  for (Node* entry : select(bundle, "entry")) {
    for (Node* resource : select(*entry, "resource")) {
      const std::string type = text_at(*resource, "resourceType");
      std::string id = text_at(*resource, "id");
      const std::string url = text_at(*entry, "fullUrl");
      if (id.empty()) id = reference_id(url);
      resources.all.push_back(resource);
      if (id.empty()) continue;
      if (!has(*resource, "id")) resource->children.push_back(text_node("id", id));
      resources.by_reference.emplace(type + "/" + id, resource);
      resources.by_reference.emplace("/" + id, resource);
      if (!url.empty()) resources.by_reference.emplace("/" + reference_id(url), resource);
    }
  }
  return resources;
}

Node* first_of_type(const Resources& resources, std::string_view type) {
  for (Node* resource : resources.all) {
    if (text_at(*resource, "resourceType") == type) return resource;
  }
  return nullptr;
}

// In place of a location's number its name, where the bundle holds it.
void name_places(const Resources& resources, Node& patient) {
  for (const char* path : {"address.district", "address.state", "address.city"}) {
    for (Node* leaf : select(patient, path)) {
      if (leaf->text.empty()) continue;
      Node* place = resources.find("Location/" + leaf->text);
      const std::string name = place == nullptr ? "" : text_at(*place, "name");
      if (!name.empty()) leaf->text = name;
    }
  }
}

std::optional<Record> person_of(Node& patient, const Resources& resources, Import& import) {
  const std::string id = resource_id(patient);
  Record person(import, CanonicalTable::kPerson, id);
  name_places(resources, patient);
  take_names(patient, person);
  person.take(patient, kPerson);
  take_addresses(patient, "address", person);
  if (!person.value("death_date").empty()) person.set("deceased", "true", "deceasedDateTime");
  constexpr std::array<std::string_view, 4> kNobody = {"record_id", "active", "updated_at",
                                                       "deceased"};
  if (person.is_empty_but(kNobody) && select(patient, "identifier.value").empty()) {
    unmap(patient);
    import.leave_out("person who does not apply (no name, no identifier)");
    return std::nullopt;
  }
  add_fhir_identifiers(patient, "person", id, import, &person);
  return person;
}

// The informant is a RelatedPerson that leads to one of the others, or to a person of its own.
std::string informant_of(Node& resource) {
  return reference_id(text_at(resource, "patient.reference"));
}

// An informant who stands in no section of the event (the father of somebody who died) is a person
// of the bundle all the same.
void take_informant(const Resources& resources, const CrvsEvent& event, People& people,
                    Import& import) {
  const auto informant = event.people.find("informant");
  if (informant == event.people.end() || people.contains("informant")) return;
  for (const auto& [role, person] : people) {
    if (person.id() == informant->second) return;
  }
  Node* patient = resources.find("Patient/" + informant->second);
  if (patient == nullptr) return;
  std::optional<Record> person = person_of(*patient, resources, import);
  if (person) people.emplace("informant", std::move(*person));
}

void take_task(Node& task, CrvsEvent& event) {
  for (Node* identifier : select(task, "identifier")) {
    const std::string system = text_at(*identifier, "system");
    if (!system.starts_with(kSpecs)) continue;
    if (system.ends_with("-tracking-id")) event.tracking_id = take_text(*identifier, "value");
    if (system.ends_with("-registration-number")) {
      event.registration_number = take_text(*identifier, "value");
    }
  }
  event.written_type = take_text(task, "code.coding.code");
  event.type = crvs_type(event.written_type);
  event.status = take_text(task, "businessStatus.coding.code");
  event.updated_at = take_text(task, "lastModified");
  event.contact_email = take_text(task, "extension[url~contact-person-email].valueString");
  event.contact_phone = take_text(task, "extension[url~contact-person-phone-number].valueString");
}

}  // namespace

bool is_opencrvs_bundle(Node& document) {
  for (Node* type : select(document, "entry.resource.resourceType")) {
    if (type->text == "Composition" || type->text == "Task") return true;
  }
  return false;
}

void read_opencrvs_bundle(Node& bundle, Import& import) {
  const Resources resources = index(bundle);
  Node* composition = first_of_type(resources, "Composition");
  Node* task = first_of_type(resources, "Task");
  if (composition == nullptr) {
    import.reject("Bundle", "has no Composition, so nobody's role is known");
    return;
  }
  CrvsEvent event;
  event.id = resource_id(*composition);
  event.type = crvs_type(text_at(*composition, "type.coding.code"));
  event.reported = take_text(*composition, "date");
  event.tracking_id = take_text(*composition, "identifier.value");
  if (task != nullptr) take_task(*task, event);
  People people;
  for (Node* section : select(*composition, "section")) {
    const std::string code = text_at(*section, "code.coding.code");
    for (Node* entry : select(*section, "entry")) {
      const std::string reference = text_at(*entry, "reference");
      Node* resource = resources.find(reference);
      if (resource == nullptr) {
        import.remark("section that refers to what the bundle does not hold");
        continue;
      }
      const auto role = std::find_if(kSections.begin(), kSections.end(),
                                     [&](const auto& known) { return known.first == code; });
      if (role == kSections.end()) {
        if (code.ends_with("-encounter")) {
          const std::string location = text_at(*resource, "location.location.reference");
          Node* place = resources.find(location);
          event.place = place == nullptr ? reference_id(location) : take_text(*place, "name");
        }
        continue;
      }
      if (text_at(*resource, "resourceType") == "RelatedPerson") {
        event.informant_is = take_text(*resource, "relationship.coding.code");
        event.people.emplace(role->second, informant_of(*resource));
        continue;
      }
      std::optional<Record> person = person_of(*resource, resources, import);
      if (!person) continue;
      event.people.emplace(role->second, person->id());
      people.emplace(role->second, std::move(*person));
    }
  }
  take_informant(resources, event, people, import);
  const std::string subject = crvs_subject(event);
  Record* subject_row = nullptr;
  for (auto& [role, person] : people) {
    if (person.id() == subject) subject_row = &person;
  }
  if (subject_row == nullptr) {
    import.reject("Composition.section", "leads to nobody who was born, died or married");
    return;
  }
  for (const char* role : {"mother", "father"}) {
    const auto parent = people.find(role);
    if (parent != people.end()) take_parent(parent->second, role, *subject_row);
  }
  if (event.type == "birth") event.date = subject_row->value("birth_date");
  if (event.type == "death") event.date = subject_row->value("death_date");
  add_crvs_event(event, import, subject_row);
  for (auto& [role, person] : people) person.add();
  for (Node* resource : resources.all) {
    const std::string type = text_at(*resource, "resourceType");
    const bool read = type == "Patient" || type == "Task" || type == "Composition";
    if (read) {
      import.end_document(*resource, type);
    } else {
      import.leave_out(type + " resource");
    }
  }
}

}  // namespace tessera
