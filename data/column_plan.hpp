// Decides which columns of each source feed which attribute, before any row is read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/spec.hpp"

namespace tessera {

/// The fields of a row that make up one value. No slot: the source does not have the attribute.
struct FieldPlan {
  std::vector<std::size_t> slots;  ///< Into SourcePlan::selected.
  char joiner = ' ';               ///< Between the fields where there are several.
};

/// What to take from one source's rows.
struct SourcePlan {
  std::vector<std::size_t> selected;   ///< Columns of the file, each once: what the batches carry.
  std::vector<FieldPlan> attributes;   ///< one per AttributeSpec
  std::optional<std::size_t> id_slot;  ///< Absent: the line is the record id.
  std::optional<std::size_t> updated_slot;
};

/// Plans all sources. columns: the column names of each source, size sources.size().
/// Throws one Error(kUsage) that tells every problem, a line each: an id or update column that a
/// source lacks, an attribute that no source has, parts of which a source has some but not all;
/// with the name that was probably meant.
/// absent_attributes: an attribute that no source has is no problem.
std::vector<SourcePlan> plan_columns(std::span<const SourceSpec> sources,
                                     std::span<const AttributeSpec> attributes,
                                     std::span<const std::vector<std::string>> columns,
                                     bool absent_attributes = false);

}  // namespace tessera
