#include "exchange/write_dci.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "exchange/codes.hpp"
#include "exchange/flat_person.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

/// Where a value of person.csv, or a detail of that name, goes: keys parted by a point.
struct Target {
  std::string_view name;
  std::string_view path;
};

constexpr Target kPerson[] = {
    {"full_name", "name.full_name"},
    {"family_name", "name.surname"},
    {"given_name", "name.given_name"},
    {"middle_name", "name.second_name"},
    {"birth_name", "name.maiden_name"},
    {"name_prefix", "name.prefix"},
    {"name_suffix", "name.suffix"},
    {"sex", "sex"},
    {"birth_date", "birth_date"},
    {"death_date", "death_date"},
    {"birth_place_latitude", "birth_place.geo.latitude"},
    {"birth_place_longitude", "birth_place.geo.longitude"},
    {"birth_place", "birth_place.name"},
    {"death_place", "death_place.name"},
    {"address", "address.address_line1"},
    {"address_2", "address.address_line2"},
    {"city", "address.locality"},
    {"district", "address.sub_region_code"},
    {"region", "address.region_code"},
    {"postcode", "address.postal_code"},
    {"country", "address.country_code"},
    {"plus_code", "address.geo_location.plus_code.global_code"},
    {"latitude", "address.geo_location.plus_code.geometry.location.latitude"},
    {"longitude", "address.geo_location.plus_code.geometry.location.longitude"},
    {"phone", "phone_number"},
    {"email", "email"},
    {"nationality", "nationality"},
    {"marriage_date", "marriage_date"},
    {"divorce_date", "divorce_date"},
    {"updated_at", "last_updated"}};

constexpr Target kMember[] = {{"marital_status", "marital_status"},
                              {"occupation", "occupation"},
                              {"education", "education_level"},
                              {"registration_date", "registration_date"},
                              {"is_disabled", "is_disabled"},
                              {"disability_type", "disability_type"},
                              {"disability_info", "disability_info"},
                              {"disability_identifier", "disability_identifier.identifier_value"},
                              {"functional_limitation_type", "functional_limitation_type"},
                              {"functional_severity", "functional_severity"},
                              {"employment_status", "employment_status"},
                              {"income_level", "income_level"},
                              {"language", "language_code"},
                              {"ethnicity", "ethnicity"},
                              {"household_status", "household_status"},
                              {"poverty_score", "poverty_score"},
                              {"is_deceased", "is_deceased"}};

/// A canonical role as HL7's RoleCode, which RelationshipTypeEnum is made of.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kRelationship = {
    {{"head", "head"},
     {"spouse", "SPS"},
     {"child", "CHILD"},
     {"parent", "PRN"},
     {"sibling", "SIB"},
     {"grandchild", "GRNDCHILD"},
     {"grandparent", "GRPRN"},
     {"relative", "FAMMEMB"}}};

/// MaritalStatusEnum.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMarital = {
    {{"single", "S"}, {"married", "M"}, {"divorced", "D"}, {"widowed", "W"}, {"separated", "L"}}};

/// IdentifierTypeEnum, and beside it the words that its samples use.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTypes = {
    {{"uin", "UIN"},
     {"national_id", "NID"},
     {"birth_registration", "BRN"},
     {"marriage_registration", "MRN"},
     {"death_registration", "DRN"}}};

template <std::size_t N>
std::string coded(const std::array<std::pair<std::string_view, std::string_view>, N>& table,
                  std::string_view word) {
  const auto at = std::find_if(table.begin(), table.end(),
                               [&](const auto& entry) { return entry.first == word; });
  return std::string(at == table.end() ? word : at->second);
}

void put(Json& object, std::string_view path, Json value) {
  const std::size_t point = path.find('.');
  const std::string key(path.substr(0, point));
  if (point == std::string_view::npos) {
    object[key] = std::move(value);
  } else {
    put(object[key], path.substr(point + 1), std::move(value));
  }
}

// GeoCoordinates are numbers; all else is text.
Json as_written(std::string_view path, const Json& value) {
  if (!path.ends_with(".latitude") && !path.ends_with(".longitude")) return value;
  const Json number = Json::parse(value.get_ref<const std::string&>(), nullptr, false);
  return number.is_number() ? number : value;
}

