#include "exchange/opencrvs_events.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "data/date.hpp"
#include "exchange/crvs_event.hpp"

namespace tessera {
namespace {

constexpr FieldMap kPerson[] = {{"given_name", "name.firstname"},
                                {"given_name", "firstname"},
                                {"given_name", "firstNames"},
                                {"middle_name", "name.middlename"},
                                {"family_name", "name.surname"},
                                {"family_name", "name.lastname"},
                                {"family_name", "surname"},
                                {"full_name", "name.fullname"},
                                {"birth_date", "dob"},
                                {"birth_date", "birthDate"},
                                {"sex", "gender"},
                                {"phone", "phoneNo"},
                                {"phone", "phone"},
                                {"email", "email"},
                                {"nationality", "nationality"},
                                {"marital_status", "maritalStatus"},
                                {"occupation", "occupation"},
                                {"education", "educationalAttainment"},
                                {"birth_order", "birthOrder"},
                                {"address", "address.streetLevelDetails.street"},
                                {"address", "address.street"},
                                {"village", "address.village"},
                                {"city", "address.town"},
                                {"district", "address.district"},
                                {"region", "address.province"},
                                {"country", "address.country"},
                                {"postcode", "address.zipCode"},
                                {"+administrative_area", "address.administrativeArea"},
                                {"+birth_weight", "weightAtBirth"},
                                {"+relation_to_informant", "relation"},
                                {"+reason_absent", "reason"}};

constexpr std::array<std::string_view, 8> kRoles = {"child",  "deceased", "bride",  "groom",
                                                    "mother", "father",   "spouse", "informant"};

// What a declaration says of the event itself.
constexpr std::array<std::string_view, 4> kEventDates = {
    "child.dob", "eventDetails.date", "deceased.dod", "eventDetails.dateOfDeath"};

// Different fields of one event: a form has some hundred. Many more would be slow to fold.
constexpr std::size_t kMaxDeclared = 10000;

// `child.name` as `name` within `child`; the same for objects as values.
void put(Node& state, std::string_view key, const Node& value) {
  Node* at = &state;
  while (true) {
    const std::size_t point = key.find('.');
    at = &child(*at, key.substr(0, point));
    if (point == std::string_view::npos) break;
    key.remove_prefix(point + 1);
  }
  if (value.kind == Node::Kind::kObject) {
    if (at->kind != Node::Kind::kObject) {
      at->text.clear();
      at->children.clear();
      at->kind = Node::Kind::kObject;
    }
    for (const Node& inner : value.children) put(*at, inner.key, inner);
    return;
  }
  const std::string name = at->key;
  *at = value;
  at->key = name;
}

void merge_declaration(Node& state, Node& action) {
  for (const char* part : {"declaration", "data"}) {  // `data` before release 1.8
    for (Node* declared : select(action, part)) {
      for (const Node& field : declared->children) put(state, field.key, field);
      mark_read(*declared);
    }
  }
}

bool is_accepted(Node& action) {
  const std::string status = text_at(action, "status");
  return (status.empty() || status == "Accepted") && text_at(action, "draft") != "true";
}

/// A log's actions by their ids.
using ActionIndex = std::map<std::string, std::vector<Node*>, std::less<>>;

ActionIndex index_of(const std::vector<Node*>& actions) {
  ActionIndex index;
  for (Node* action : actions) {
    std::string id = text_at(*action, "id");
    if (!id.empty()) index[std::move(id)].push_back(action);
  }
  return index;
}

// What an action declares, with that of the request that it accepts.
void merge_action(Node& state, const ActionIndex& index, Node& action) {
  const auto original = index.find(text_at(action, "originalActionId"));
  if (original != index.end()) {
    for (Node* asked : original->second) {
      if (text_at(*asked, "status") == "Requested") merge_declaration(state, *asked);
    }
  }
  merge_declaration(state, action);
}

std::vector<Node*> in_order(Node& log) {
  std::vector<Node*> actions = select(log, "actions");
  std::stable_sort(actions.begin(), actions.end(), [](Node* a, Node* b) {
    const std::string at_a = text_at(*a, "createdAt");
    const std::string at_b = text_at(*b, "createdAt");
    return at_a != at_b ? at_a < at_b : text_at(*a, "id") < text_at(*b, "id");
  });
  return actions;
}

struct Standing {
  std::string status;
  std::string registration_number;
  std::string updated_at;
};

// The state after the last accepted action that changes it.
Standing standing_of(const std::vector<Node*>& actions) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kStates = {{
      {"CREATE", "created"},
      {"NOTIFY", "notified"},
      {"DECLARE", "declared"},
      {"VALIDATE", "validated"},
      {"REGISTER", "registered"},
      {"REJECT", "rejected"},
      {"ARCHIVE", "archived"},
      {"MARK_AS_DUPLICATE", "duplicate"},
  }};
  Standing standing;
  for (Node* action : actions) {
    if (!is_accepted(*action)) continue;
    const std::string type = text_at(*action, "type");
    for (const auto& [known, state] : kStates) {
      if (known == type) standing.status = state;
    }
    if (type == "REGISTER") {
      for (const char* path : {"registrationNumber", "identifiers.registrationNumber"}) {
        const std::string number = text_at(*action, path);
        if (!number.empty()) standing.registration_number = number;
      }
    }
    standing.updated_at = text_at(*action, "createdAt");
  }
  return standing;
}

// An age as of a date of the declaration is a year of birth.
void take_age(Node& state, Node& person_node, Record& person) {
  std::string age = text_at(person_node, "age.age");
  if (age.empty()) age = text_at(person_node, "age");
  std::string as_of = text_at(person_node, "age.asOfDateRef");
  if (age.empty() || !person.value("birth_date").empty()) return;
  person.detail("age", age, "age");
  const std::string day = text_at(state, as_of.empty() ? "child.dob" : as_of);
  const ParsedDate parsed = parse_date(day, DateOrder::kYearMonthDay);
  if (parsed.date.year == 0 || age.size() > 3 ||
      age.find_first_not_of("0123456789") != std::string::npos) {
    return;
  }
  person.set("birth_date", std::to_string(parsed.date.year - std::stoi(age)), "age");
}

void take_identifiers(Node& node, Import& import, Record& person) {
  const std::string type = text_at(node, "idType");
  for (const char* key : {"nid", "passport", "brn", "birthRegistrationNumber", "other"}) {
    for (Node* leaf : select(node, key)) {
      if (leaf->kind != Node::Kind::kText) continue;
      mark_mapped(*leaf);
      IdentifierFacts facts;
      facts.owner_id = person.id();
      facts.code = key;
      facts.authority = "CRVS";
      facts.value = leaf->text;
      facts.path = key;
      add_identifier(import, facts, &person);
    }
  }
  if (!type.empty()) person.detail("id_type", type, "idType");
}

std::optional<Record> person_of(Node& state, std::string_view role, const std::string& event,
                                Import& import) {
  const std::vector<Node*> found = select(state, role);
  if (found.empty()) return std::nullopt;
  Record person(import, CanonicalTable::kPerson, event + "-" + std::string(role));
  person.take(*found.front(), kPerson);
  take_age(state, *found.front(), person);
  take_identifiers(*found.front(), import, person);
  constexpr std::array<std::string_view, 2> kNobody = {"record_id", "nationality"};
  if (person.is_empty_but(kNobody)) return std::nullopt;
  return person;
}

}  // namespace

