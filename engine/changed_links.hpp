// The links of a few records with all others of a table: what an increment to a registry asks.
#pragma once

#include <cstdint>
#include <vector>

#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/references.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// Links with at least one changed end.
struct ChangedLinks {
  std::vector<Link> links;  ///< At or over the review threshold, sorted; rule is not said (0).
  std::uint64_t pairs_compared = 0;
};

/// Compares each row that is `changed` (size n) with every row with which it shares a block, and
/// weighs the pairs: the links that resolve_records(…, {model, references}) finds by its rules, of
/// those with a changed end. `table`: as clean_records makes it. Deterministic at any thread count.
/// Cost: the names of all blocks; 1 µs a pair compared, 8 bytes each. Throws Error(kUsage) when the
/// model's comparisons are not the job's.
ChangedLinks link_changed(const Table& table, const std::vector<bool>& changed, const JobSpec& job,
                          const RunLimits& limits, const Model& model,
                          const References& references);

}  // namespace tessera
