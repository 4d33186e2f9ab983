#include "exchange/transfer_messages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "exchange/claim_patient.hpp"
#include "exchange/fhir_originals.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/json_parts.hpp"
#include "exchange/json_tree.hpp"

namespace tessera {
namespace {

std::string part_text(std::string_view text, const JsonPart& part) {
  return std::string(text.substr(part.begin, part.end - part.begin));
}

// `object` with a member of one of its members set.
std::string set_inner(const std::string& object, std::string_view member, std::string_view key,
                      const std::string& json) {
  const JsonPart parts = json_parts(object);
  const JsonPart* inner = parts.find(member);
  const std::string before = inner == nullptr ? "{}" : part_text(object, *inner);
  return set_members_json(object, {{member, set_members_json(before, {{key, json}})}});
}

// The list without the elements of which `drop` says so; empty where none is left.
template <class Drop>
std::string list_without(const std::string& object, const JsonPart* list, const Drop& drop) {
  if (list == nullptr) return {};
  const bool is_one = list->kind == JsonPart::Kind::kObject;  // as some write a list of one
  std::string kept;
  const std::size_t size = is_one ? 1 : list->children.size();
  for (std::size_t i = 0; i < size; ++i) {
    const std::string element = part_text(object, is_one ? *list : list->children[i]);
    Node tree;
    parse_json(element, tree);
    if (!drop(tree)) kept += (kept.empty() ? "" : ",") + element;
  }
  return kept.empty() ? "" : "[" + kept + "]";
}

std::string without_members(const std::string& group, const std::vector<std::string>& left) {
  const JsonPart parts = json_parts(group);
  std::size_t dropped = 0;
  const std::string members = list_without(group, parts.find("member"), [&](Node& member) {
    const bool leaves = std::find(left.begin(), left.end(), refer(member, "entity")) != left.end();
    dropped += leaves ? 1U : 0U;
    return leaves;
  });
  const JsonPart* list = parts.find("member");
  const std::size_t before = list == nullptr ? 0 : list->children.size();
  const bool counts = parts.find("quantity") != nullptr && before >= dropped;
  std::string changed = set_members_json(group, {{"member", members}});
  if (counts) changed = set_members_json(changed, {{"quantity", std::to_string(before - dropped)}});
  return changed;
}

bool is_extension(Node& extension, std::string_view name) {
  const std::string url = text_at(extension, "url");
  return url == name || url.ends_with("/" + std::string(name));
}

// Without what says the family and the head; `more`: an extension to have instead, or empty.
std::string without_family(const std::string& patient, bool keeps_family, const std::string& more) {
  const JsonPart parts = json_parts(patient);
  std::string list = list_without(patient, parts.find("extension"), [&](Node& extension) {
    return is_extension(extension, "patient-is-head") ||
           (!keeps_family && is_extension(extension, "patient-group-reference"));
  });
  if (!more.empty()) {
    list = list.empty() ? "[" + more + "]" : list.substr(0, list.size() - 1) + "," + more + "]";
  }
  return set_members_json(patient, {{"extension", list}});
}

constexpr const char* kIsHead =
    R"({"url":"https://openimis.github.io/openimis_fhir_r4_ig/StructureDefinition/patient-is-head")"
    R"(,"valueBoolean":true})";

std::string bundle(const std::vector<BundleEntry>& entries) {
  return entries.empty() ? std::string() : write_bundle("transaction", "", "", entries);
}

}  // namespace

TransferMessages::TransferMessages(const FlowInput& input)
    : input_(input), source_(input.need(input.from)), keys_(source_) {}

FhirIdentifier TransferMessages::mark(std::string_view kind, const std::string& id) const {
  FhirIdentifier identifier;
  identifier.system = "urn:tessera:transfer:" + input_.from + ":" + input_.on;
  identifier.value = std::string(kind) + "|" + id;
  return identifier;
}

std::string TransferMessages::url(std::string_view kind, const std::string& id) const {
  const FhirIdentifier of = mark(kind, id);
  return "urn:uuid:" + derived_uuid(of.system + "|" + of.value);
}

std::string TransferMessages::reference(const Mover& mover) const {
  return mover.there.empty() ? url("Patient", mover.record) : "Patient/" + mover.there;
}

std::set<std::string, std::less<>> TransferMessages::wanted(const Move& move) const {
  std::set<std::string, std::less<>> names;
  for (const Mover& mover : move.movers) {
    for (const EndedCover& cover : mover.ends) names.insert("Coverage/" + cover.coverage);
    if (!move.group.is_whole()) names.insert("Patient/" + mover.record);
  }
  if (!move.group.new_head.empty()) names.insert("Patient/" + move.group.new_head);
  const bool has_group =
      !rows_of(source_.tables, CanonicalTable::kFamily, move.group.family).empty();
  if (!move.group.is_whole() && has_group) names.insert("Group/" + move.group.family);
  return names;
}

Told TransferMessages::sender(const Move& move, const Originals& originals) const {
  std::map<std::string, std::string> changed;
  for (const Mover& mover : move.movers) {
    for (const EndedCover& cover : mover.ends) {
      const std::string name = "Coverage/" + cover.coverage;
      const std::string& text = originals.find(name)->second;
      changed[name] = cover.is_cancelled
                          ? set_members_json(text, {{"status", "\"cancelled\""}})
                          : set_inner(text, "period", "end", json_quoted(day_before(input_.on)));
    }
    if (move.group.is_whole()) continue;
    const std::string name = "Patient/" + mover.record;
    changed[name] = without_family(originals.find(name)->second, false, "");
  }
  if (!move.group.new_head.empty()) {
    const std::string name = "Patient/" + move.group.new_head;
    changed[name] = without_family(originals.find(name)->second, true, kIsHead);
  }
  if (const auto group = originals.find("Group/" + move.group.family);
      group != originals.end() && !move.group.is_whole()) {
    changed[group->first] = without_members(group->second, move.group.movers);
  }
  std::vector<BundleEntry> does;
  std::vector<BundleEntry> undoes;
  for (const auto& [name, text] : changed) {
    const std::string& before = originals.find(name)->second;
    if (text == before) continue;
    const std::size_t slash = name.find('/');
    const std::string id = name.substr(slash + 1);
    const auto put = [&](const std::string& json) {
      const bool has_id = json_parts(json).find("id") != nullptr;
      return BundleEntry{
          .resource = has_id ? json : set_members_json(json, {{"id", json_quoted(id)}}),
          .full_url = url(name.substr(0, slash), id),
          .method = "PUT",
          .url = name};
    };
    does.push_back(put(text));
    undoes.push_back(put(before));
  }
  return {bundle(does), bundle(undoes)};
}

std::string TransferMessages::patient(const Mover& mover, const Move& move) const {
  const std::vector<TableRow> rows = rows_of(source_.tables, CanonicalTable::kPerson, mover.record);
  PatientFacts facts;
  facts.person = &rows.front();
  facts.identifiers = keys_.all(mover.record);
  facts.identifiers.push_back(lasting_identifier(input_.feed, mover.known->entity));
  facts.identifiers.push_back(mark("Patient", mover.record));
  facts.group = move.joins.empty() ? url("Group", move.group.family) : "Group/" + move.joins;
  facts.is_head = move.joins.empty() && mover.record == move.group.head;
  return write_patient(facts);
}

std::string TransferMessages::group(const Move& move) const {
  const std::vector<TableRow> rows =
      rows_of(source_.tables, CanonicalTable::kFamily, move.group.family);
  const std::vector<TableRow> head =
      rows_of(source_.tables, CanonicalTable::kPerson, move.group.head);
  GroupFacts facts;
  if (!rows.empty() && move.group.is_whole()) {
    facts.family = &rows.front();
    facts.name = rows.front()["name"];
  }
  if (facts.name.empty()) facts.name = head.front()["family_name"];
  facts.identifiers = {mark("Group", move.group.family)};
  if (move.group.is_whole()) {
    const FhirIdentifier lasting =
        lasting_family(input_.feed, input_.place(input_.from), move.group.family);
    if (!lasting.value.empty()) facts.identifiers.push_back(lasting);
  }
  for (const bool of_head : {true, false}) {  // the head first
    for (const Mover& mover : move.movers) {
      if ((mover.record == move.group.head) == of_head) {
        facts.members.push_back({reference(mover)});
      }
    }
  }
  return write_group(facts);
}

std::string TransferMessages::coverage(const NewCover& cover, const std::string& id,
                                       const Mover& mover, const Move& move) const {
  const auto head = std::find_if(move.movers.begin(), move.movers.end(),
                                 [&](const Mover& one) { return one.record == move.group.head; });
  nlohmann::ordered_json json;
  json["resourceType"] = "Coverage";
  json["identifier"].push_back(
      nlohmann::ordered_json::parse(identifier_json(mark("Coverage", id))));
  json["status"] = "active";
  json["policyHolder"]["reference"] = reference(*head);
  json["beneficiary"]["reference"] = reference(mover);
  json["period"]["start"] = cover.begin;
  if (!cover.end.empty()) json["period"]["end"] = cover.end;
  json["payor"].push_back({{"reference", reference(*head)}});
  if (!cover.product.empty()) {
    nlohmann::ordered_json plan;
    plan["type"]["coding"].push_back(
        {{"system", "http://terminology.hl7.org/CodeSystem/coverage-class"}, {"code", "plan"}});
    plan["value"] = cover.product;
    json["class"].push_back(std::move(plan));
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Told TransferMessages::receiver(const Move& move) const {
  std::vector<BundleEntry> does;
  std::vector<BundleEntry> undoes;
  const auto create = [&](std::string_view type, const std::string& id, std::string resource,
                          const FhirIdentifier& unless) {
    does.push_back({.resource = std::move(resource),
                    .full_url = url(type, id),
                    .method = "POST",
                    .url = std::string(type),
                    .if_none_exist = "identifier=" + identifier_query(unless)});
    undoes.push_back(
        {.resource = {},
         .method = "DELETE",
         .url = std::string(type) + "?identifier=" + identifier_query(mark(type, id))});
  };
  for (const Mover& mover : move.movers) {
    if (!mover.there.empty()) continue;
    create("Patient", mover.record, patient(mover, move), keys_.of(mover.record));
  }
  if (move.joins.empty()) {
    create("Group", move.group.family, group(move), mark("Group", move.group.family));
  }
  for (const Mover& mover : move.movers) {
    for (const NewCover& cover : mover.begins) {
      const std::string id = mover.record + "|" + cover.product + "|" + cover.begin;
      create("Coverage", id, coverage(cover, id, mover, move), mark("Coverage", id));
    }
    for (const SentClaim& claim : mover.claims) {
      // With the person: two facilities may give two claims one number.
      const std::string id = mover.record + "|" + claim.id;
      create(claim.type, id,
             moved_claim(claim, reference(mover), mover.there, mark(claim.type, id),
                         url("Claim", mover.record + "|" + claim.request)),
             mark(claim.type, id));
    }
  }
  std::reverse(undoes.begin(), undoes.end());
  return {bundle(does), bundle(undoes)};
}

std::string moved_claim(const SentClaim& claim, const std::string& reference,
                        const std::string& record, const FhirIdentifier& mark,
                        const std::string& claim_url) {
  std::string text = with_patient(claim.text, claim.member, reference, record);
  if (text.empty()) return {};
  if (!claim.request.empty()) {
    const JsonPart parts = json_parts(text);
    const JsonPart* request = parts.find("request");
    const JsonPart* leads = request == nullptr ? nullptr : request->find("reference");
    if (leads != nullptr) {
      text = edit_text(text, {{leads->begin, leads->end, json_quoted(claim_url)}});
    }
  }
  return on_one_line(add_identifier_json(text, identifier_json(mark)));
}

}  // namespace tessera
