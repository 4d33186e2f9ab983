#include "exchange/enrolment.hpp"

#include <algorithm>

#include "exchange/fhir_writer.hpp"
#include "exchange/speakers.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

std::string url_of(std::string_view kind, const FlowInput& input, std::string_view id) {
  return "urn:uuid:" + derived_uuid(std::string(kind) + "|" + input.from + "|" + std::string(id));
}

FhirIdentifier family_identifier(const FlowInput& input, std::string_view id) {
  FhirIdentifier identifier;
  identifier.system = "urn:tessera:family:" + input.from;
  identifier.value = id;
  return identifier;
}

// openIMIS keeps nobody without them (tblInsuree: LastName, OtherNames, DOB are NOT NULL).
bool has_what_openimis_needs(const TableRow& person) {
  return !person["family_name"].empty() && !person["given_name"].empty() &&
         person["birth_date"].size() == 10 && is_fhir_date(person["birth_date"]);
}

bool has_identifier(const std::vector<FhirIdentifier>& all, const FhirIdentifier& one) {
  return std::any_of(all.begin(), all.end(), [&](const FhirIdentifier& other) {
    return other.system == one.system && other.value == one.value;
  });
}

constexpr std::string_view kHeadHeldBack = "the family's head is held back, and the family with it";
constexpr std::string_view kSeveralFamilies =
    "the family's members are insured in several families";
constexpr std::string_view kFamilyUnknown =
    "a member of the family is insured, and the receiver's files do not say in which family";

}  // namespace

struct Enrolment::Newcomer {
  TableRow person;
  const FeedRecord* record;
};

struct Enrolment::Family {
  std::vector<Newcomer> newcomers;
  std::set<std::string> insured_in;  // families of openIMIS; "" where not known
  std::string head_is_insured_in;
  Standing head = Standing::kGone;
  bool was_sent = false;
  std::string reference;         // of the family that is there; empty: a new one
  std::string_view held_back{};  // why nobody of it is enrolled
};

Enrolment::Enrolment(const FlowInput& input)
    : input_(input),
      source_(input.need(input.from)),
      links_(input.feed),
      keys_(source_),
      from_(input.place(input.from)),
      to_(input.place(input.to)),
      speaker_(speakers(input.feed, source_)) {
  if (const FlowSource* openimis = input.find(input.to); openimis != nullptr) {
    families_ = families_by_member(openimis->tables);
  }
}

PersonStanding Enrolment::standing(const TableRow& person) const {
  PersonStanding how;
  how.record = input_.feed.find(from_, person.key());
  if (!is_in_use(person)) {
    how.standing = Standing::kGone;
    return how;
  }
  const auto hold_back = [&](std::string_view reason) {
    how.standing = Standing::kHeldBack;
    how.reason = reason;
    return how;
  };
  if (how.record == nullptr) return hold_back("the registry does not know it: load it and apply");
  const LinkedRecord linked = links_.in(how.record->entity, to_);
  if (linked.state == Counterpart::kDoubtful) return hold_back(linked.reason);
  if (linked.state == Counterpart::kOne) {
    how.standing = Standing::kInsured;
    how.insured = linked.record;
    return how;
  }
  if (speaker_.at(how.record->entity) != person.key()) {
    how.standing = Standing::kTwice;
    return how;
  }
  if (links_.waits_for_review(how.record->entity, from_)) {
    return hold_back("a possible match with another person to enrol waits for review");
  }
  if (!has_what_openimis_needs(person)) {
    const bool whole = person["given_name"].empty() && person["family_name"].empty() &&
                       !person["full_name"].empty();
    return hold_back(whole ? "openIMIS needs a family name and a given name; `tessera import "
                             "--family-name` makes them of a full name"
                           : "openIMIS needs a family name, a given name and a full birth date");
  }
  how.standing = input_.is_due(*how.record) ? Standing::kNew : Standing::kSentBefore;
  return how;
}

void Enrolment::count_left_out(const PersonStanding& how, std::string_view record,
                               FlowResult& result) const {
  switch (how.standing) {
    case Standing::kSentBefore:
      result.count("nothing new since then");
      break;
    case Standing::kGone:
      result.count("dead or no longer in use");
      break;
    case Standing::kTwice:
      result.count("further records of one person");
      break;
    case Standing::kHeldBack:
      result.count("held back");
      result.except(input_.from, record, "person", how.reason);
      break;
    case Standing::kNew:
    case Standing::kInsured:
      break;
  }
}

