// Which column is which attribute: by its name, checked against its values; and which columns are
// no evidence at all.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/spec.hpp"
#include "engine/propose_claims.hpp"

namespace tessera {

/// An attribute with what it means.
struct MappedAttribute {
  AttributeSpec spec;
  std::optional<Meaning> meaning;  ///< None: known by its values only.
  ColumnProfile profile;           ///< Of its first column.
};

/// What the columns of all files were found to be.
struct ColumnMapping {
  std::vector<SourceSpec> sources;  ///< The files, with id column, update column and date order.
  std::vector<MappedAttribute> attributes;  ///< In order of Meaning, those without one last.
  std::vector<bool> dates_need_order;  ///< size sources.size(): it has dates such as 05/04/1990.
  std::vector<LeftOut> left_out;       ///< In column order.
  bool has_person = false;             ///< Some attribute is a person's name.
};

/// Maps the columns. A column is used only if its meaning is known: by name and fitting values, or
/// plainly by its values (e-mail addresses, phones with their signs, words of sexes, the one date
/// spread over decades). Never used: record ids, constant or nearly empty columns, days of events,
/// ages, columns that repeat or contain others, marks of unknown meaning. Where no column names a
/// person, texts, numbers and dates of unknown meaning are used as such.
ColumnMapping map_columns(std::span<const SampledFile> files);

}  // namespace tessera
