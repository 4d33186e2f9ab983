#include "exchange/mosip.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "exchange/input_files.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

/// What a field of the mapping is here. `mapped` is MOSIP's name in identity-mapping.json, `field`
/// its default in the identity.
struct MosipField {
  std::string_view mapped;
  std::string_view field;
  std::string_view column;
  bool is_place = false;  ///< A location's code.
};

constexpr MosipField kFields[] = {{"name", "fullName", "full_name"},
                                  {"firstName", "firstName", "given_name"},
                                  {"givenName", "givenName", "given_name"},
                                  {"middleName", "middleName", "middle_name"},
                                  {"lastName", "lastName", "family_name"},
                                  {"familyName", "familyName", "family_name"},
                                  {"dob", "dateOfBirth", "birth_date"},
                                  {"age", "age", "+age"},
                                  {"gender", "gender", "sex"},
                                  {"phone", "phone", "phone"},
                                  {"email", "email", "email"},
                                  {"addressLine1", "addressLine1", "address"},
                                  {"addressLine2", "addressLine2", "+address_line_2"},
                                  {"addressLine3", "addressLine3", "+address_line_3"},
                                  {"location1", "city", "city", true},
                                  {"location2", "region", "region", true},
                                  {"location3", "province", "district", true},
                                  {"location4", "zone", "village", true},
                                  {"postalCode", "postalCode", "postcode"},
                                  {"residenceStatus", "residenceStatus", "+residence_status"},
                                  {"preferredLanguage", "preferredLang", "+preferred_language"},
                                  {"nationality", "nationality", "nationality"},
                                  {"maritalStatus", "maritalStatus", "marital_status"}};

/// A field whose value names the person; `code` as exchange/codes.hpp knows it.
struct MosipIdentifier {
  std::string_view mapped;
  std::string_view field;
  std::string_view code;
};

constexpr MosipIdentifier kIdentifiers[] = {
    {"uin", "UIN", "UIN"},
    {"", "uin", "UIN"},
    {"", "individualId", "UIN"},
    {"", "referenceIdentityNumber", "referenceIdentityNumber"},
    {"", "nationalId", "nationalId"},
    {"", "passportNumber", "passport"},
    {"", "authToken", "authToken"},
    {"", "psut", "psut"},
    {"", "token", "token"},
    {"", "rid", "rid"},
    {"", "registrationId", "rid"}};

using FieldNames = std::map<std::string, std::string, std::less<>>;
/// Code and language → name.
using Places = std::map<std::pair<std::string, std::string>, std::string>;

FieldNames default_names() {
  FieldNames names;
  for (const MosipField& field : kFields) names.emplace(field.mapped, field.field);
  for (const MosipIdentifier& field : kIdentifiers) {
    if (!field.mapped.empty()) names.emplace(field.mapped, field.field);
  }
  return names;
}

bool is_mapping(Node& document) {
  return !text_at(document, "identity.dob.value").empty() ||
         !text_at(document, "identity.name.value").empty();
}

void take_mapping(Node& document, FieldNames& names) {
  for (Node* identity : select(document, "identity")) {
    for (Node& field : identity->children) {
      const std::string value = text_at(field, "value");
      if (!value.empty() && value.find(',') == std::string::npos) names[field.key] = value;
    }
  }
}

/// A value with its language; plain values have none.
struct Spoken {
  std::string language;
  Node* leaf = nullptr;
};

std::vector<Spoken> values_at(Node& identity, std::string_view field) {
  std::vector<Spoken> values;
  for (Node* node : select(identity, field)) {
    if (node->kind == Node::Kind::kText) {
      values.push_back({"", node});
      continue;
    }
    const std::vector<Node*> leaves = select(*node, "value");
    if (leaves.empty() || leaves.front()->kind != Node::Kind::kText) continue;
    values.push_back({text_at(*node, "language"), leaves.front()});
  }
  std::stable_sort(values.begin(), values.end(), [](const Spoken& a, const Spoken& b) {
    return (a.language == "eng") > (b.language == "eng");
  });
  return values;
}

// Columns that name a person in a table of people.
constexpr std::array<std::string_view, 6> kIdFields = {
    "individualId", "uin", "vid", "VID", "referenceIdentityNumber", "rid"};

bool is_people(const std::filesystem::path& table, const std::string& uin_field) {
  const std::vector<std::string> columns = column_names(table);
  const auto has_column = [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  };
  return !has_column("code") &&
         (has_column(uin_field) || std::any_of(kIdFields.begin(), kIdFields.end(), has_column));
}

std::string place_name(const Places& places, const std::string& code, const std::string& language) {
  for (const std::string& wanted : {language, std::string("eng")}) {
    const auto found = places.find({code, wanted});
    if (found != places.end()) return found->second;
  }
  return code;
}

