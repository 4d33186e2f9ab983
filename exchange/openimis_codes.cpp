#include "exchange/openimis_codes.hpp"

namespace tessera {
namespace {

std::string take_text(Node& row, std::string_view column) {
  for (Node* leaf : select(row, column)) {
    mark_mapped(*leaf);
    return leaf->text;
  }
  return {};
}

}  // namespace

void OpenimisCodes::add(std::string_view table, Node& row) {
  for (const OpenimisCodeTable& one : kOpenimisCodeTables) {
    if (one.name != table) continue;
    codes_[{std::string(table), text_at(row, one.number)}] = {
        one.uuid.empty() ? std::string() : text_at(row, one.uuid), text_at(row, one.code),
        text_at(row, one.title)};
  }
}

const OpenimisCode* OpenimisCodes::find(std::string_view table, const std::string& number) const {
  const auto found = codes_.find({std::string(table), number});
  return found == codes_.end() ? nullptr : &found->second;
}

void take_diagnoses(Node& row, const OpenimisCodes& codes, Record& claim) {
  for (const char* column : {"ICDID", "ICDID1", "ICDID2", "ICDID3", "ICDID4"}) {
    const std::string number = take_text(row, column);
    if (number.empty()) continue;
    const OpenimisCode* known = codes.find("tblICDCodes", number);
    if (known == nullptr || known->code.empty()) {
      claim.detail("diagnosis_id", number, column);
      continue;
    }
    claim.set("diagnosis", known->code, column);
    claim.set("diagnosis_name", known->name, column);
  }
}

void take_facility(Node& row, const OpenimisCodes& codes, Record& claim) {
  const auto refer = [&](const char* column, const char* table, std::string_view to) {
    const std::string number = take_text(row, column);
    const OpenimisCode* known = codes.find(table, number);
    claim.set(to, known == nullptr || known->uuid.empty() ? number : known->uuid, column);
    return known;
  };
  if (const OpenimisCode* facility = refer("HFID", "tblHF", "facility_id"); facility != nullptr) {
    claim.set("facility", facility->name.empty() ? facility->code : facility->name, "HFID");
    if (!facility->code.empty()) claim.detail("facility_code", facility->code, "HFID");
  }
  refer("ClaimAdminId", "tblClaimAdmin", "enterer_id");
}

void take_item(Node& row, const OpenimisCodes& codes, Record& line) {
  for (const auto& [column, table] :
       {std::pair<const char*, const char*>{"ItemID", "tblItems"}, {"ServiceID", "tblServices"}}) {
    const std::string number = take_text(row, column);
    if (number.empty()) continue;
    const OpenimisCode* known = codes.find(table, number);
    line.set("item_id", known == nullptr || known->uuid.empty() ? number : known->uuid, column);
    if (known == nullptr) continue;
    line.set("code", known->code, column);
    if (!known->name.empty()) line.detail("name", known->name, column);
  }
}

}  // namespace tessera
