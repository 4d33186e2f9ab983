// One canonical row being filled from a message, by a table of paths.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// Where a column's value stands in a message. Several entries may fill one column: the first value
/// found stands in the row, others that differ go to detail.csv. A column that begins with `+` is
/// no column but the name of a detail.
struct FieldMap {
  std::string_view column;
  std::string_view path;       ///< As `select` takes it.
  std::string_view join = {};  ///< Where given, all values of the path make one, joined by it.
  bool rest = false;           ///< Only values that no entry took before.
};

class Record {
 public:
  /// `id` goes into the table's first column.
  Record(Import& import, CanonicalTable table, std::string_view id);

  /// Fills by the table; what a path leads to is marked as mapped.
  void take(Node& node, std::span<const FieldMap> fields);
  /// Fills a column from one value, cleaned; a second one that differs becomes a detail.
  void set(std::string_view column, std::string_view raw, std::string_view path);
  /// A detail of the record.
  void detail(std::string_view name, std::string_view raw, std::string_view path);

  const std::string& value(std::string_view column) const;
  const std::string& id() const { return fields_.front(); }
  /// Whether nothing but the columns named stands in it.
  bool is_empty_but(std::span<const std::string_view> columns) const;

  /// Puts the row and its details into the import. Call once, or not at all.
  void add();

 private:
  struct Raw {
    std::string column, raw, path;
    CleanedField clean;
  };

  Import& import_;
  CanonicalTable table_;
  std::vector<std::string> fields_;
  std::vector<Raw> raws_;
  std::vector<std::array<std::string, 3>> details_;  // name, value, path
};

/// Marks a leaf as mapped, or as read where it has no text.
void mark_mapped(Node& leaf);

/// An identifier of a record: a row of identifier.csv.
struct IdentifierFacts {
  std::string_view owner = "person";  ///< The table of the record it names.
  std::string owner_id;
  std::string code;       ///< As the source writes its type.
  std::string authority;  ///< System, issuer.
  std::string value;
  std::string start;
  std::string end;
  std::string assigner;
  std::string_view path;
};

/// Adds it; nothing where the value is empty. Returns its canonical type. For a person's, the row
/// of the person gets it too where it has a column for the type (`national_id` takes a UIN,
/// `insurance_id`, `birth_registration`).
std::string add_identifier(Import& import, const IdentifierFacts& facts, Record* person);

/// A relation of a person: a row of relation.csv.
struct RelationFacts {
  std::string record_id;
  std::string relation;  ///< Any system's word.
  std::string related_id;
  std::string related_code;  ///< Of the identifier, where only that is known.
  std::string related_authority;
  std::string related_identifier;
  std::string record_authority;  ///< Where the record is only known by an identifier.
  std::string record_identifier;
  std::string related_name;
  std::string related_birth_date;
  std::string_view path;
};

void add_relation(Import& import, const RelationFacts& facts);

/// The member's row, and where the role is another than head's the relation is left to readers
/// that know it.
void add_membership(Import& import, std::string_view family, std::string_view member,
                    std::string_view role, std::string_view path);

}  // namespace tessera
