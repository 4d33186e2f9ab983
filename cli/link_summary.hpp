// What `tessera link` prints when it is done.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/link.hpp"
#include "engine/run_facts.hpp"

namespace tessera {

/// A page of text: records, pairs, links, entities, what was not compared, seconds and memory,
/// where the files are. doubtful_settled: as doubtful_in_one_entity says.
std::string link_summary(const RunFacts& facts, const std::filesystem::path& folder,
                         std::uint64_t doubtful_settled = 0);

/// How many of the kept pairs under the threshold (in bits) have their records in one entity all
/// the same, by other links: whatever a reviewer says of these, the entity stands.
std::uint64_t doubtful_in_one_entity(std::span<const Link> links, const Clusters& clusters,
                                     double link_bits);

/// Writes rejects.csv and nothing else: what a job that was refused for its rejects leaves. Throws
/// Error(kResource).
void write_rejects_alone(const std::filesystem::path& folder, std::span<const Reject> rejects);

/// The same rows into any file. Throws Error(kResource).
void write_rejects(const std::filesystem::path& path, std::span<const Reject> rejects);

}  // namespace tessera