// Several values of a name, `phone` and `phone_2`, are a list; `address_2` has a place of its own.
template <std::size_t N>
void take(FlatFields& fields, const Target (&targets)[N], Json& object) {
  for (const Target& target : targets) {
    Json values = Json::array();
    std::string name(target.name);
    for (int i = 2; !value_of(fields, name).empty(); ++i) {
      values.push_back(take_value(fields, name));
      name = std::string(target.name) + "_" + std::to_string(i);
      const bool own_place = std::any_of(std::begin(targets), std::end(targets),
                                         [&](const Target& other) { return other.name == name; });
      if (own_place) break;
    }
    if (values.size() == 1) put(object, target.path, as_written(target.path, values.front()));
    if (values.size() > 1) put(object, target.path, values);
  }
}

// The identifiers that may be handed on. A temporary VID or a partner's token is nobody else's.
Json identifiers(const Import& tables, const Outgoing& person) {
  Json list = Json::array();
  for (const TableRow& row : identifiers_of(tables, "person", person.record)) {
    if (row["may_key_a_link"] == "false") continue;
    const std::string type =
        row["code"].empty() ? coded(kTypes, row["type"]) : std::string(row["code"]);
    list.push_back({{"identifier_type", type}, {"identifier_value", row["value"]}});
  }
  if (!person.identifier.empty()) {
    list.push_back(
        {{"identifier_type", "programme_identifier"}, {"identifier_value", person.identifier}});
  }
  if (!person.receiver_id.empty()) {
    list.push_back({{"identifier_type", "receiver_id"}, {"identifier_value", person.receiver_id}});
  }
  return list;
}

Json type_of(std::string_view vocabulary, std::string_view type) {
  return {{"@context",
           {{"@vocab", "https://schema.spdci.org/extensions/" + std::string(vocabulary) + "/v1"}}},
          {"@type", type}};
}

std::string_view vocabulary(DciRegistry registry) {
  return registry == DciRegistry::kSocial  ? "social"
         : registry == DciRegistry::kCivil ? "crvs"
                                           : "ibr";
}

void put_parents(const Import& tables, const std::string& record, Json& person) {
  int number = 0;
  for (const TableRow& row : rows_of(tables, CanonicalTable::kRelation, record)) {
    const std::string_view relation = row["relation"];
    if (relation != "parent" && relation != "mother" && relation != "father") continue;
    if (row["related_identifier"].empty() || number == 2) continue;
    person["parent" + std::to_string(++number) + "_identifier"] = {
        {"identifier_type", coded(kTypes, row["related_type"])},
        {"identifier_value", row["related_identifier"]}};
  }
}

/// Whether a record says which household it is of. A household's number is the sender's: it says
/// who of the new belong together, but of a person whom the receiver has it has a number of its
/// own.
enum class Household : std::uint8_t { kTold, kReceivers };

// A record of the registry; null where nothing names the person.
Json registry_record(const Import& tables, const Outgoing& person, DciRegistry registry,
                     Household whose) {
  FlatFields fields = flat_person(tables, person.record);
  const Json names = identifiers(tables, person);
  if (fields.empty() || names.empty()) return nullptr;
  Json inner = Json::object();
  inner["identifier"] = names;
  for (auto& [name, value] : fields) {
    if (name != "marital_status") continue;
    const std::string_view word = canonical_word(CodeTable::kMarital, value);
    value = coded(kMarital, word.empty() ? std::string_view(value) : word);
  }
  take(fields, kPerson, inner);
  put_parents(tables, person.record, inner);
  const auto is_told = [&](const std::string& value) {
    return std::any_of(names.begin(), names.end(), [&](const Json& identifier) {
      return identifier["identifier_value"] == value;
    });
  };
  const std::string household = take_value(fields, "household");
  const std::string role = take_value(fields, "household_role");
  const bool tells_household = whose == Household::kTold;
  if (tells_household && !household.empty()) inner["household_identifier"] = household;
  const bool civil = registry == DciRegistry::kCivil;
  Json record = type_of(vocabulary(registry), civil ? "Person" : "Member");
  if (civil) {
    record.update(inner);
  } else {
    record["member_identifier"] = names;
    record["demographic_info"] = std::move(inner);
  }
  take(fields, kMember, record);
  if (tells_household && !role.empty()) record["relationship_head"] = coded(kRelationship, role);
  Json more = Json::array();
  for (const auto& [name, value] : fields) {
    if (!is_told(value)) more.push_back({{"key", name}, {"value", value}});
  }
  if (!more.empty()) record["additional_attributes"] = std::move(more);
  if (registry != DciRegistry::kBeneficiary) return record;
  Json beneficiary = type_of("ibr", "Beneficiary");
  beneficiary["member"] = std::move(record);
  return beneficiary;
}

