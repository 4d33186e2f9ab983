// Writes a proposed job as a short config for people: defaults left out, each choice with its
// reason.
#pragma once

#include <filesystem>
#include <string>

#include "engine/propose_job.hpp"

namespace tessera {

/// The proposed job as TOML with comments: read_job_text gives the same job back. Short entries
/// share a line of up to 200 columns, their reasons behind them in the same order; a reason that a
/// whole list shares stands at its head.
/// folder: where the config will lie; paths are written relative to it.
///
/// REQUIRES: what propose_job gave; settings of the job that it never chooses are not written.
std::string commented_job_toml(const ProposedJob& proposed, const std::filesystem::path& folder);

}  // namespace tessera