void take_fields(Node& identity, const FieldNames& names, const Places& places, Record& person) {
  for (const MosipField& field : kFields) {
    const auto name = names.find(field.mapped);
    const std::string path = name == names.end() ? std::string(field.field) : name->second;
    bool first = true;
    for (const Spoken& value : values_at(identity, path)) {
      mark_mapped(*value.leaf);
      if (value.leaf->text.empty()) continue;
      const std::string& code = value.leaf->text;
      const std::string text = field.is_place ? place_name(places, code, value.language) : code;
      if (text != code) person.detail(path + "_code", code, path);
      if (first) {
        person.set(field.column, text, path);
      } else {
        person.detail(path + (value.language.empty() ? "" : "_" + value.language), text, path);
      }
      first = false;
    }
  }
}

void take_identifier(Node& leaf, std::string_view code, std::string_view path, Import& import,
                     Record& person) {
  mark_mapped(leaf);
  IdentifierFacts facts;
  facts.owner_id = person.id();
  facts.code = code;
  facts.authority = "MOSIP";
  facts.value = leaf.text;
  facts.path = path;
  add_identifier(import, facts, &person);
}

void read_identity(Node& identity, const FieldNames& names, const Places& places, Import& import) {
  const std::string uin_field = names.at("uin");
  std::string id;
  id = text_at(identity, uin_field);
  for (const std::string_view field :
       {"uin", "individualId", "vid", "VID", "referenceIdentityNumber", "rid"}) {
    if (id.empty()) id = text_at(identity, field);
  }
  if (id.empty()) {
    import.reject("identity", "has no UIN, VID or reference number, so nothing names it");
    return;
  }
  Record person(import, CanonicalTable::kPerson, id);
  take_fields(identity, names, places, person);
  std::string vid_type = text_at(identity, "vidType");
  if (vid_type.empty()) vid_type = text_at(identity, "vid_type");
  for (const char* field : {"vid", "VID"}) {
    for (Node* leaf : select(identity, field)) {
      // Unless it says that it lasts, a VID is taken for one that does not.
      take_identifier(*leaf, "vid-" + (vid_type.empty() ? "temporary" : vid_type), field, import,
                      person);
    }
  }
  for (const MosipIdentifier& known : kIdentifiers) {
    const std::string field = known.mapped == "uin" ? uin_field : std::string(known.field);
    for (Node* leaf : select(identity, field)) {
      if (leaf->kind == Node::Kind::kText)
        take_identifier(*leaf, known.code, field, import, person);
    }
  }
  for (const auto& [field, code] :
       {std::pair<const char*, const char*>{"introducerUIN", "UIN"}, {"introducerRID", "rid"}}) {
    for (Node* leaf : select(identity, field)) {
      if (leaf->kind != Node::Kind::kText || leaf->text.empty()) continue;
      mark_mapped(*leaf);
      RelationFacts facts;
      facts.record_id = id;
      facts.relation = "introducer";
      facts.related_code = code;
      facts.related_identifier = leaf->text;
      facts.path = field;
      add_relation(import, facts);
    }
  }
  person.add();
  import.end_document(identity, "identity");
}

void read_document(Node& document, const FieldNames& names, const Places& places, Import& import) {
  if (document.kind == Node::Kind::kArray) {
    for (Node& inner : document.children) read_document(inner, names, places, import);
    return;
  }
  for (const char* path : {"response.identity", "request.identity", "identity"}) {
    const std::vector<Node*> found = select(document, path);
    if (found.empty() || found.front()->kind != Node::Kind::kObject) continue;
    for (Node* identity : found) read_identity(*identity, names, places, import);
    return;
  }
  read_identity(document, names, places, import);
}

void take_places(const std::filesystem::path& file, Places& places, Import& import) {
  for_each_row(file, import, [&](Node& row) {
    const std::string code = text_at(row, "code");
    if (code.empty()) {
      import.leave_out("row that names no location");
      return;
    }
    places[{code, text_at(row, "lang_code")}] = text_at(row, "name");
  });
}

}  // namespace

void import_mosip(const std::vector<std::filesystem::path>& files, Import& import) {
  FieldNames names = default_names();
  Places places;
  std::vector<std::filesystem::path> identities;
  std::vector<std::filesystem::path> tables;
  for (const std::filesystem::path& file : files) {
    if (!is_document(file)) {
      tables.push_back(file);
      continue;
    }
    bool mapping = false;
    Import look;  // what is rejected here is rejected again when it is read
    for_each_document(file, look, [&](Node& document) {
      if (!is_mapping(document)) return;
      mapping = true;
      take_mapping(document, names);
    });
    if (mapping) {
      import.begin_file(file.filename().string());
      import.count_file(look.files().front());
    } else {
      identities.push_back(file);
    }
  }
  std::vector<std::filesystem::path> lists;
  for (const std::filesystem::path& file : tables) {
    if (is_people(file, names.at("uin"))) {
      lists.push_back(file);
    } else {
      take_places(file, places, import);
    }
  }
  for (const std::filesystem::path& file : identities) {
    for_each_document(file, import,
                      [&](Node& document) { read_document(document, names, places, import); });
  }
  for (const std::filesystem::path& file : lists) {
    for_each_row(file, import, [&](Node& row) { read_identity(row, names, places, import); });
  }
}

}  // namespace tessera
