// What share of the matches a job's blocking rules find, without labels.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/pipeline.hpp"
#include "scoring/capture.hpp"

namespace tessera {

/// The matches that one rule finds, as expected from the pairs' probabilities.
struct RuleCatch {
  double found = 0.0;  ///< Among the pairs that the rule makes.
  double alone = 0.0;  ///< Of those, among the pairs that no other rule makes.
};

struct RecallMeasure {
  std::vector<RuleCatch> rules;  ///< In the job's order.
  double found = 0.0;            ///< By any rule.
  double through_others = 0.0;   ///< That no rule makes, but common neighbours brought up.
  std::optional<CaptureEstimate> estimate;  ///< Absent where there is too little to go by.
};

/// How pairs fare under the rules, group of attributes by group; attributes that one key reads
/// together, or that a derived attribute is made of, are one group. A pair counts as much as it is
/// probable. Cells in order; made alike by any order of links. Cost: some key look-ups a pair and
/// rule.
CaptureCells capture_cells(const JobSpec& job, const Table& table, std::span<const Link> links);

/// Measures the links of a job. The interval spans those of three readings of the pairs: each as
/// probable as the model says, the doubtful ones less so and more so, by the factors that the model
/// is known to be wrong by (kPrecisionFactor, kRecallFactor of engine/expected_quality.hpp).
/// REQUIRES: links are those of the job on that table.
RecallMeasure recall_of(const JobSpec& job, const Table& table, std::span<const Link> links);

/// The same of other rules than the job's on links that the job's own rules found. How many matches
/// there are is estimated from the job's rules; those that they miss are taken to be found by the
/// others as often as those that one of them alone finds, which are likest to the missed ones (as
/// in Chao 1987, Biometrics 43(4)). The interval's ends: none of them, and as often as the known
/// ones. Where the job's rules give no estimate, that of the other rules alone.
RecallMeasure recall_of_others(const JobSpec& job, std::span<const BlockingRule> others,
                               const Table& table, std::span<const Link> links);

/// Links the job, keeping pairs of a probability of 0.1 and more, and measures it. Throws Error as
/// run_link does. Cost: that of run_link and some seconds for the interval.
RecallMeasure measure_recall(const JobSpec& job, const RunLimits& limits,
                             const StageWatcher& watcher);

}  // namespace tessera
