#include "exchange/dci_search.hpp"

#include "exchange/codes.hpp"

namespace tessera {
namespace {

constexpr std::string_view kOneNumber =
    "is no search for one person by a number: idtype-value, or one expression that an identifier "
    "equals a value";
constexpr std::string_view kNoNumber =
    "asks by a number that names nobody for good, or of a type that is not known";

bool is_empty(Node& node) {
  return node.children.empty() && node.text.empty();
}

// The attribute and value of the only condition of a list of expressions; none otherwise.
bool take_only_condition(Node& query, std::string& type, std::string& value) {
  Node* only = nullptr;
  std::vector<Node*> lines;
  if (query.kind == Node::Kind::kArray) {
    for (Node& line : query.children) lines.push_back(&line);
  } else {
    lines.push_back(&query);
  }
  for (Node* line : lines) {
    for (Node& part : line->children) {
      if (!part.key.starts_with("expression") || is_empty(part)) continue;
      if (only != nullptr) return false;
      only = &part;
    }
  }
  if (only == nullptr || text_at(*only, "operator") != "eq") return false;
  type = text_at(*only, "attribute_name");
  value = text_at(*only, "attribute_value");
  return true;
}

DciSearch read_search(Node& request) {
  DciSearch search;
  search.reference_id = text_at(request, "reference_id");
  std::string type;
  std::string value;
  const std::string how = text_at(request, "search_criteria.query_type");
  bool is_taken = false;
  for (Node& criteria : request.children) {
    if (criteria.key != "search_criteria") continue;
    for (Node& query : criteria.children) {
      if (query.key != "query") continue;
      if (how == "idtype-value") {
        type = text_at(query, "type");
        value = text_at(query, "value");
        is_taken = query.kind == Node::Kind::kObject;
      } else if (how == "expression") {
        is_taken = take_only_condition(query, type, value);
      }
    }
  }
  if (!is_taken || value.empty()) {
    search.fault = kOneNumber;
    return search;
  }
  const IdentifierType known = identifier_type(type, "");
  if (known.type == "other" || !known.may_key_a_link) {
    search.fault = kNoNumber;
    return search;
  }
  search.type = known.type;
  search.value = value;
  return search;
}

DciRegistry registry_asked(Node& message) {
  for (const char* path : {"message.search_request.search_criteria.response_entity",
                           "message.search_request.search_criteria.reg_record_type"}) {
    const std::string entity = text_at(message, path);
    if (entity == "Person") return DciRegistry::kCivil;
    if (entity == "Member") return DciRegistry::kSocial;
  }
  return DciRegistry::kBeneficiary;
}

}  // namespace

std::optional<DciSearchMessage> read_dci_search(Node& message) {
  const std::vector<Node*> requests = select(message, "message.search_request");
  if (requests.empty()) return std::nullopt;
  DciSearchMessage read;
  read.transaction_id = text_at(message, "message.transaction_id");
  read.sender_id = text_at(message, "header.sender_id");
  read.receiver_id = text_at(message, "header.receiver_id");
  read.registry = registry_asked(message);
  for (Node* request : requests) read.searches.push_back(read_search(*request));
  return read;
}

}  // namespace tessera