bool is_event_log(Node& document) {
  for (Node& inner : document.children) {
    if (inner.key == "actions" && inner.kind == Node::Kind::kArray) return true;
  }
  return false;
}

Node fold_actions(Node& log) {
  Node state;
  state.kind = Node::Kind::kObject;
  const std::vector<Node*> actions = in_order(log);
  const ActionIndex index = index_of(actions);
  for (Node* action : actions) {
    const std::string type = text_at(*action, "type");
    if (!is_accepted(*action) || type == "REQUEST_CORRECTION" || type == "REJECT_CORRECTION" ||
        type == "PRINT_CERTIFICATE") {
      continue;
    }
    if (type != "APPROVE_CORRECTION") {
      merge_action(state, index, *action);
      continue;
    }
    const auto request = index.find(text_at(*action, "requestId"));
    if (request == index.end()) continue;
    for (Node* asked : request->second) {
      if (is_accepted(*asked)) merge_action(state, index, *asked);
    }
  }
  return state;
}

void read_event_log(Node& log, Import& import) {
  CrvsEvent event;
  for (const auto& [key, field] : {std::pair<const char*, std::string*>{"id", &event.id},
                                   {"type", &event.type},
                                   {"trackingId", &event.tracking_id},
                                   {"createdAt", &event.reported}}) {
    for (Node* leaf : select(log, key)) {
      mark_mapped(*leaf);
      *field = leaf->text;
    }
  }
  if (event.id.empty()) {
    import.reject("id", "is missing, so nothing names the event");
    return;
  }
  std::set<std::string_view> declared;
  for (const char* part : {"actions.declaration", "actions.data"}) {
    for (Node* declaration : select(log, part)) {
      for (const Node& field : declaration->children) declared.insert(field.key);
    }
  }
  if (declared.size() > kMaxDeclared) {
    import.reject("actions", "declare more than 10,000 different fields; no form has so many");
    return;
  }
  event.written_type = event.type;
  event.type = crvs_type(event.written_type);
  const std::vector<Node*> actions = in_order(log);
  const Standing standing = standing_of(actions);
  Node state = fold_actions(log);
  for (Node* action : actions) {
    for (Node& inner : action->children) mark_read(inner);
  }
  event.status = standing.status;
  event.registration_number = standing.registration_number;
  event.updated_at = standing.updated_at;
  std::map<std::string, Record, std::less<>> people;
  for (const std::string_view role : kRoles) {
    std::optional<Record> person = person_of(state, role, event.id, import);
    if (!person) continue;
    person->set("updated_at", event.updated_at, "createdAt");
    event.people.emplace(role, person->id());
    people.emplace(role, std::move(*person));
  }
  const std::string subject = crvs_subject(event);
  Record* subject_row = nullptr;
  for (auto& [role, person] : people) {
    if (person.id() == subject) subject_row = &person;
  }
  if (subject_row == nullptr) {
    import.leave_out("event whose accepted actions name nobody born, dead or married");
    return;
  }
  for (const std::string_view path : kEventDates) {
    for (Node* leaf : select(state, path)) {
      if (leaf->kind == Node::Kind::kText && event.date.empty()) {
        mark_mapped(*leaf);
        event.date = leaf->text;
      }
    }
  }
  if (event.type == "death") {
    subject_row->set("deceased", "true", "type");
    subject_row->set("death_date", event.date, "eventDetails.date");
  }
  for (const char* role : {"mother", "father"}) {
    const auto parent = people.find(role);
    if (parent != people.end()) take_parent(parent->second, role, *subject_row);
  }
  add_crvs_event(event, import, subject_row);
  for (auto& [role, person] : people) person.add();
  import.end_document(state, "declaration");
  import.end_document(log, "event");
}

}  // namespace tessera
