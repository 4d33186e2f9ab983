// The families of a registry as files.
#pragma once

#include <cstdint>
#include <filesystem>

#include "registry/store.hpp"

namespace tessera {

/// Writes to `folder`, which is there: families.csv (`family_identifier,head_identifier,members,
/// sources,families`), family_members.csv (`family_identifier,identifier,role,families`),
/// family_crosswalk.csv (`family_identifier,source,source_family_id`) and family_retired.csv
/// (`family_identifier,leads_to`: the living identifier, empty where everyone is gone). As last
/// applied; nothing where the registry has no families. `spreadsheet_safe`: as export_store.
/// Returns the number of living families. Throws Error(kResource). Cost: about 30 µs a family.
std::uint64_t export_families(Store& store, const std::filesystem::path& folder,
                              bool spreadsheet_safe);

}  // namespace tessera
