// A profile as a page for people.
#pragma once

#include <span>
#include <string>

#include "report/profile.hpp"

namespace tessera {

/// Per file a table of its columns, then what may mislead, the forms of its dates and its scripts.
/// Without control characters whatever the files hold.
std::string profile_text(std::span<const FileReport> files, const ProfileOptions& options);

}  // namespace tessera
