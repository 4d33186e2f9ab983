// The canonical tables: what every system's messages become. The contract is docs/exchange.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tessera {

enum class CanonicalTable : std::uint8_t {
  kPerson,
  kIdentifier,
  kFamily,
  kMembership,
  kRelation,
  kCoverage,
  kClaim,
  kClaimItem,
  kReferral,
  kEvent,
  kDetail,
};

inline constexpr std::size_t kCanonicalTables = 11;

/// What a column holds: chooses how a value is cleaned (exchange/clean_field.hpp).
enum class FieldKind : std::uint8_t {
  kText,      ///< Words: blanks and control characters put right.
  kId,        ///< A record's name or a reference to one; as kText.
  kDate,      ///< EDTF: 1990-04-05, 1990-04, 1990.
  kDateTime,  ///< As it was written, if it begins with a date.
  kSex,       ///< male, female, other.
  kBool,      ///< true, false.
  kNumber,    ///< A decimal number, point and no thousands.
  kRole,      ///< A member's role in a family.
  kRelation,  ///< What one person is to another.
  kWord,      ///< A code as a word of small letters: `registered`.
  kMarital,   ///< single, married, divorced, widowed, separated, partnered, unknown.
};

struct CanonicalColumn {
  std::string_view name;
  FieldKind kind = FieldKind::kText;
};

/// A table's file name is its name and `.csv`. Rows of equal key are one row.
struct TableContract {
  std::string_view name;
  std::span<const CanonicalColumn> columns;
  std::size_t key_columns = 1;  ///< The first columns name the row.
};

const TableContract& contract(CanonicalTable table);

/// The place of a column; nullopt if the table has none of that name.
std::optional<std::size_t> column_of(CanonicalTable table, std::string_view name);

}  // namespace tessera
