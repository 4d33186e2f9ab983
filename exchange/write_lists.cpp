#include "exchange/write_lists.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "exchange/flat_person.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kLasting = "beneficiary_identifier";
constexpr const char* kLastingFamily = "family_identifier";

/// A canonical role, and openIMIS's word for a man, a woman, and one whose sex is not known.
struct Role {
  std::string_view role, man, woman, unknown;
};

// Source: GroupIndividual.Role of openimis-be-individual.
constexpr Role kRoles[] = {{"head", "HEAD", "HEAD", "HEAD"},
                           {"spouse", "SPOUSE", "SPOUSE", "SPOUSE"},
                           {"child", "SON", "DAUGHTER", ""},
                           {"parent", "FATHER", "MOTHER", ""},
                           {"sibling", "BROTHER", "SISTER", ""},
                           {"grandchild", "GRANDSON", "GRANDDAUGHTER", ""},
                           {"grandparent", "GRANDFATHER", "GRANDMOTHER", ""},
                           {"not_related", "NOT RELATED", "NOT RELATED", "NOT RELATED"}};

std::string_view openimis_word(std::string_view role, std::string_view sex) {
  if (role.empty()) return {};
  for (const Role& known : kRoles) {
    if (known.role != role) continue;
    const std::string_view word = sex == "male"     ? known.man
                                  : sex == "female" ? known.woman
                                                    : known.unknown;
    if (!word.empty()) return word;
  }
  return "OTHER RELATIVE";
}

void put(FlatFields& fields, const std::string& name, std::string_view value) {
  if (!value.empty()) fields.emplace_back(name, value);
}

// Why openIMIS would refuse the row; empty if it takes it.
std::string_view fault(const FlatFields& fields) {
  if (fields.empty()) return "not in the tables";
  if (value_of(fields, "given_name").empty()) return "no first name";
  if (value_of(fields, "family_name").empty()) return "no last name";
  if (value_of(fields, "birth_date").size() != 10) return "no whole birth date";
  return {};
}

FlatFields upload_row(FlatFields fields, const Outgoing& person, Written& file) {
  FlatFields row;
  put(row, "first_name", take_value(fields, "given_name"));
  put(row, "last_name", take_value(fields, "family_name"));
  put(row, "dob", take_value(fields, "birth_date"));
  const std::string group = take_value(fields, "household");
  const std::string role = take_value(fields, "household_role");
  const std::string_view word = openimis_word(role, value_of(fields, "sex"));
  put(row, "group_code", group);
  put(row, "individual_role", word);
  std::string recipient = take_value(fields, "recipient_info");
  if (recipient.empty() && !group.empty()) recipient = role == "head" ? "1" : "0";
  put(row, "recipient_info", recipient);
  if (word == "OTHER RELATIVE" && role != "relative") {
    put(row, "family_role", role);
    ++file.counts["role written as OTHER RELATIVE: openIMIS's word needs the sex"];
  }
  put(row, "record_id", person.record);
  put(row, kLasting, person.identifier);
  put(row, kLastingFamily, person.family);
  row.insert(row.end(), fields.begin(), fields.end());
  return row;
}

}  // namespace

Written write_social_protection(const Outbound& outbound) {
  Written file;
  std::vector<FlatFields> rows;
  for (const Outgoing& person : outbound.people) {
    FlatFields fields = flat_person(outbound.tables, person.record);
    if (const std::string_view reason = fault(fields); !reason.empty()) {
      leave_out(file, reason);
      continue;
    }
    rows.push_back(upload_row(std::move(fields), person, file));
    count_written(file);
  }
  file.text = flat_csv({"first_name", "last_name", "dob", "group_code", "individual_role",
                        "recipient_info", "record_id", kLasting},
                       rows);
  return file;
}

Written write_matched_list(const Outbound& outbound, ListShape shape) {
  Written file;
  std::vector<FlatFields> rows;
  for (const Outgoing& person : outbound.people) {
    const FlatFields fields = flat_person(outbound.tables, person.record);
    if (fields.empty()) {
      leave_out(file, "not in the tables");
      continue;
    }
    FlatFields row;
    put(row, "record_id", person.record);
    put(row, kLasting, person.identifier);
    put(row, "receiver_id", person.receiver_id);
    put(row, kLastingFamily, person.family);
    row.insert(row.end(), fields.begin(), fields.end());
    rows.push_back(std::move(row));
    count_written(file);
  }
  if (shape == ListShape::kCsv) {
    file.text = flat_csv({"record_id", kLasting, "receiver_id"}, rows);
    return file;
  }
  Json records = Json::array();
  for (const FlatFields& row : rows) {
    Json record = Json::object();
    for (const auto& [name, value] : row) record[name] = value;
    records.push_back(std::move(record));
  }
  file.text = Json{{"records", std::move(records)}}.dump(2) + "\n";
  return file;
}

}  // namespace tessera
