#include "exchange/record.hpp"

#include <algorithm>

#include "data/check.hpp"
#include "exchange/codes.hpp"

namespace tessera {

void mark_mapped(Node& leaf) {
  leaf.use = leaf.text.empty() ? Node::Use::kRead : Node::Use::kMapped;
}

Record::Record(Import& import, CanonicalTable table, std::string_view id)
    : import_(import), table_(table), fields_(contract(table).columns.size()) {
  fields_.front() = clean_field(id, FieldKind::kId, import.dates()).text;
}

void Record::take(Node& node, std::span<const FieldMap> fields) {
  for (const FieldMap& field : fields) {
    std::string joined;
    for (Node* leaf : select(node, field.path)) {
      if (leaf->kind != Node::Kind::kText) continue;
      if (field.rest && leaf->use == Node::Use::kMapped) continue;
      mark_mapped(*leaf);
      if (leaf->text.empty()) continue;
      if (field.join.empty()) {
        set(field.column, leaf->text, field.path);
        continue;
      }
      if (!joined.empty()) joined += field.join;
      joined += leaf->text;
    }
    if (!joined.empty()) set(field.column, joined, field.path);
  }
}

void Record::set(std::string_view column, std::string_view raw, std::string_view path) {
  if (raw.empty()) return;
  if (column.starts_with('+')) {
    detail(column.substr(1), raw, path);
    return;
  }
  const std::optional<std::size_t> place = column_of(table_, column);
  TESSERA_CHECK(place.has_value());
  CleanedField clean = clean_field(raw, contract(table_).columns[*place].kind, import_.dates());
  if (clean.repair != Repair::kNone) {
    raws_.push_back({std::string(column), std::string(raw), std::string(path), clean});
  }
  if (clean.text.empty() || fields_[*place] == clean.text) return;
  if (fields_[*place].empty()) {
    fields_[*place] = std::move(clean.text);
  } else {
    details_.push_back({std::string(column), std::move(clean.text), std::string(path)});
  }
}

void Record::detail(std::string_view name, std::string_view raw, std::string_view path) {
  CleanedField clean = clean_field(raw, FieldKind::kText, import_.dates());
  if (clean.repair != Repair::kNone) {
    raws_.push_back({std::string(name), std::string(raw), std::string(path), clean});
  }
  if (!clean.text.empty()) {
    details_.push_back({std::string(name), std::move(clean.text), std::string(path)});
  }
}

const std::string& Record::value(std::string_view column) const {
  const std::optional<std::size_t> place = column_of(table_, column);
  TESSERA_CHECK(place.has_value());
  return fields_[*place];
}

bool Record::is_empty_but(std::span<const std::string_view> columns) const {
  const TableContract& kind = contract(table_);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const bool named =
        std::find(columns.begin(), columns.end(), kind.columns[i].name) != columns.end();
    if (!named && !fields_[i].empty()) return false;
  }
  return true;
}

void Record::add() {
  for (const Raw& raw : raws_) {
    import_.keep_raw(table_, id(), raw.column, raw.clean, raw.raw, raw.path);
  }
  const std::string owner =
      table_ == CanonicalTable::kClaimItem ? id() + "#" + value("sequence") : id();
  for (const auto& [name, text, path] : details_) {
    import_.add(CanonicalTable::kDetail,
                {std::string(contract(table_).name), owner, name, text, path});
  }
  import_.add(table_, fields_);
}

std::string add_identifier(Import& import, const IdentifierFacts& facts, Record* person) {
  const CleanedField value = clean_field(facts.value, FieldKind::kId, import.dates());
  if (value.text.empty()) return {};
  IdentifierType type = identifier_type(facts.code, facts.authority);
  // openIMIS calls a person's insurance number and a claim's number alike `Code`.
  if (facts.owner != "person" && type.type == "insurance_id") type = {"code", true};
  Record row(import, CanonicalTable::kIdentifier, facts.owner_id);
  row.set("owner", facts.owner, facts.path);
  row.set("type", type.type, facts.path);
  row.set("authority", facts.authority, facts.path);
  row.set("value", facts.value, facts.path);
  row.set("may_key_a_link", type.may_key_a_link ? "true" : "false", facts.path);
  row.set("code", facts.code, facts.path);
  row.set("start", facts.start, facts.path);
  row.set("end", facts.end, facts.path);
  row.set("assigner", facts.assigner, facts.path);
  row.add();
  if (person == nullptr) return std::string(type.type);
  std::string_view column = type.type;
  if (column == "uin" || column == "perpetual_vid") column = "national_id";
  constexpr std::array<std::string_view, 3> kColumns = {"national_id", "insurance_id",
                                                        "birth_registration"};
  const bool has_column = std::find(kColumns.begin(), kColumns.end(), column) != kColumns.end();
  // The first of a type stands in the person's row; all of them stand in identifier.csv.
  if (has_column && person->value(column).empty()) person->set(column, facts.value, facts.path);
  return std::string(type.type);
}

void add_relation(Import& import, const RelationFacts& facts) {
  Record row(import, CanonicalTable::kRelation, facts.record_id);
  row.set("relation", facts.relation, facts.path);
  row.set("related_id", facts.related_id, facts.path);
  if (!facts.related_identifier.empty()) {
    row.set("related_type", identifier_type(facts.related_code, facts.related_authority).type,
            facts.path);
  }
  row.set("related_authority", facts.related_authority, facts.path);
  row.set("related_identifier", facts.related_identifier, facts.path);
  row.set("record_authority", facts.record_authority, facts.path);
  row.set("record_identifier", facts.record_identifier, facts.path);
  row.set("related_name", facts.related_name, facts.path);
  row.set("related_birth_date", facts.related_birth_date, facts.path);
  constexpr std::array<std::string_view, 2> kNothing = {"record_id", "relation"};
  if (!row.is_empty_but(kNothing)) row.add();
}

void add_membership(Import& import, std::string_view family, std::string_view member,
                    std::string_view role, std::string_view path) {
  if (family.empty() || member.empty()) return;
  Record row(import, CanonicalTable::kMembership, family);
  row.set("member_id", member, path);
  row.set("role", role, path);
  row.add();
}

}  // namespace tessera
