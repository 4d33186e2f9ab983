#include "exchange/import.hpp"

#include <algorithm>
#include <set>

#include "data/check.hpp"
#include "data/csv_writer.hpp"
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

std::string pack(std::span<const std::string> fields) {
  std::string packed;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) packed += Import::kSeparator;
    packed += fields[i];
  }
  return packed;
}

// The part of a packed row that is its key.
std::string_view key_of(std::string_view packed, std::size_t key_columns) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < key_columns; ++i) {
    end = packed.find(Import::kSeparator, i == 0 ? 0 : end + 1);
    if (end == std::string_view::npos) return packed;
  }
  return packed.substr(0, end);
}

std::vector<std::string> fields_of(std::string_view packed) {
  const std::vector<std::string_view> views = unpack_row(packed);
  return {views.begin(), views.end()};
}

/// A column that names a person of the same source.
struct PersonReference {
  CanonicalTable table;
  std::string_view column;
};

constexpr PersonReference kPersonReferences[] = {
    {CanonicalTable::kMembership, "member_id"},    {CanonicalTable::kFamily, "head_id"},
    {CanonicalTable::kRelation, "record_id"},      {CanonicalTable::kRelation, "related_id"},
    {CanonicalTable::kCoverage, "beneficiary_id"}, {CanonicalTable::kCoverage, "holder_id"},
    {CanonicalTable::kClaim, "patient_id"},        {CanonicalTable::kReferral, "patient_id"},
    {CanonicalTable::kEvent, "record_id"},         {CanonicalTable::kEvent, "other_id"}};

using Rows = std::array<std::vector<std::string>, kCanonicalTables>;

// Systems refer to a person by the insurance number here and by the UUID there (openIMIS: Coverage
// and Patient). A reference that is no record of the import, but an identifier that exactly one
// person holds, becomes that person's record id. Returns how many did.
std::uint64_t resolve_references(Rows& rows) {
  constexpr std::array<std::string_view, 5> kTypes = {"insurance_id", "record_uuid", "record_id",
                                                      "national_id", "uin"};
  std::set<std::string, std::less<>> persons;
  for (const std::string& row : rows[static_cast<std::size_t>(CanonicalTable::kPerson)]) {
    persons.emplace(key_of(row, 1));
  }
  std::map<std::string, std::string, std::less<>> holder;  // empty: several
  for (const std::string& row : rows[static_cast<std::size_t>(CanonicalTable::kIdentifier)]) {
    const std::vector<std::string_view> fields = unpack_row(row);
    if (fields[1] != "person" || !persons.contains(fields[0])) continue;
    if (std::find(kTypes.begin(), kTypes.end(), fields[2]) == kTypes.end()) continue;
    const auto [at, fresh] = holder.emplace(fields[4], fields[0]);
    if (!fresh && at->second != fields[0]) at->second.clear();
  }
  std::uint64_t resolved = 0;
  for (const PersonReference& reference : kPersonReferences) {
    const std::size_t column = column_of(reference.table, reference.column).value();
    for (std::string& row : rows[static_cast<std::size_t>(reference.table)]) {
      std::vector<std::string> fields = fields_of(row);
      if (fields[column].empty() || persons.contains(fields[column])) continue;
      const auto found = holder.find(fields[column]);
      if (found == holder.end() || found->second.empty()) continue;
      fields[column] = found->second;
      row = pack(fields);
      ++resolved;
    }
  }
  return resolved;
}

}  // namespace

std::vector<std::string_view> unpack_row(std::string_view packed) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = packed.find(Import::kSeparator);
    fields.push_back(packed.substr(0, end));
    if (end == std::string_view::npos) return fields;
    packed.remove_prefix(end + 1);
  }
}

void Import::begin_file(const std::string& file) {
  file_ = file;
  line_ = 0;
  documents_ = 0;
}

void Import::begin_document(std::uint64_t line) {
  line_ = line;
  ++documents_;
}

void Import::end_document(const Node& root, std::string_view name) {
  const std::string begin = std::string(name) + ".";
  for (const std::string& path : paths_of(root, Node::Use::kNone)) ++unmapped_[begin + path];
  for (const std::string& path : paths_of(root, Node::Use::kMapped)) ++mapped_[begin + path];
  if (look_) look_(root);
}

void Import::add(CanonicalTable table, const std::vector<std::string>& fields) {
  TESSERA_CHECK(fields.size() == contract(table).columns.size());
  rows_[static_cast<std::size_t>(table)].push_back(pack(fields));
}

void Import::keep_raw(CanonicalTable table, std::string_view record_id, std::string_view column,
                      const CleanedField& clean, std::string_view raw, std::string_view path) {
  keep_raw_of(file_, table, record_id, column, clean, raw, path);
}

void Import::keep_raw_of(std::string_view file, CanonicalTable table, std::string_view record_id,
                         std::string_view column, const CleanedField& clean, std::string_view raw,
                         std::string_view path) {
  ++repairs_[static_cast<std::size_t>(clean.repair)];
  std::string line;
  bool first = true;
  for (const std::string_view field :
       {contract(table).name, record_id, column, std::string_view(clean.text), raw,
        repair_name(clean.repair), path, file}) {
    if (!first) line += ',';
    append_csv_field(line, field);
    first = false;
  }
  raw_.push_back(std::move(line));
}

void Import::reject(std::string where, std::string reason) {
  rejects_.push_back({file_, line_, std::move(where), std::move(reason)});
}

