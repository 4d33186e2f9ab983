// The built-in groups of given names that one person may go by.
#pragma once

#include <span>
#include <string_view>

namespace tessera {

/// The groups, each its folded names parted by one blank. A group holds a name with its short
/// forms, its pet forms and the spellings in which registries meet it; a name may stand in several
/// groups (alex is alexander's and alexandra's), and two groups are not joined by it.
std::span<const std::string_view> nickname_groups();

}  // namespace tessera
