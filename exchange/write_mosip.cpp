#include "exchange/write_mosip.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "exchange/flat_person.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

/// A column of person.csv and its name in the demographic data.
struct Demographic {
  std::string_view column, name;
};

// Of a language, each a list.
constexpr Demographic kSpoken[] = {{"address", "addressLine1"},
                                   {"city", "location1"},
                                   {"region", "location2"},
                                   {"district", "location3"},
                                   {"village", "location4"}};
constexpr Demographic kPlain[] = {
    {"phone", "phoneNumber"}, {"email", "emailId"}, {"postcode", "postalCode"}};

struct MosipId {
  std::string value, type;
};

std::optional<MosipId> lasting_id(const Import& tables, const std::string& record) {
  std::optional<MosipId> vid;
  for (const TableRow& row : identifiers_of(tables, "person", record)) {
    if (row["type"] == "uin") return MosipId{std::string(row["value"]), "UIN"};
    if (row["type"] == "perpetual_vid" && !vid) vid = {std::string(row["value"]), "VID"};
  }
  return vid;
}

std::string with_slashes(std::string_view date) {
  std::string text(date);
  for (char& c : text) {
    if (c == '-') c = '/';
  }
  return text;
}

std::string whole_name(const FlatFields& fields) {
  if (const std::string_view full = value_of(fields, "full_name"); !full.empty()) {
    return std::string(full);
  }
  std::string name;
  for (const char* part : {"given_name", "middle_name", "family_name"}) {
    const std::string_view value = value_of(fields, part);
    if (value.empty()) continue;
    if (!name.empty()) name += ' ';
    name += value;
  }
  return name;
}

Json demographics(const FlatFields& fields, const std::string& language) {
  Json out = Json::object();
  const auto spoken = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out[std::string(name)] = Json::array({{{"language", language}, {"value", value}}});
  };
  spoken("name", whole_name(fields));
  const std::string_view born = value_of(fields, "birth_date");
  if (born.size() == 10) out["dob"] = with_slashes(born);
  const std::string_view sex = value_of(fields, "sex");
  spoken("gender", sex == "male" ? "Male" : sex == "female" ? "Female" : sex);
  for (const Demographic& plain : kPlain) {
    const std::string_view value = value_of(fields, plain.column);
    if (!value.empty()) out[std::string(plain.name)] = value;
  }
  for (const Demographic& place : kSpoken) spoken(place.name, value_of(fields, place.column));
  return out;
}

}  // namespace

Written write_mosip_auth(const Outbound& outbound, const std::string& language) {
  Written file;
  for (const Outgoing& person : outbound.people) {
    const FlatFields fields = flat_person(outbound.tables, person.record);
    const std::optional<MosipId> id = lasting_id(outbound.tables, person.record);
    if (!id) {
      leave_out(file, "neither a UIN nor a perpetual VID");
      continue;
    }
    const Json told = demographics(fields, language);
    if (!told.contains("name") && !told.contains("dob")) {
      leave_out(file, "neither a name nor a whole birth date");
      continue;
    }
    const Json row = {
        {"individualId", id->value},
        {"individualIdType", id->type},
        {"transactionID", person.identifier.empty() ? person.record : person.identifier},
        {"demographics", told}};
    file.text += row.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    count_written(file);
  }
  return file;
}

}  // namespace tessera