void Import::reject_line(std::uint64_t line, std::string reason) {
  rejects_.push_back({file_, line, "", std::move(reason)});
}

void Import::count_file(ImportedFile file) {
  file.documents = documents_;
  files_.push_back(std::move(file));
}

// Rows of one key become one. Of the rows that tell when they were updated the newest goes first;
// equal columns are one value, a column that only one row has is taken from it, and what differs is
// kept as a detail of the record.
void Import::merge_equal_keys(CanonicalTable table) {
  std::vector<std::string>& rows = rows_[static_cast<std::size_t>(table)];
  const TableContract& kind = contract(table);
  const std::optional<std::size_t> updated = column_of(table, "updated_at");
  sort_unique(rows);
  std::size_t kept = 0;
  for (std::size_t begin = 0; begin < rows.size();) {
    const std::string_view key = key_of(rows[begin], kind.key_columns);
    std::size_t end = begin + 1;
    while (end < rows.size() && key_of(rows[end], kind.key_columns) == key) ++end;
    if (end - begin > 1) {
      std::vector<std::vector<std::string>> group;
      for (std::size_t i = begin; i < end; ++i) group.push_back(fields_of(rows[i]));
      if (updated) {
        std::stable_sort(group.begin(), group.end(),
                         [&](const auto& a, const auto& b) { return a[*updated] > b[*updated]; });
      }
      std::vector<std::string> merged = group.front();
      for (std::size_t i = 1; i < group.size(); ++i) {
        for (std::size_t c = kind.key_columns; c < merged.size(); ++c) {
          const std::string& other = group[i][c];
          if (other.empty() || other == merged[c]) continue;
          if (merged[c].empty()) {
            merged[c] = other;
          } else {
            add(CanonicalTable::kDetail,
                {std::string(kind.name), merged[0], std::string(kind.columns[c].name), other,
                 "another row of this record"});
          }
        }
      }
      ++remarks_["rows of one " + std::string(kind.name) + " made one"];
      rows[begin] = pack(merged);
    }
    if (kept != begin) rows[kept] = std::move(rows[begin]);
    ++kept;
    begin = end;
  }
  rows.resize(kept);
}

void Import::name_heads() {
  std::map<std::string, std::string, std::less<>> heads;
  for (const std::string& row : packed_rows(CanonicalTable::kMembership)) {
    const std::vector<std::string_view> fields = unpack_row(row);
    if (fields[2] == "head") heads.emplace(fields[0], fields[1]);
  }
  for (std::string& row : rows_[static_cast<std::size_t>(CanonicalTable::kFamily)]) {
    std::vector<std::string> fields = fields_of(row);
    const auto head = heads.find(fields[0]);
    if (!fields[1].empty() || head == heads.end()) continue;
    fields[1] = head->second;
    row = pack(fields);
  }
}

// An identifier that one record of this import holds, and no other, leads to it.
void Import::resolve_relations() {
  std::vector<std::string>& relations = rows_[static_cast<std::size_t>(CanonicalTable::kRelation)];
  if (relations.empty()) return;
  std::map<std::string, std::string, std::less<>> owner;  // empty: several
  for (const std::string& row : packed_rows(CanonicalTable::kIdentifier)) {
    const std::vector<std::string_view> fields = unpack_row(row);
    if (fields[1] != "person") continue;
    for (const std::string_view by : {fields[2], fields[3]}) {  // by type, by authority
      if (by.empty()) continue;
      const auto [at, fresh] =
          owner.emplace(std::string(by) + kSeparator + std::string(fields[4]), fields[0]);
      if (!fresh && at->second != fields[0]) at->second.clear();
    }
  }
  const auto find = [&](const std::string& by, const std::string& value) -> std::string {
    const auto found = owner.find(by + kSeparator + value);
    return by.empty() || value.empty() || found == owner.end() ? std::string() : found->second;
  };
  for (std::string& row : relations) {
    std::vector<std::string> fields = fields_of(row);
    if (fields[0].empty()) fields[0] = find(fields[6], fields[7]);
    if (fields[2].empty()) fields[2] = find(fields[4], fields[5]);
    if (fields[2].empty()) fields[2] = find(fields[3], fields[5]);
    row = pack(fields);
  }
  std::sort(relations.begin(), relations.end());
}

void Import::finish() {
  if (const std::uint64_t resolved = resolve_references(rows_); resolved > 0) {
    remarks_["references by an identifier led to their record"] = resolved;
  }
  for (std::size_t table = 0; table < kCanonicalTables; ++table) {
    if (static_cast<CanonicalTable>(table) != CanonicalTable::kDetail) {
      merge_equal_keys(static_cast<CanonicalTable>(table));
    }
  }
  name_heads();
  resolve_relations();
  merge_equal_keys(CanonicalTable::kRelation);
  merge_equal_keys(CanonicalTable::kDetail);
  std::sort(raw_.begin(), raw_.end());
}

void Import::mend_rows(CanonicalTable table,
                       const std::function<bool(std::vector<std::string>& fields)>& mend) {
  for (std::string& row : rows_[static_cast<std::size_t>(table)]) {
    std::vector<std::string> fields = fields_of(row);
    if (mend(fields)) row = pack(fields);
  }
  std::sort(raw_.begin(), raw_.end());
}

std::vector<std::vector<std::string>> Import::rows(CanonicalTable table) const {
  std::vector<std::vector<std::string>> out;
  for (const std::string& row : packed_rows(table)) out.push_back(fields_of(row));
  return out;
}

}  // namespace tessera
