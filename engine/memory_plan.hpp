// How much memory a job needs, known from counts before the work that takes it starts.
#pragma once

#include <cstdint>
#include <span>

#include "data/spec.hpp"
#include "data/table.hpp"
#include "engine/job.hpp"

namespace tessera {

/// What a job holds after cleaning, in bytes: the table throughout, and beside it what one stage
/// after another needs.
struct MemoryPlan {
  std::uint64_t table_bytes = 0;     ///< Codes, dictionaries, record ids, the program: held now.
  std::uint64_t blocking_bytes = 0;  ///< Block numbers of all rules, and the keys of one.
  /// Block numbers, rows laid out for walking, members of two rules, prepared values, links.
  std::uint64_t scoring_bytes = 0;
  std::uint64_t scoring_spilled_bytes = 0;  ///< The same with the block numbers in the rows alone.
  std::uint64_t merging_bytes = 0;  ///< Links, clusters, golden records and their provenance.
  /// Of the table, what only the results need: it may lie on disk until merging.
  std::uint64_t cold_bytes = 0;

  std::uint64_t total_bytes() const;  ///< The table and the greatest of the others.
  /// The same with the cold part on disk meanwhile, and what stands twice but once.
  std::uint64_t spilled_bytes() const;
};

/// Plans from the table's counts. An estimate from above for usual data: a link a record.
MemoryPlan plan_memory(const Table& table, const JobSpec& job);

/// The least that a job over these files will take, by their sizes: what their table holds. Files
/// that cannot be seen count nothing.
std::uint64_t least_memory_bytes(std::span<const SourceSpec> sources);

/// Throw Error(kResource) with the figure needed if the ceiling is lower.
void refuse_if_too_small(const MemoryPlan& plan, const RunLimits& limits);
void refuse_if_too_small(std::span<const SourceSpec> sources, const RunLimits& limits);

/// Whether the cold part of the table has to lie on disk for the job to stay under the ceiling.
/// Throws Error(kResource) with the figure needed if that would not do either.
bool must_spill(const MemoryPlan& plan, const RunLimits& limits);

}  // namespace tessera
