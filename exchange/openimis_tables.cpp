#include "exchange/openimis_tables.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "data/error.hpp"
#include "exchange/codes.hpp"
#include "exchange/input_files.hpp"
#include "exchange/openimis_codes.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

constexpr FieldMap kInsuree[] = {{"family_name", "LastName"},
                                 {"given_name", "OtherNames"},
                                 {"birth_date", "DOB"},
                                 {"sex", "Gender"},
                                 {"marital_status", "Marital"},
                                 {"phone", "Phone"},
                                 {"email", "Email"},
                                 {"address", "CurrentAddress"},
                                 {"updated_at", "ValidityFrom"},
                                 {"+relationship", "Relationship"},
                                 {"+profession_code", "Profession"},
                                 {"+education_code", "Education"},
                                 {"+card_issued", "CardIssued"},
                                 {"+geo", "GeoLocation"},
                                 {"+health_facility_id", "HFID"}};

constexpr FieldMap kFamily[] = {{"type", "FamilyType"},
                                {"poverty", "Poverty"},
                                {"address", "FamilyAddress"},
                                {"updated_at", "ValidityFrom"},
                                {"+ethnicity", "Ethnicity"},
                                {"+confirmation_number", "ConfirmationNo"},
                                {"+confirmation_type", "ConfirmationType"}};

constexpr FieldMap kPolicy[] = {{"enrolled", "EnrollDate"},     {"start", "StartDate"},
                                {"effective", "EffectiveDate"}, {"end", "ExpiryDate"},
                                {"value", "PolicyValue"},       {"stage", "PolicyStage"},
                                {"updated_at", "ValidityFrom"}, {"+officer_id", "OfficerID"}};

constexpr FieldMap kInsureePolicy[] = {{"enrolled", "EnrollmentDate"},
                                       {"start", "StartDate"},
                                       {"effective", "EffectiveDate"},
                                       {"end", "ExpiryDate"},
                                       {"updated_at", "ValidityFrom"}};

constexpr FieldMap kClaim[] = {{"code", "ClaimCode"},
                               {"start", "DateFrom"},
                               {"end", "DateTo"},
                               {"created", "DateClaimed"},
                               {"total", "Claimed"},
                               {"approved", "Approved"},
                               {"visit_type", "VisitType"},
                               {"explanation", "Explanation"},
                               {"guarantee", "GuaranteeId"},
                               {"updated_at", "ValidityFrom"},
                               {"+category", "ClaimCategory"},
                               {"+rejection", "RejectionReason"},
                               {"+processed", "DateProcessed"},
                               {"+adjustment", "Adjustment"},
                               {"+valuated", "Valuated"},
                               {"+remunerated", "Remunerated"}};

constexpr FieldMap kClaimItem[] = {{"quantity", "QtyProvided"},
                                   {"unit_price", "PriceAsked"},
                                   {"approved_quantity", "QtyApproved"},
                                   {"approved_price", "PriceApproved"},
                                   {"reason", "RejectionReason"},
                                   {"note", "Explanation"},
                                   {"note", "Justification"},
                                   {"status", "ClaimItemStatus"},
                                   {"status", "ClaimServiceStatus"},
                                   {"+product", "ProdID"},
                                   {"+policy_id", "PolicyID"},
                                   {"+valuated", "PriceValuated"},
                                   {"+adjusted", "PriceAdjusted"}};

// Sources: openIMIS policy and claim modules.
constexpr std::pair<std::string_view, std::string_view> kPolicyStatus[] = {
    {"1", "idle"}, {"2", "active"}, {"4", "suspended"}, {"8", "expired"}, {"16", "ready"}};
constexpr std::pair<std::string_view, std::string_view> kClaimStatus[] = {
    {"1", "rejected"}, {"2", "entered"}, {"4", "checked"}, {"8", "processed"}, {"16", "valuated"}};

/// What the numbers of the tables stand for.
struct Numbers {
  struct Location {
    std::string name, type, parent;
  };
  struct Family {
    std::string uuid, head, location, address;
  };
  struct Policy {
    std::string uuid, family, status, product;
  };
  std::map<std::string, std::string, std::less<>> insuree;  // InsureeID → record id
  std::map<std::string, Family, std::less<>> family;
  std::map<std::string, Policy, std::less<>> policy;
  std::map<std::string, std::string, std::less<>> claim;
  std::map<std::string, Location, std::less<>> location;
  OpenimisCodes codes;
};

