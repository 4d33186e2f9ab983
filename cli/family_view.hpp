// A family of a registry, as it is shown.
#pragma once

#include <string>

#include "registry/inspect_group.hpp"

namespace tessera {

/// In lines: its identifier, where a retired one leads, its members with their roles, the families
/// of sources that it is.
std::string family_text(const GroupView& family);

/// The same as one JSON object, with its line end.
std::string family_json(const GroupView& family);

/// Throws Error(kUsage) if `entity`, found by `typed`, is a family where a person is asked for.
void refuse_family(EntityNumber entity, const std::string& typed);

}  // namespace tessera
