#include "exchange/fhir_parts.hpp"

#include <algorithm>
#include <array>

namespace tessera {
namespace {

constexpr FieldMap kName[] = {{"given_name", "given", " "},   {"given_name", "firstNames"},
                              {"family_name", "family", " "}, {"family_name", "familyName"},
                              {"full_name", "text"},          {"+name_prefix", "prefix", " "},
                              {"+name_suffix", "suffix", " "}};

constexpr FieldMap kOtherName[] = {
    {"+other_given_name", "given", " "}, {"+other_family_name", "family", " "},
    {"+other_full_name", "text"},        {"+other_name_use", "use"},
    {"+name_prefix", "prefix", " "},     {"+name_suffix", "suffix", " "}};

constexpr FieldMap kMaidenName[] = {{"birth_name", "family", " "},
                                    {"+other_given_name", "given", " "},
                                    {"+other_full_name", "text"}};

constexpr FieldMap kAddress[] = {
    {"address", "line", ", "}, {"address", "text"},
    {"city", "city"},          {"district", "district"},
    {"region", "state"},       {"postcode", "postalCode"},
    {"country", "country"},    {"+address_use", "use"},
    {"+address_type", "type"}, {"+location_id", "extension[url~part-of].valueReference.reference"}};

// openIMIS writes the village as `city` and the ward above it in an extension.
constexpr FieldMap kOpenimisAddress[] = {
    {"address", "line", ", "},
    {"address", "text"},
    {"village", "city"},
    {"city", "extension[url~address-municipality].valueString"},
    {"district", "district"},
    {"region", "state"},
    {"postcode", "postalCode"},
    {"country", "country"},
    {"+address_use", "use"},
    {"+address_type", "type"},
    {"+location_id", "extension[url~address-location-reference].valueReference.reference"}};

constexpr FieldMap kOtherAddress[] = {
    {"+other_address", "line", ", "},
    {"+other_address", "text"},
    {"+other_city", "city"},
    {"+other_district", "district"},
    {"+other_region", "state"},
    {"+other_postcode", "postalCode"},
    {"+other_country", "country"},
    {"+address_use", "use"},
    {"+address_type", "type"},
    {"+location_id", "extension[url~part-of].valueReference.reference"}};

// The node of `nodes` that comes first by the words in `order` at `path`; the first of all
// otherwise.
Node* preferred(const std::vector<Node*>& nodes, std::string_view path,
                std::span<const std::string_view> order) {
  for (const std::string_view wanted : order) {
    for (Node* node : nodes) {
      if (text_at(*node, path) == wanted) return node;
    }
  }
  return nodes.empty() ? nullptr : nodes.front();
}

// A leaf by its path is taken into account; its text is returned.
std::string map_text(Node& node, std::string_view path) {
  for (Node* leaf : select(node, path)) {
    if (leaf->kind != Node::Kind::kText || leaf->text.empty()) continue;
    mark_mapped(*leaf);
    return leaf->text;
  }
  return {};
}

std::string_view last_part(std::string_view authority) {
  return authority.substr(authority.find_last_of("/:") + 1);
}

}  // namespace

std::string reference_id(std::string_view reference) {
  reference = reference.substr(0, reference.find("/_history/"));
  return std::string(last_part(reference));
}

std::string resource_id(Node& resource) {
  std::string id = map_text(resource, "id");
  for (const char* code : {"UUID", "Code"}) {
    if (id.empty()) {
      id = text_at(resource, "identifier[type.coding.code=" + std::string(code) + "].value");
    }
  }
  for (Node* identifier : select(resource, "identifier")) {
    if (!id.empty()) break;
    const std::string value = text_at(*identifier, "value");
    if (value.empty()) continue;
    const std::string authority = text_at(*identifier, "system");
    id = authority.empty() ? value : std::string(last_part(authority)) + "|" + value;
  }
  return id;
}

std::string refer(Node& resource, const std::string& path) {
  const std::string at = path.empty() ? "" : path + ".";
  const std::string reference = map_text(resource, at + "reference");
  for (const char* known : {"type", "identifier.type", "identifier.system", "display"}) {
    for (Node* node : select(resource, at + known)) mark_read(*node);
  }
  const std::string identifier = map_text(resource, at + "identifier.value");
  if (!reference.empty()) return reference_id(reference);
  return identifier.starts_with("urn:uuid:") ? reference_id(identifier) : identifier;
}

void add_fhir_identifiers(Node& resource, std::string_view owner, const std::string& owner_id,
                          Import& import, Record* person) {
  for (Node* node : select(resource, "identifier")) {
    IdentifierFacts facts;
    facts.owner = owner;
    facts.owner_id = owner_id;
    facts.value = map_text(*node, "value");
    // OpenCRVS writes a plain word for the type, and a coding later.
    facts.code = map_text(*node, "type.coding.code");
    if (facts.code.empty()) facts.code = map_text(*node, "type");
    if (facts.code.empty()) facts.code = map_text(*node, "type.text");
    facts.authority = map_text(*node, "system");
    if (facts.authority.empty()) facts.authority = map_text(*node, "type.coding.system");
    for (Node* known : select(*node, "type")) mark_read(*known);
    facts.start = map_text(*node, "period.start");
    facts.end = map_text(*node, "period.end");
    facts.assigner = map_text(*node, "assigner.display");
    text_at(*node, "use");
    facts.path = "identifier";
    add_identifier(import, facts, person);
  }
}

void take_names(Node& resource, Record& person) {
  constexpr std::array<std::string_view, 3> kOrder = {"official", "usual", "en"};
  const std::vector<Node*> names = select(resource, "name");
  Node* first = preferred(names, "use", kOrder);
  for (Node* name : names) {
    const std::string use = text_at(*name, "use");
    if (name == first) {
      person.take(*name, kName);
    } else {
      person.take(*name, use == "maiden" ? std::span<const FieldMap>(kMaidenName)
                                         : std::span<const FieldMap>(kOtherName));
    }
  }
}

void take_addresses(Node& resource, std::string_view path, Record& row) {
  constexpr std::array<std::string_view, 1> kOrder = {"home"};
  const std::vector<Node*> addresses = select(resource, path);
  Node* first = preferred(addresses, "use", kOrder);
  for (Node* address : addresses) {
    for (Node* line : select(*address, "line")) {
      if (line->text.empty()) mark_read(*line);
    }
    if (address != first) {
      row.take(*address, kOtherAddress);
    } else if (has(*address, "extension[url~address-municipality]") ||
               has(*address, "extension[url~address-location-reference]")) {
      row.take(*address, kOpenimisAddress);
    } else {
      row.take(*address, kAddress);
    }
  }
}

std::string display_name(Node& resource) {
  std::string name = text_at(resource, "name.text");
  if (!name.empty()) return name;
  for (Node* given : select(resource, "name.given")) {
    if (given->text.empty()) continue;
    if (!name.empty()) name += ' ';
    name += given->text;
  }
  const std::string family = text_at(resource, "name.family");
  if (!name.empty() && !family.empty()) name += ' ';
  return name + family;
}

}  // namespace tessera
