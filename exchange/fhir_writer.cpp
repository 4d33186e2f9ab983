#include "exchange/fhir_writer.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "registry/sha256.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kOpenimis =
    "https://openimis.github.io/openimis_fhir_r4_ig/StructureDefinition/";
constexpr const char* kIdentifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";
constexpr const char* kMaritalStates = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";

/// A canonical word and the code of a code system for it.
struct Coded {
  std::string_view word;
  std::string_view code;
};

// HL7 v2 table 0203, where it has the canonical type.
constexpr Coded kTypeCodes[] = {{"national_id", "NI"},
                                {"passport", "PPN"},
                                {"driving_licence", "DL"},
                                {"social_security", "SS"}};

// HL7 v3 MaritalStatus; `unknown` is no code of it and is left out.
constexpr Coded kMaritalCodes[] = {{"single", "S"},  {"married", "M"},   {"divorced", "D"},
                                   {"widowed", "W"}, {"separated", "L"}, {"partnered", "T"}};

std::string_view code_for(std::span<const Coded> table, std::string_view word) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Coded& row) { return row.word == word; });
  return found == table.end() ? std::string_view() : found->code;
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_uri(std::string_view text) {
  return text.find(':') != std::string_view::npos &&
         std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>';
         });
}

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void put(Json& object, const char* name, std::string_view text) {
  if (!text.empty()) object[name] = text;
}

Json extension(std::string_view name, const char* type, Json value) {
  Json json;
  json["url"] = std::string(kOpenimis) + std::string(name);
  json[type] = std::move(value);
  return json;
}

Json coding(const char* system, std::string_view code) {
  Json one;
  one["system"] = system;
  one["code"] = code;
  return Json::array({one});
}

Json identifier_of(const FhirIdentifier& facts) {
  Json json;
  if (!facts.type.empty() && facts.type != "other") {
    const std::string_view code = code_for(kTypeCodes, facts.type);
    if (!code.empty()) json["type"]["coding"] = coding(kIdentifierTypes, code);
    json["type"]["text"] = facts.type;
  }
  std::string assigner = facts.assigner;
  if (is_uri(facts.system)) {
    json["system"] = facts.system;
  } else if (assigner.empty()) {
    assigner = facts.system;
  }
  json["value"] = facts.value;
  if (is_fhir_date(facts.start)) json["period"]["start"] = facts.start;
  if (is_fhir_date(facts.end)) json["period"]["end"] = facts.end;
  if (!assigner.empty()) json["assigner"]["display"] = assigner;
  return json;
}

// openIMIS has the village as `city`, and what is above it in an extension.
Json address_of(const TableRow& row) {
  Json json;
  const std::string_view village = row["village"];
  if (!village.empty() && !row["city"].empty()) {
    json["extension"] =
        Json::array({extension("address-municipality", "valueString", std::string(row["city"]))});
  }
  if (!row["address"].empty()) json["line"] = Json::array({std::string(row["address"])});
  put(json, "city", village.empty() ? row["city"] : village);
  put(json, "district", row["district"]);
  put(json, "state", row["region"]);
  put(json, "postalCode", row["postcode"]);
  put(json, "country", row["country"]);
  if (json.empty()) return json;
  Json home;
  home["use"] = "home";
  home.update(json);
  return home;
}

Json name_of(const TableRow& person) {
  Json json;
  json["use"] = "official";
  put(json, "text", person["full_name"]);
  put(json, "family", person["family_name"]);
  for (const char* part : {"given_name", "middle_name"}) {
    if (!person[part].empty()) json["given"].push_back(std::string(person[part]));
  }
  return json.size() > 1 ? json : Json();
}

Json telecom_of(const TableRow& person) {
  Json list = Json::array();
  for (const char* system : {"phone", "email"}) {
    if (person[system].empty()) continue;
    Json one;
    one["system"] = system;
    one["value"] = person[system];
    list.push_back(std::move(one));
  }
  return list;
}

Json extensions_of(const PatientFacts& facts) {
  Json list = Json::array();
  if (!facts.group.empty()) {
    list.push_back(
        extension("patient-group-reference", "valueReference", Json{{"reference", facts.group}}));
  }
  if (facts.is_head) list.push_back(extension("patient-is-head", "valueBoolean", *facts.is_head));
  const std::string_view place = (*facts.person)["birth_place"];
  if (!place.empty()) {
    Json birth_place;
    birth_place["url"] = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
    birth_place["valueAddress"]["text"] = place;
    list.push_back(std::move(birth_place));
  }
  return list;
}

Json identifiers_json(const std::vector<FhirIdentifier>& identifiers) {
  Json list = Json::array();
  for (const FhirIdentifier& identifier : identifiers) list.push_back(identifier_of(identifier));
  return list;
}

}  // namespace

FhirIdentifier fhir_identifier(const TableRow& row) {
  return {std::string(row["authority"]), std::string(row["value"]), std::string(row["type"]),
          std::string(row["start"]),     std::string(row["end"]),   std::string(row["assigner"])};
}

std::string identifier_json(const FhirIdentifier& identifier) {
  return text_of(identifier_of(identifier));
}

