// A job that does what a Splink model says, on given sources.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/job.hpp"
#include "scoring/model.hpp"

namespace tessera {

struct SplinkJob {
  JobSpec job;
  Model model;
  std::vector<std::string> not_carried_over;  ///< In the user's words.
};

/// Whether a JSON text is a Splink model rather than one of ours.
bool is_splink_json(std::string_view text);

/// Builds the job: the model's columns become attributes (dates where a date level compares them,
/// else text), its blocking rules and comparisons those of the job, its unique id the record id.
/// Cleaning folds case and diacritics, which Splink does not. Throws Error(kUsage) as
/// read_splink_model does.
SplinkJob splink_job(std::string_view text, const std::string& where,
                     std::span<const SourceSpec> sources);

}  // namespace tessera
