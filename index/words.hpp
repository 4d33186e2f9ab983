// The words of a value: the pieces under which a record is looked up.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// Columns whose words are of one kind and may stand for each other: all parts of a name are one
/// field, since clerks swap them; every other column is a field of its own.
struct IndexField {
  Kind kind = Kind::kText;
  std::vector<std::uint32_t> columns;  ///< ascending
};

/// The fields of the given columns of a table, in order of their first column.
std::vector<IndexField> index_fields(const Table& table, std::span<const std::uint32_t> columns);

/// One word of a value.
struct ValueWord {
  std::string text;
  /// Two neighbours, or three in all, written as one: "mary ann" has "maryann" beside its words.
  bool joined = false;
};

/// The words of a value in Latin letters: those between blanks for names, places, addresses and
/// texts, with joined ones after them; the members of a set; else the value as a whole. Empty for
/// an empty value. At most kMostWords, the rest is left out.
std::vector<ValueWord> words_of(Kind kind, std::string_view value);

inline constexpr std::size_t kMostWords = 32;

}  // namespace tessera