std::string take_text(Node& row, std::string_view column) {
  for (Node* leaf : select(row, column)) {
    mark_mapped(*leaf);
    return leaf->text;
  }
  return {};
}

std::string named(Node& row, std::string_view uuid, std::string_view number) {
  const std::string id = take_text(row, uuid);
  return id.empty() ? take_text(row, number) : id;
}

template <class Map>
auto find(const Map& map, const std::string& number) {
  using Value = typename Map::mapped_type;
  const auto found = map.find(number);
  return found == map.end() ? Value{} : found->second;
}

template <std::size_t N>
std::string word_of(const std::pair<std::string_view, std::string_view> (&table)[N],
                    const std::string& code) {
  for (const auto& [known, word] : table) {
    if (known == code) return std::string(word);
  }
  return code;
}

// Village, ward, district and region, from any of them up to the top.
void set_location(const Numbers& numbers, std::string number, Record& row) {
  for (int level = 0; level < 8 && !number.empty(); ++level) {  // 4 levels; a ring ends too
    const Numbers::Location place = find(numbers.location, number);
    const std::string_view column = place.type == "V"   ? "village"
                                    : place.type == "W" ? "city"
                                    : place.type == "D" ? "district"
                                    : place.type == "R" ? "region"
                                                        : "";
    if (!column.empty() && row.value(column).empty()) row.set(column, place.name, "LocationId");
    number = place.parent;
  }
}

// The family of an insuree. Its number alone names it only where rows have no UUIDs.
Numbers::Family family_of(Node& row, const Numbers& numbers, Record& person, Import& import) {
  const std::string number = take_text(row, "FamilyID");
  const auto found = numbers.family.find(number);
  if (found != numbers.family.end()) return found->second;
  if (number.empty() || !has(row, "InsureeUUID")) return {number, "", "", ""};
  person.detail("family_number", number, "FamilyID");
  import.remark("FamilyID of an insured person that no row of tblFamilies tells of");
  return {};
}

void read_insuree(Node& row, const Numbers& numbers, Import& import) {
  const std::string number = take_text(row, "InsureeID");
  Record person(import, CanonicalTable::kPerson, named(row, "InsureeUUID", "InsureeID"));
  person.take(row, kInsuree);
  const Numbers::Family family = family_of(row, numbers, person, import);
  const std::string village = take_text(row, "CurrentVillage");
  set_location(numbers, village.empty() ? family.location : village, person);
  if (person.value("address").empty()) person.set("address", family.address, "FamilyAddress");
  const std::string type = take_text(row, "TypeOfId");
  const auto identify = [&](std::string code, const char* column) {
    IdentifierFacts facts;
    facts.owner_id = person.id();
    facts.code = std::move(code);
    facts.authority = "openIMIS";
    facts.value = take_text(row, column);
    facts.path = column;
    add_identifier(import, facts, &person);
  };
  identify("CHFID", "CHFID");
  identify("UUID", "InsureeUUID");
  identify("dbid", "InsureeID");
  identify(type.empty() ? "document" : type, "passport");
  const std::string is_head = take_text(row, "IsHead");
  const bool head = is_head == "1" || is_head == "True" || is_head == "true" ||
                    (!number.empty() && family.head == number);
  const std::string_view role = head ? "head" : openimis_role(text_at(row, "Relationship"));
  person.set("household", family.uuid, "FamilyID");
  person.set("household_role", role, "Relationship");
  add_membership(import, family.uuid, person.id(), role, "FamilyID");
  person.add();
}

void read_family(Node& row, const Numbers& numbers, Import& import) {
  Record family(import, CanonicalTable::kFamily, named(row, "FamilyUUID", "FamilyID"));
  family.take(row, kFamily);
  const std::string head = take_text(row, "InsureeID");
  const std::string head_id = find(numbers.insuree, head);
  if (!head_id.empty() || head.empty() || !has(row, "FamilyUUID")) {
    family.set("head_id", head_id.empty() ? head : head_id, "InsureeID");
  } else {
    family.detail("head_number", head, "InsureeID");
    import.remark("InsureeID of a head of a family that no row of tblInsuree tells of");
  }
  set_location(numbers, take_text(row, "LocationId"), family);
  add_membership(import, family.id(), family.value("head_id"), "head", "InsureeID");
  add_identifier(import,
                 {.owner = "family",
                  .owner_id = family.id(),
                  .code = "dbid",
                  .authority = "openIMIS",
                  .value = take_text(row, "FamilyID"),
                  .start = {},
                  .end = {},
                  .assigner = {},
                  .path = "FamilyID"},
                 nullptr);
  family.add();
}

