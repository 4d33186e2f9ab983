// What `tessera link` prints when it is done.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "data/table.hpp"
#include "engine/run_facts.hpp"

namespace tessera {

/// A page of text: records, pairs, links, entities, what was not compared, seconds and memory,
/// where the files are.
std::string link_summary(const RunFacts& facts, const std::filesystem::path& folder);

/// Writes rejects.csv and nothing else: what a job that was refused for its rejects leaves. Throws
/// Error(kResource).
void write_rejects_alone(const std::filesystem::path& folder, std::span<const Reject> rejects);

/// The same rows into any file. Throws Error(kResource).
void write_rejects(const std::filesystem::path& path, std::span<const Reject> rejects);

}  // namespace tessera
