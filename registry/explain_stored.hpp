// Why two records of a store are one person, or are not; and the two side by side.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/explanation.hpp"
#include "registry/store.hpp"

namespace tessera {

/// One attribute of two records.
struct SideBySide {
  std::string attribute;
  std::string left;  ///< As the source wrote it; empty: none.
  std::string right;
  bool same = false;  ///< Both have a value, and after cleaning it is one.
};

/// The job's attributes, in order, of two records of its table.
std::vector<SideBySide> side_by_side(const JobSpec& job, const Table& table, Row left, Row right);

struct StoredExplanation {
  Explanation explanation;         ///< Entities as last applied, records as they are now.
  std::vector<SideBySide> values;  ///< The job's attributes, in order.
  /// Decisions in force that bind the two: between them, or through matches. In words.
  std::vector<std::string> decisions;
};

struct ExplainStoredOptions {
  /// Where no rule brings the two together, count how many records share each key that would: reads
  /// all records.
  bool count_keys = false;
};

/// Explains two records by the model in force and what is pinned with it. Reads their components
/// only. Throws Error: kUsage if they are one record or one is gone from its source; kRefused if no
/// model is in force.
StoredExplanation explain_stored(Store& store, std::int64_t left, std::int64_t right,
                                 const ExplainStoredOptions& options);

}  // namespace tessera
