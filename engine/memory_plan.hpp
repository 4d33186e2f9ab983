// How much memory the rest of a job needs, known from counts before the work starts.
#pragma once

#include <cstdint>

#include "data/table.hpp"
#include "engine/job.hpp"

namespace tessera {

/// What the job will hold at its peak after cleaning, in bytes.
struct MemoryPlan {
  std::uint64_t table_bytes = 0;  ///< Codes, dictionaries, record ids: held now.
  /// Block numbers of all rules, and the keys while one rule is sorted.
  std::uint64_t blocking_bytes = 0;
  std::uint64_t comparing_bytes = 0;  ///< Prepared values, patterns, links and clusters.
  std::uint64_t total_bytes() const { return table_bytes + blocking_bytes + comparing_bytes; }
};

/// Plans from the table's counts. An estimate from above for usual data; links are taken as three a
/// record.
MemoryPlan plan_memory(const Table& table, const JobSpec& job);

/// Throws Error(kResource) with the figure needed if the ceiling is lower.
void refuse_if_too_small(const MemoryPlan& plan, const RunLimits& limits);

}  // namespace tessera
