// What a job's blocking rules cost, before anything is compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/job.hpp"
#include "engine/pipeline.hpp"

namespace tessera {

/// One rule, alone and beside those before it.
struct RuleMeasure {
  std::string rule;                    ///< BlockingRule::text.
  std::uint64_t records_without = 0;   ///< That lack a value for a key.
  std::uint64_t blocks = 0;            ///< Keys that two records or more have.
  std::vector<std::uint64_t> largest;  ///< Records of the largest blocks, at most five, descending.
  std::uint64_t pairs = 0;             ///< Distinct pairs with a key in common that may be linked.
  bool exact = true;        ///< False: `pairs` counts some pairs twice (engine/rule_pairs.hpp).
  std::uint64_t added = 0;  ///< Pairs compared that no earlier rule makes.
  std::uint64_t not_compared = 0;  ///< Pairs lost to the splitting of oversized blocks.
};

struct BlockingMeasure {
  std::uint64_t records = 0;
  std::uint64_t records_in_no_block = 0;  ///< Compared with no other.
  std::uint64_t pairs_possible = 0;       ///< That may be linked.
  std::uint64_t pairs_compared = 0;       ///< Σ added.
  std::uint64_t max_block_records = 0;
  /// In the job's order; the index rule last, its `pairs` those that no other rule makes.
  std::vector<RuleMeasure> rules;
};

/// Reads, cleans and blocks a job and counts the pairs of its rules; compares none. Throws Error as
/// reading does. Cost: that of the first steps of a link, and 1 to 3 ns a pair.
BlockingMeasure measure_blocking(const JobSpec& job, const RunLimits& limits,
                                 const StageWatcher& watcher);

}  // namespace tessera
