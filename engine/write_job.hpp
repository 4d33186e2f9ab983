// Writes a job as the config that says the same.
#pragma once

#include <filesystem>
#include <string>

#include "engine/job.hpp"

namespace tessera {

/// The complete config of a job, defaults spelled out, as TOML: read_job_text gives the same job
/// back. The same job gives the same bytes.
///
/// folder: where the config will lie; paths are written relative to it. Empty: paths as they stand.
std::string job_toml(const JobSpec& job, const std::filesystem::path& folder = {});

}  // namespace tessera
