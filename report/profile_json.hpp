// A profile as JSON, for programs.
#pragma once

#include <span>
#include <string>

#include "report/profile.hpp"

namespace tessera {

/// One JSON object `{"files": […], "least_holders": N}`, ended by a line feed; the names of
/// FileReport and ColumnReport are its keys.
std::string profile_json(std::span<const FileReport> files, const ProfileOptions& options);

}  // namespace tessera
