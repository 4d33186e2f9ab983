// The files of `tessera link`: written aside, moved into place together when all are complete.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/merge.hpp"
#include "engine/run_facts.hpp"

namespace tessera {

struct TextFile {
  std::string name;
  std::string text;
};

/// All that a job found. Every reference must outlive the call.
struct JobOutput {
  const JobSpec& job;  ///< For the names of rules, comparisons and levels, and the thresholds.
  const Table& table;
  std::span<const Reject> rejects;
  std::span<const Link> links;  ///< Sorted; those under the link threshold go to review.csv.
  const Clusters& clusters;
  const GoldenTable& golden;            ///< values: one per entity and job.attributes
  std::string_view model_text;          ///< model.json
  std::string_view job_text;            ///< job.toml
  std::span<const TextFile> more = {};  ///< Further files, written with the others.
};

/// Writes all files of DESIGN ("Files of `tessera link`") to `folder`, which is made if need be.
/// They are written in `folder`/.tessera-partial and moved only when all are complete, run.json
/// last: after a failure or an interruption before that, what lay in the folder is untouched, and
/// the next job clears what was left aside. The disk is not waited for: after a power cut run the
/// job again.
///
/// `facts` is asked once, after the tables are written, so that run.json can hold the seconds of
/// writing. Numbers: match_weight and match_probability have six decimals; to tell sure pairs apart
/// read the weight. Throws Error: kResource (the system's reason) if something cannot be written,
/// kBusy if another job is writing there. Cost: formatting on all threads; memory is 17 bytes a row
/// and some MB.
void write_outputs(const std::filesystem::path& folder, const JobOutput& output,
                   const std::function<RunFacts()>& facts);

}  // namespace tessera
