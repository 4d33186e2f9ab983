// Writes golden families beside a result's other files.
#pragma once

#include <cstdint>
#include <filesystem>

#include "data/spec.hpp"
#include "data/table.hpp"
#include "engine/cluster.hpp"

namespace tessera {

/// What was found.
struct FamilyFacts {
  std::uint64_t source_families = 0;
  std::uint64_t golden_families = 0;
  std::uint64_t members = 0;  ///< Persons in families; one in two counts twice.
};

/// Links the families of all sources that have some (read_source_families) by a job's clusters and
/// writes families.csv, family_members.csv and family_crosswalk.csv (docs/exchange.md) into
/// `folder`; nothing where no source has families. Throws Error: kUsage for a family file that is
/// not as it must be, kResource.
FamilyFacts write_families(const std::filesystem::path& folder,
                           const std::vector<SourceSpec>& sources, const Table& table,
                           const Clusters& clusters);

}  // namespace tessera