void set_policy(const Numbers& numbers, const Numbers::Policy& policy, Record& row) {
  const Numbers::Family family = find(numbers.family, policy.family);
  row.set("policy_id", policy.uuid, "PolicyID");
  row.set("family_id", family.uuid, "FamilyID");
  row.set("holder_id", find(numbers.insuree, family.head), "FamilyID");
  row.set("status", word_of(kPolicyStatus, policy.status), "PolicyStatus");
  const OpenimisCode* product = numbers.codes.find("tblProduct", policy.product);
  row.set("product", product == nullptr || product->code.empty() ? policy.product : product->code,
          "ProdID");
  if (product != nullptr) row.set("product_name", product->name, "ProdID");
}

void read_policy(Node& row, const Numbers& numbers, Import& import) {
  const std::string number = take_text(row, "PolicyID");
  Record coverage(import, CanonicalTable::kCoverage, named(row, "PolicyUUID", "PolicyID"));
  take_text(row, "FamilyID");
  take_text(row, "PolicyStatus");
  take_text(row, "ProdID");
  set_policy(numbers, find(numbers.policy, number), coverage);
  coverage.take(row, kPolicy);
  coverage.add();
}

void read_insuree_policy(Node& row, const Numbers& numbers, Import& import) {
  const std::string number = take_text(row, "PolicyId");
  const Numbers::Policy policy = find(numbers.policy, number);
  Record coverage(import, CanonicalTable::kCoverage, policy.uuid.empty() ? number : policy.uuid);
  const std::string insuree = take_text(row, "InsureeID");
  const std::string id = find(numbers.insuree, insuree);
  coverage.set("beneficiary_id", id.empty() ? insuree : id, "InsureeID");
  set_policy(numbers, policy, coverage);
  coverage.take(row, kInsureePolicy);
  coverage.add();
}

void read_claim_row(Node& row, const Numbers& numbers, Import& import) {
  Record claim(import, CanonicalTable::kClaim, named(row, "ClaimUUID", "ClaimID"));
  claim.set("kind", "claim", "tblClaim");
  const std::string insuree = take_text(row, "InsureeID");
  const std::string id = find(numbers.insuree, insuree);
  claim.set("patient_id", id.empty() ? insuree : id, "InsureeID");
  claim.set("status", word_of(kClaimStatus, take_text(row, "ClaimStatus")), "ClaimStatus");
  take_facility(row, numbers.codes, claim);
  take_diagnoses(row, numbers.codes, claim);
  claim.take(row, kClaim);
  if (claim.value("visit_type") == "R") {
    Record referral(import, CanonicalTable::kReferral, claim.id());
    referral.set("patient_id", claim.value("patient_id"), "InsureeID");
    referral.set("claim_id", claim.id(), "ClaimID");
    referral.set("from_facility", take_text(row, "ReferFrom"), "ReferFrom");
    referral.set("to_facility", claim.value("facility_id"), "HFID");
    referral.set("date", claim.value("start"), "DateFrom");
    referral.add();
  }
  claim.add();
}

void read_claim_line(Node& row, const Numbers& numbers, Import& import) {
  const bool item = has(row, "ClaimItemID");
  const std::string number = take_text(row, "ClaimID");
  const std::string claim = find(numbers.claim, number);
  Record line(import, CanonicalTable::kClaimItem, claim.empty() ? number : claim);
  line.set("kind", "claim", "ClaimID");
  line.set("category", item ? "item" : "service", "ClaimID");
  const std::string own = take_text(row, item ? "ClaimItemID" : "ClaimServiceID");
  line.set("sequence", (item ? "item-" : "service-") + own, "ClaimID");
  take_item(row, numbers.codes, line);
  line.take(row, kClaimItem);
  line.add();
}

// What it says stands with those who live there, or with the claims that name it.
void read_codes(Node& row, const Numbers&, Import&) {
  mark_read(row);
}

/// A table, told by columns that no other has.
struct TableKind {
  std::string_view name;
  std::string_view columns;  ///< Parted by blanks.
  std::string_view key;
  void (*read)(Node& row, const Numbers& numbers, Import& import);
};

