// A job for files that come without a config: what the columns mean, what is compared, what is
// blocked on.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "data/spec.hpp"
#include "engine/job.hpp"
#include "engine/propose_rules.hpp"

namespace tessera {

struct ProposeOptions {
  std::size_t sample_rows = 10000;  ///< Rows read of each file.
  std::vector<std::string> ignore;  ///< Columns that must not be evidence (never ids either).
  RuleLimits limits;
};

struct ProposedJob {
  JobSpec job;
  std::vector<std::string>
      choices;  ///< One plain sentence for each choice, in the order of the config; no values.
  /// One per job.attributes: empty where its column's name says so and the values fit.
  std::vector<std::string> attribute_reasons;
  std::vector<std::string> rule_reasons;  ///< One per job.rules.
  std::vector<std::string> doubts;        ///< About the layout of files (doubtful_layout).
  std::vector<std::string> left_out;      ///< Of `choices`, those on columns that are not used.
};

/// Proposes a job from the first rows of the files (name and path are read). One file is
/// deduplicated; several are linked and deduplicated. The same files give the same job; as it rests
/// on their first rows, the same rows in another order may give another: keep the job.toml that is
/// written.
///
/// Throws Error as sample_file does; Error(kUsage) if no column can be used.
ProposedJob propose_job(std::span<const SourceSpec> files, const ProposeOptions& options = {});

}  // namespace tessera
