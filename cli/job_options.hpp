// The options that say which job to run: config or files, model, threads and memory. Shared by link
// and train.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "data/spec.hpp"
#include "engine/job.hpp"
#include "scoring/model.hpp"

namespace CLI {
class App;
}

namespace tessera {

/// As typed.
struct JobOptions {
  std::vector<std::string> files;  ///< `NAME=FILE` or `FILE`
  std::string config;
  std::string model;
  unsigned threads = 0;
  std::string memory;
  std::optional<double> max_rejected_share;
  std::vector<std::string> ignore;  ///< columns that a proposed job must not use
  bool quiet = false;
};

/// Adds the options to a sub-command. `options` must outlive the parsing.
void add_job_options(CLI::App& command, JobOptions& options);

/// The job and its limits, with the model if one was named.
struct ChosenJob {
  JobSpec job;
  RunLimits limits;
  std::optional<Model> model;
};

/// Reads the config, or proposes a job from the files, says what was chosen on the console, and
/// reads the model. A Splink model brings its own comparisons and rules. Throws Error.
ChosenJob choose_job(const JobOptions& options, Console& console);

/// The sources that `NAME=FILE` or `FILE` name; a file without a name is named after itself.
/// Throws Error(kUsage) for an empty name and for two of one name.
std::vector<SourceSpec> sources_of(const std::vector<std::string>& files);

/// `512M`, `4G`, `1.5GB`, `800000000` → bytes; nullopt if it is no size. K, M, G and T are powers
/// of 1024.
std::optional<std::uint64_t> parse_size(const std::string& text);

}  // namespace tessera
