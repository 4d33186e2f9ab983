// Which column has which meaning: by its name, checked against its values; before attributes are
// made of them.
#pragma once

#include <array>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/propose_columns.hpp"
#include "engine/propose_names.hpp"

namespace tessera {

/// A column that is not used, and why, in words that end `Left out, as …`.
struct LeftOut {
  std::string column;
  std::string reason;
};

/// The columns of all files with the meanings found so far.
struct ColumnClaims {
  std::vector<SampledColumn> columns;
  std::vector<SourceSpec> sources;  ///< The files, with id and update columns.
  std::array<std::vector<std::size_t>, kMeaningCount>
      by_meaning;              ///< Columns, plainest named first.
  std::set<std::size_t> open;  ///< Columns of no known meaning.
  std::vector<LeftOut> left_out;

  bool has(Meaning meaning) const { return !of(meaning).empty(); }
  const std::vector<std::size_t>& of(Meaning meaning) const {
    return by_meaning[static_cast<std::size_t>(meaning)];
  }

  /// The names of the columns with a meaning.
  std::vector<std::string> names_of(Meaning meaning) const;

  /// The profile of the first column with a meaning. REQUIRES: has(meaning).
  const ColumnProfile& profile_of(Meaning meaning) const;

  /// Leaves a column out.
  void leave_out(std::size_t column, std::string reason);

  /// Leaves out all columns with a meaning.
  void drop(Meaning meaning, const std::string& reason);

  /// Whether most values of an address column hold a digit.
  bool address_has_numbers() const;
};

/// Finds every file's record id (the best named column that is never empty and never repeats),
/// leaves out what never tells persons apart, gives meanings by name and by plain values, and drops
/// what repeats other columns.
ColumnClaims claim_columns(std::span<const SampledFile> files);

}  // namespace tessera