constexpr TableKind kTables[] = {
    {"tblInsuree", "InsureeID CHFID LastName", "InsureeID", read_insuree},
    {"tblFamilies", "FamilyID InsureeID FamilyType", "FamilyID", read_family},
    {"tblInsureePolicy", "InsureePolicyID", "InsureePolicyID", read_insuree_policy},
    {"tblPolicy", "PolicyID FamilyID ExpiryDate", "PolicyID", read_policy},
    {"tblClaimItems", "ClaimItemID", "ClaimItemID", read_claim_line},
    {"tblClaimServices", "ClaimServiceID", "ClaimServiceID", read_claim_line},
    {"tblClaim", "ClaimID ClaimCode InsureeID", "ClaimID", read_claim_row},
    {"tblLocations", "LocationId LocationName LocationType", "LocationId", read_codes},
    {"tblICDCodes", "ICDID ICDCode", "ICDID", read_codes},
    {"tblItems", "ItemID ItemCode", "ItemID", read_codes},
    {"tblServices", "ServiceID ServCode", "ServiceID", read_codes},
    {"tblHF", "HfID HFCode", "HfID", read_codes},
    {"tblClaimAdmin", "ClaimAdminId ClaimAdminCode", "ClaimAdminId", read_codes},
    {"tblProduct", "ProdID ProductCode", "ProdID", read_codes}};

const TableKind* table_of(const std::filesystem::path& file) {
  const std::vector<std::string> columns = column_names(file);
  for (const TableKind& table : kTables) {
    std::string_view wanted = table.columns;
    bool all = true;
    while (!wanted.empty() && all) {
      const std::size_t end = std::min(wanted.size(), wanted.find(' '));
      all = std::find(columns.begin(), columns.end(), wanted.substr(0, end)) != columns.end();
      wanted.remove_prefix(std::min(wanted.size(), end + 1));
    }
    if (all) return &table;
  }
  return nullptr;
}

bool is_old(Node& row) {
  return !text_at(row, "ValidityTo").empty();
}

void note_numbers(std::string_view table, Node& row, Numbers& numbers) {
  if (table == "tblInsuree") {
    numbers.insuree[text_at(row, "InsureeID")] = named(row, "InsureeUUID", "InsureeID");
  } else if (table == "tblFamilies") {
    numbers.family[text_at(row, "FamilyID")] = {
        named(row, "FamilyUUID", "FamilyID"), text_at(row, "InsureeID"), text_at(row, "LocationId"),
        text_at(row, "FamilyAddress")};
  } else if (table == "tblPolicy") {
    numbers.policy[text_at(row, "PolicyID")] = {
        named(row, "PolicyUUID", "PolicyID"), text_at(row, "FamilyID"),
        text_at(row, "PolicyStatus"), text_at(row, "ProdID")};
  } else if (table == "tblClaim") {
    numbers.claim[text_at(row, "ClaimID")] = named(row, "ClaimUUID", "ClaimID");
  } else if (table == "tblLocations") {
    numbers.location[text_at(row, "LocationId")] = {text_at(row, "LocationName"),
                                                    text_at(row, "LocationType"),
                                                    text_at(row, "ParentLocationId")};
  } else {
    numbers.codes.add(table, row);
  }
}

}  // namespace

void import_openimis_tables(const std::vector<std::filesystem::path>& files, Import& import) {
  std::vector<const TableKind*> tables;
  for (const std::filesystem::path& file : files) {
    const TableKind* table = table_of(file);
    if (table == nullptr) {
      throw Error(ErrorCode::kUsage, file.string(),
                  "is none of openIMIS's tables that are read (tblInsuree, tblFamilies, tblPolicy, "
                  "tblInsureePolicy, tblClaim, tblClaimItems, tblClaimServices, tblLocations, "
                  "tblICDCodes, tblItems, tblServices, tblHF, tblClaimAdmin, tblProduct)");
    }
    tables.push_back(table);
  }
  Numbers numbers;
  Import first_look;  // its rejects and counts come again with the second
  for (std::size_t i = 0; i < files.size(); ++i) {
    for_each_row(files[i], first_look, [&](Node& row) {
      if (!is_old(row)) note_numbers(tables[i]->name, row, numbers);
    });
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    const TableKind& table = *tables[i];
    for_each_row(files[i], import, [&](Node& row) {
      if (is_old(row)) {
        import.leave_out("row of an earlier version (" + std::string(table.name) + ")");
        return;
      }
      if (text_at(row, table.key).empty()) {
        import.reject(std::string(table.key), "is missing, so nothing names the row");
        return;
      }
      table.read(row, numbers, import);
      import.end_document(row, table.name);
    });
  }
}

}  // namespace tessera
