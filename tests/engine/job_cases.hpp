// A sound config for tests to break, and jobs side by side.
#pragma once

#include <string>
#include <vector>

#include "engine/job.hpp"

namespace tessera::test {

/// A small sound config with two sources, four attributes, two rules and three [[comparison]]
/// tables.
std::string sound_config();

/// sound_config with `find` replaced by `replacement`. Throws std::runtime_error unless `find`
/// stands there once.
std::string config_with(const std::string& find, const std::string& replacement);

/// What read_job_text says against a config named job.toml; empty if it accepts it.
std::string complaint(const std::string& toml);

/// What differs between two jobs, a line each; empty if they are equal.
std::vector<std::string> differences(const JobSpec& a, const JobSpec& b);

}  // namespace tessera::test
