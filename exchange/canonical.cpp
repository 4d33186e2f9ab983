#include "exchange/canonical.hpp"

#include <algorithm>

namespace tessera {
namespace {

using Kind = FieldKind;

// Names that `tessera link` knows are used where there is one (engine/propose_names.cpp), so that
// person.csv is linked without a config.
constexpr CanonicalColumn kPerson[] = {{"record_id", Kind::kId},
                                       {"given_name"},
                                       {"middle_name"},
                                       {"family_name"},
                                       {"full_name"},
                                       {"birth_name"},
                                       {"birth_date", Kind::kDate},
                                       {"sex", Kind::kSex},
                                       {"national_id"},
                                       {"insurance_id"},
                                       {"birth_registration"},
                                       {"phone"},
                                       {"email"},
                                       {"address"},
                                       {"village"},
                                       {"city"},
                                       {"district"},
                                       {"region"},
                                       {"postcode"},
                                       {"country"},
                                       {"birth_place"},
                                       {"birth_order", Kind::kNumber},
                                       {"nationality"},
                                       {"marital_status", Kind::kMarital},
                                       {"occupation"},
                                       {"education"},
                                       {"mother_name"},
                                       {"mother_birth_date", Kind::kDate},
                                       {"mother_national_id"},
                                       {"father_name"},
                                       {"father_birth_date", Kind::kDate},
                                       {"father_national_id"},
                                       {"household", Kind::kId},
                                       {"household_role", Kind::kRole},
                                       {"active", Kind::kBool},
                                       {"deceased", Kind::kBool},
                                       {"death_date", Kind::kDate},
                                       {"updated_at", Kind::kDateTime}};

constexpr CanonicalColumn kIdentifier[] = {{"owner_id", Kind::kId},
                                           {"owner"},
                                           {"type"},
                                           {"authority"},
                                           {"value"},
                                           {"may_key_a_link", Kind::kBool},
                                           {"code"},
                                           {"start", Kind::kDate},
                                           {"end", Kind::kDate},
                                           {"assigner"}};

constexpr CanonicalColumn kFamily[] = {{"family_id", Kind::kId},
                                       {"head_id", Kind::kId},
                                       {"name"},
                                       {"type"},
                                       {"size", Kind::kNumber},
                                       {"poverty"},
                                       {"address"},
                                       {"village"},
                                       {"city"},
                                       {"district"},
                                       {"region"},
                                       {"postcode"},
                                       {"country"},
                                       {"updated_at", Kind::kDateTime}};

constexpr CanonicalColumn kMembership[] = {{"family_id", Kind::kId},
                                           {"member_id", Kind::kId},
                                           {"role", Kind::kRole},
                                           {"start", Kind::kDate},
                                           {"end", Kind::kDate}};

constexpr CanonicalColumn kRelation[] = {
    {"record_id", Kind::kId},  {"relation", Kind::kRelation},
    {"related_id", Kind::kId}, {"related_type"},
    {"related_authority"},     {"related_identifier"},
    {"record_authority"},      {"record_identifier"},
    {"related_name"},          {"related_birth_date", Kind::kDate}};

constexpr CanonicalColumn kCoverage[] = {{"coverage_id", Kind::kId},
                                         {"beneficiary_id", Kind::kId},
                                         {"policy_id", Kind::kId},
                                         {"holder_id", Kind::kId},
                                         {"family_id", Kind::kId},
                                         {"status"},
                                         {"product"},
                                         {"product_name"},
                                         {"enrolled", Kind::kDate},
                                         {"start", Kind::kDate},
                                         {"effective", Kind::kDate},
                                         {"end", Kind::kDate},
                                         {"stage"},
                                         {"value", Kind::kNumber},
                                         {"updated_at", Kind::kDateTime}};

constexpr CanonicalColumn kClaim[] = {{"claim_id", Kind::kId},
                                      {"kind"},
                                      {"patient_id", Kind::kId},
                                      {"code"},
                                      {"request_id", Kind::kId},
                                      {"facility_id", Kind::kId},
                                      {"facility"},
                                      {"enterer_id", Kind::kId},
                                      {"insurer"},
                                      {"coverage_id", Kind::kId},
                                      {"status"},
                                      {"use"},
                                      {"visit_type"},
                                      {"priority"},
                                      {"purpose"},
                                      {"outcome"},
                                      {"created", Kind::kDate},
                                      {"start", Kind::kDate},
                                      {"end", Kind::kDate},
                                      {"diagnosis"},
                                      {"diagnosis_name"},
                                      {"total", Kind::kNumber},
                                      {"approved", Kind::kNumber},
                                      {"currency"},
                                      {"guarantee"},
                                      {"explanation"},
                                      {"updated_at", Kind::kDateTime}};

constexpr CanonicalColumn kClaimItem[] = {{"claim_id", Kind::kId},
                                          {"kind"},
                                          {"sequence"},
                                          {"category"},
                                          {"code"},
                                          {"item_id", Kind::kId},
                                          {"quantity", Kind::kNumber},
                                          {"unit_price", Kind::kNumber},
                                          {"currency"},
                                          {"status"},
                                          {"reason"},
                                          {"approved_quantity", Kind::kNumber},
                                          {"approved_price", Kind::kNumber},
                                          {"note"}};

constexpr CanonicalColumn kReferral[] = {{"referral_id", Kind::kId},
                                         {"patient_id", Kind::kId},
                                         {"claim_id", Kind::kId},
                                         {"from_facility", Kind::kId},
                                         {"to_facility", Kind::kId},
                                         {"date", Kind::kDate},
                                         {"status"},
                                         {"reason"}};

constexpr CanonicalColumn kEvent[] = {{"event_id", Kind::kId},
                                      {"type", Kind::kWord},
                                      {"record_id", Kind::kId},
                                      {"other_id", Kind::kId},
                                      {"status", Kind::kWord},
                                      {"date", Kind::kDate},
                                      {"registration_number"},
                                      {"tracking_id"},
                                      {"place"},
                                      {"programme"},
                                      {"reported", Kind::kDateTime},
                                      {"updated_at", Kind::kDateTime}};

constexpr CanonicalColumn kDetail[] = {
    {"table"}, {"record_id", Kind::kId}, {"name"}, {"value"}, {"path"}};

constexpr std::array<TableContract, kCanonicalTables> kTables = {{
    {"person", kPerson, 1},
    {"identifier", kIdentifier, 5},
    {"family", kFamily, 1},
    {"membership", kMembership, 2},
    {"relation", kRelation, 8},
    {"coverage", kCoverage, 2},
    {"claim", kClaim, 2},
    {"claim_item", kClaimItem, 3},
    {"referral", kReferral, 1},
    {"event", kEvent, 3},
    {"detail", kDetail, 5},
}};

}  // namespace

const TableContract& contract(CanonicalTable table) {
  return kTables[static_cast<std::size_t>(table)];
}

std::optional<std::size_t> column_of(CanonicalTable table, std::string_view name) {
  const std::span<const CanonicalColumn> columns = contract(table).columns;
  const auto found =
      std::find_if(columns.begin(), columns.end(),
                   [&](const CanonicalColumn& column) { return column.name == name; });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace tessera
