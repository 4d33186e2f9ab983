// The straight line: from a job's sources to golden records, eight steps in one function.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "blocking/blocks.hpp"
#include "data/clean.hpp"
#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/explanation.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/merge.hpp"
#include "engine/run_facts.hpp"
#include "engine/stage_watch.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// Everything a job produced, in memory.
struct LinkResult {
  Table table;
  std::vector<Reject> rejects;
  Model model;
  std::vector<Link> links;  ///< At or over the review threshold, sorted by (left, right).
  Clusters clusters;
  GoldenTable golden;
  RunFacts facts;  ///< All but the write stage.
  /// The evidence on some pairs, to show how the job decides (sample_links).
  std::vector<Explanation> samples;
};

/// Runs a job: read, clean, block, train (or take `model`), score, cluster, merge, measure. Throws
/// Error as its steps do: kUsage when a model's comparisons are not the job's, kResource when
/// limits.memory_bytes would not do.
LinkResult run_link(const JobSpec& job, const RunLimits& limits, const std::optional<Model>& model,
                    const StageWatcher& watcher);

/// The first half: read, clean, block and train; what `tessera train` does.
struct TrainResult {
  Model model;
  RunFacts facts;
};
/// Steps 1 and 2 alone: a job's records, read and cleaned, rows numbered as in its results. Throws
/// Error as reading does.
Table read_job_records(const JobSpec& job, const RunLimits& limits);

/// The same with what cleaning learned.
CleanTable read_job_table(const JobSpec& job, const RunLimits& limits);

/// Reads, cleans and blocks a job again, to ask afterwards which pairs its rules make (`tessera
/// evaluate`). Rows are numbered as in the job's crosswalk. Throws Error as reading does.
Blocking block_job(const JobSpec& job, const RunLimits& limits);

TrainResult run_train(const JobSpec& job, const RunLimits& limits, const StageWatcher& watcher);

}  // namespace tessera
