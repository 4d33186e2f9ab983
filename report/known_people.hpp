// The records that one can look up: those of a finished `tessera link`, or of a registry.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dictionary.hpp"
#include "data/spec.hpp"
#include "engine/matcher.hpp"

namespace tessera {

struct KnownPeople {
  KnownRecords records;
  std::vector<Code> entity;  ///< size n: into `entities`; 0: in no entity (yet)
  Dictionary entities;       ///< Identifiers.
  /// What is no longer as it was when the records were linked, one sentence each.
  std::vector<std::string> changes;

  std::string_view entity_of(Row row) const { return entities[entity[row]]; }
};

/// Of the --out folder of a finished `tessera link`, or of a registry's file. files: sources of a
/// folder that lie elsewhere now. What weighs is what weighed when they were linked: the model and
/// all that was learned of the columns, learned again from the same records (a folder) or pinned (a
/// registry). Throws Error: kUsage where `path` is neither, or a registry has no model yet; else as
/// reading them does. Cost: reading and cleaning all records, about 2 µs (a folder) or 4 µs (a
/// registry) each.
KnownPeople read_known_people(const std::filesystem::path& path, std::span<const SourceSpec> files,
                              const RunLimits& limits);

}  // namespace tessera