Json header(const DciEnvelope& envelope, std::string_view action, std::size_t count) {
  Json header = {{"version", "1.0.0"},
                 {"message_id", envelope.message_id},
                 {"message_ts", envelope.timestamp},
                 {"action", action},
                 {"status", "succ"},
                 {"total_count", count},
                 {"completed_count", count}};
  if (!envelope.sender_id.empty()) header["sender_id"] = envelope.sender_id;
  if (!envelope.receiver_id.empty()) header["receiver_id"] = envelope.receiver_id;
  header["is_msg_encrypted"] = false;
  return header;
}

std::string_view record_type(DciRegistry registry) {
  return registry == DciRegistry::kSocial  ? "Member"
         : registry == DciRegistry::kCivil ? "Person"
                                           : "Beneficiary";
}

std::string_view event_type(DciRegistry registry, DciEvent event) {
  const bool fresh = event == DciEvent::kRegister;
  switch (registry) {
    case DciRegistry::kSocial:
      return fresh ? "REGISTER" : "";  // 1.0.0 has no word for an update
    case DciRegistry::kBeneficiary:
      return fresh ? "enrollement" : "enrollement_status_change";
    case DciRegistry::kCivil:
      return fresh ? "REGISTER" : "UPDATE";
  }
  return "";
}

Json unanswered(const DciRequest& request, const DciEnvelope& envelope) {
  Json response = {{"reference_id", request.reference_id}, {"timestamp", envelope.timestamp}};
  if (request.status == DciStatus::kPending) {
    response["status"] = "pdng";
    return response;
  }
  response["status"] = "rjct";
  response["status_reason_code"] = "rjct.search_criteria.invalid";
  response["status_reason_message"] = request.reason;
  return response;
}

std::string text_of(const Json& message) {
  return message.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Written write_dci_notify(const Outbound& outbound, const DciEnvelope& envelope, DciEvent event) {
  Written file;
  Json events = Json::array();
  for (const Outgoing& person : outbound.people) {
    Json record =
        registry_record(outbound.tables, person, envelope.registry,
                        event == DciEvent::kUpdate ? Household::kReceivers : Household::kTold);
    if (record.is_null()) {
      leave_out(file, "nothing names the person");
      continue;
    }
    Json data = {{"version", "1.0.0"}};
    if (const std::string_view type = event_type(envelope.registry, event); !type.empty()) {
      data["reg_event_type"] = type;
    }
    data["reg_record_type"] = record_type(envelope.registry);
    data["reg_records"] = std::move(record);
    events.push_back(
        {{"reference_id", envelope.message_id + "-" + std::to_string(events.size() + 1)},
         {"timestamp", envelope.timestamp},
         {"data", std::move(data)}});
    count_written(file);
  }
  const std::size_t count = events.size();
  file.text =
      text_of({{"signature", ""},
               {"header", header(envelope, "notify", count)},
               {"message",
                {{"transaction_id", envelope.message_id}, {"notify_event", std::move(events)}}}});
  return file;
}

Written write_dci_on_search(const Import& tables, const DciEnvelope& envelope,
                            const std::string& transaction_id,
                            std::span<const DciRequest> requests) {
  Written file;
  Json responses = Json::array();
  for (const DciRequest& request : requests) {
    Json records = Json::array();
    for (const Outgoing& person : request.found) {
      Json record = registry_record(tables, person, envelope.registry, Household::kTold);
      if (record.is_null()) {
        leave_out(file, "nothing names the person");
        continue;
      }
      records.push_back(std::move(record));
      count_written(file);
    }
    if (request.status != DciStatus::kDone) {
      responses.push_back(unanswered(request, envelope));
      continue;
    }
    const std::size_t count = records.size();
    responses.push_back(
        {{"reference_id", request.reference_id},
         {"timestamp", envelope.timestamp},
         {"status", "succ"},
         {"data",
          {{"version", "1.0.0"},
           {"reg_record_type", record_type(envelope.registry)},
           {"reg_records", std::move(records)}}},
         {"pagination", {{"page_size", count}, {"page_number", 1}, {"total_count", count}}}});
  }
  file.text = text_of({{"signature", ""},
                       {"header", header(envelope, "on-search", requests.size())},
                       {"message",
                        {{"transaction_id", transaction_id},
                         {"correlation_id", envelope.message_id},
                         {"search_response", std::move(responses)}}}});
  return file;
}

}  // namespace tessera