Enrolment::Family Enrolment::family_of(const Household& household, FlowResult& result) const {
  Family family;
  for (const Household::Member& member : household.members) {
    const TableRow person = rows_of(source_.tables, CanonicalTable::kPerson, member.record).front();
    const PersonStanding how = standing(person);
    if (member.record == household.head) family.head = how.standing;
    switch (how.standing) {
      case Standing::kNew:
        family.newcomers.push_back({person, how.record});
        break;
      case Standing::kInsured: {
        result.count("insured already");
        const auto found = families_.find(how.insured->id);
        const std::string in = found == families_.end() ? std::string() : found->second;
        family.insured_in.insert(in);
        if (member.record == household.head) family.head_is_insured_in = in;
        break;
      }
      case Standing::kSentBefore:
        family.was_sent = true;
        [[fallthrough]];
      default:
        count_left_out(how, member.record, result);
        break;
    }
  }
  return family;
}

// Where the newcomers go: into the family that openIMIS has, the one that was sent before, or a new
// one of their own.
void Enrolment::place(Family& family, const Household& household) const {
  if (family.insured_in.contains("")) {
    family.held_back = kFamilyUnknown;
  } else if (!family.head_is_insured_in.empty()) {
    family.reference = "Group/" + family.head_is_insured_in;
  } else if (family.insured_in.size() == 1) {
    family.reference = "Group/" + *family.insured_in.begin();
  } else if (family.insured_in.size() > 1) {
    family.held_back = kSeveralFamilies;
  } else if (family.was_sent) {
    family.reference =
        "Group?identifier=" + identifier_query(family_identifier(input_, household.id));
  } else if (family.head == Standing::kHeldBack) {
    family.held_back = kHeadHeldBack;
  }
}

std::string Enrolment::transaction(const Family& family, const Household& household) const {
  const std::vector<TableRow> rows = rows_of(source_.tables, CanonicalTable::kFamily, household.id);
  const auto is_named_head = [&](const Newcomer& newcomer) {
    return newcomer.person.key() == household.head;
  };
  // A head who is dead or gone is followed by the oldest.
  const auto head_at = std::min_element(family.newcomers.begin(), family.newcomers.end(),
                                        [&](const Newcomer& a, const Newcomer& b) {
                                          if (is_named_head(a) != is_named_head(b))
                                            return is_named_head(a);
                                          return a.person["birth_date"] < b.person["birth_date"];
                                        });
  const bool is_new_family = family.reference.empty();
  const std::string group_url = url_of("Group", input_, household.id);
  std::vector<BundleEntry> entries;
  GroupFacts group;
  for (const Newcomer& newcomer : family.newcomers) {
    const std::string record(newcomer.person.key());
    PatientFacts patient;
    patient.person = &newcomer.person;
    patient.identifiers = keys_.all(record);
    for (const std::size_t other : input_.feed.records_of(newcomer.record->entity)) {
      const FeedRecord& twin = input_.feed.records()[other];
      if (twin.source != from_ || twin.id == record) continue;
      for (const FhirIdentifier& more : keys_.all(twin.id)) {
        if (!has_identifier(patient.identifiers, more)) patient.identifiers.push_back(more);
      }
    }
    patient.identifiers.push_back(lasting_identifier(input_.feed, newcomer.record->entity));
    patient.group = is_new_family ? group_url : family.reference;
    patient.is_head = is_new_family && &newcomer == &*head_at;
    const std::string url = url_of("Patient", input_, record);
    entries.push_back({.resource = write_patient(patient),
                       .full_url = url,
                       .method = "POST",
                       .url = "Patient",
                       .if_none_exist = "identifier=" + identifier_query(keys_.of(record))});
    group.members.push_back({url});
  }
  if (is_new_family) {
    group.name = std::string(rows.empty() ? std::string_view() : rows.front()["name"]);
    if (group.name.empty()) group.name = head_at->person["family_name"];
    if (!rows.empty()) group.family = &rows.front();
    group.identifiers = {family_identifier(input_, household.id)};
    const FhirIdentifier lasting = lasting_family(input_.feed, from_, household.id);
    if (!lasting.value.empty()) group.identifiers.push_back(lasting);
    entries.push_back(
        {.resource = write_group(group),
         .full_url = group_url,
         .method = "POST",
         .url = "Group",
         .if_none_exist = "identifier=" + identifier_query(group.identifiers.front())});
  }
  return write_bundle("transaction", "", "", entries);
}

std::string Enrolment::bundle(const Household& household, FlowResult& result) const {
  Family family = family_of(household, result);
  if (family.newcomers.empty()) return {};
  place(family, household);
  if (!family.held_back.empty()) {
    result.count("held back", family.newcomers.size());
    for (const Newcomer& newcomer : family.newcomers) {
      result.except(input_.from, newcomer.person.key(), "person", family.held_back);
    }
    return {};
  }
  result.count("persons to enrol", family.newcomers.size());
  result.count(family.reference.empty() ? "new families" : "families that grow");
  return transaction(family, household);
}

}  // namespace tessera