std::string identifier_query(const FhirIdentifier& identifier) {
  std::string query;
  const auto encode = [&](std::string_view text) {
    constexpr std::string_view kPlain = "-._~:/";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
          kPlain.find(c) != std::string_view::npos) {
        query += c;
      } else {
        query += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
      }
    }
  };
  if (is_uri(identifier.system)) {
    encode(identifier.system);
    query += '|';
  }
  encode(identifier.value);
  return query;
}

std::string write_patient(const PatientFacts& facts) {
  const TableRow& person = *facts.person;
  Json json;
  json["resourceType"] = "Patient";
  if (is_fhir_id(facts.id)) json["id"] = facts.id;
  const auto put_list = [&](const char* name, Json list) {
    if (!list.empty()) json[name] = std::move(list);
  };
  put_list("extension", extensions_of(facts));
  put_list("identifier", identifiers_json(facts.identifiers));
  if (!person["active"].empty()) json["active"] = person["active"] == "true";
  Json names = Json::array();
  if (Json name = name_of(person); !name.empty()) names.push_back(std::move(name));
  if (!person["birth_name"].empty()) {
    Json maiden;
    maiden["use"] = "maiden";
    maiden["family"] = person["birth_name"];
    names.push_back(std::move(maiden));
  }
  put_list("name", std::move(names));
  put_list("telecom", telecom_of(person));
  put(json, "gender", person["sex"]);
  if (is_fhir_date(person["birth_date"])) json["birthDate"] = person["birth_date"];
  if (is_fhir_date(person["death_date"])) {
    json["deceasedDateTime"] = person["death_date"];
  } else if (!person["deceased"].empty()) {
    json["deceasedBoolean"] = person["deceased"] == "true";
  }
  if (Json address = address_of(person); !address.empty()) {
    json["address"] = Json::array({std::move(address)});
  }
  const std::string_view marital = code_for(kMaritalCodes, person["marital_status"]);
  if (!marital.empty()) json["maritalStatus"]["coding"] = coding(kMaritalStates, marital);
  const std::string_view order = person["birth_order"];
  if (!order.empty() && order.size() < 3 && are_digits(order)) {
    json["multipleBirthInteger"] = std::stoi(std::string(order));
  }
  return text_of(json);
}

std::string write_group(const GroupFacts& facts) {
  Json json;
  json["resourceType"] = "Group";
  Json extensions = Json::array();
  if (facts.family != nullptr) {
    const TableRow& family = *facts.family;
    if (Json address = address_of(family); !address.empty()) {
      extensions.push_back(extension("group-address", "valueAddress", std::move(address)));
    }
    if (family["poverty"] == "true" || family["poverty"] == "false") {
      extensions.push_back(
          extension("group-poverty-status", "valueBoolean", family["poverty"] == "true"));
    }
  }
  if (!extensions.empty()) json["extension"] = std::move(extensions);
  if (!facts.identifiers.empty()) json["identifier"] = identifiers_json(facts.identifiers);
  json["active"] = true;
  json["type"] = "person";
  json["actual"] = true;
  put(json, "name", facts.name);
  if (!facts.members.empty()) json["quantity"] = facts.members.size();
  for (const GroupFacts::Member& member : facts.members) {
    Json one;
    one["entity"]["reference"] = member.reference;
    put(one["entity"], "display", member.display);
    json["member"].push_back(std::move(one));
  }
  return text_of(json);
}

std::string write_bundle(std::string_view type, std::string_view id, std::string_view timestamp,
                         const std::vector<BundleEntry>& entries) {
  const auto quoted = [](std::string_view text) { return text_of(Json(text)); };
  std::string out = R"({"resourceType":"Bundle")";
  if (!id.empty()) out += ",\"id\":" + quoted(id);
  out += ",\"type\":" + quoted(type);
  if (!timestamp.empty()) out += ",\"timestamp\":" + quoted(timestamp);
  if (!entries.empty()) out += ",\"entry\":[";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const BundleEntry& entry = entries[i];
    out += i == 0 ? "{" : ",{";
    if (!entry.full_url.empty()) out += "\"fullUrl\":" + quoted(entry.full_url) + ",";
    if (!entry.resource.empty()) out += "\"resource\":" + entry.resource;
    if (!entry.method.empty()) {
      if (!entry.resource.empty()) out += ',';
      out += "\"request\":{\"method\":" + quoted(entry.method) + ",\"url\":" + quoted(entry.url);
      if (!entry.if_none_exist.empty()) out += ",\"ifNoneExist\":" + quoted(entry.if_none_exist);
      out += "}";
    }
    if (!entry.response_status.empty()) {
      out += ",\"response\":{\"status\":" + quoted(entry.response_status) + "}";
    }
    out += "}";
  }
  if (!entries.empty()) out += "]";
  return out + "}";
}

std::string derived_uuid(std::string_view name) {
  Sha256 digest = sha256(name);
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0FU) | 0x80U);
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3FU) | 0x80U);
  std::string hex = hex_text(std::span<const unsigned char>(digest.data(), 16));
  for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, "-");
  return hex;
}

bool is_fhir_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  if (!are_digits(text.substr(0, 4))) return false;
  if (text.size() >= 7 && (text[4] != '-' || !are_digits(text.substr(5, 2)))) return false;
  return text.size() < 10 || (text[7] == '-' && are_digits(text.substr(8, 2)));
}

bool is_fhir_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '.';
  });
}

}  // namespace tessera
