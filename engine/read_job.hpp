// Reads a job from its config file (TOML); docs/config.md is the reference of the keys.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engine/job.hpp"

namespace tessera {

/// The job that the config at `path` describes. Paths in it are relative to the config's folder.
///
/// files: `NAME=FILE` of the command line (name and path are read): a file of a known source's name
/// replaces its path, another name adds a source.
///
/// Throws Error(kUsage) with every problem of the config, one line each (`file:line:column: key:
/// fault, why, next step`); Error(kResource) if the file cannot be read. Reads no source: whether
/// the files exist is found when they are read.
JobSpec read_job(const std::filesystem::path& path, std::span<const SourceSpec> files = {});

/// As read_job, from the config's text. where_name: how messages name it; folder: what relative
/// paths start from.
JobSpec read_job_text(std::string_view toml, const std::string& where_name,
                      const std::filesystem::path& folder = {},
                      std::span<const SourceSpec> files = {});

}  // namespace tessera
