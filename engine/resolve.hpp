// The pipeline from records already in memory to clusters: what a registry runs over its store.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "blocking/blocks.hpp"
#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/references.hpp"
#include "engine/share_watcher.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// What is known before resolving. All pointers may be null and must outlive the call.
struct Knowledge {
  const Model* model = nullptr;            ///< Null: trained on the table.
  const References* references = nullptr;  ///< Null: learned from the table.
};

/// What people said, by row of the table.
struct RowDecisions {
  std::vector<std::pair<Row, Row>> must_links;
  std::vector<std::pair<Row, Row>> cannot_links;
};

/// The outcome.
struct Resolution {
  Table table;
  Model model;
  References references;
  std::vector<Link> links;  ///< At or over the review threshold, sorted by (left, right).
  Clusters clusters;
  std::uint64_t pairs_compared = 0;
  std::vector<UncomparedPairs> not_compared;
  std::uint64_t largest_block = 0;  ///< Of all rules, before splitting.
};

/// Cleans, blocks, trains or takes the model, scores and clusters. `raw` has the job's attributes
/// and sources, rows in canonical order (see Row); job.sources' paths are not read.
///
/// Given a model and references, a pair's weight and whether it is compared depend on its two
/// records only, so that the clusters depend on the set of records and the decisions, not on how
/// they came. Resolving with what an earlier call learned from the same records gives the same
/// clusters as that call.
///
/// REQUIRES: the decisions do not contradict each other. Throws Error: kUsage when the model's
/// comparisons are not the job's, kResource when limits.memory_bytes would not do. Deterministic at
/// any thread count. `watcher` may be empty; shares are of the time expected
/// (engine/expected_times.hpp).
Resolution resolve_records(RawTable raw, const JobSpec& job, const RunLimits& limits,
                           const Knowledge& knowledge, const RowDecisions& decisions,
                           const ShareWatcher& watcher = {});

/// The table that resolve_records works on: cleaned and derived as `references` say.
Table clean_records(RawTable raw, const JobSpec& job, const References& references);

}  // namespace tessera
