// Whether the groups of a store are whole.
#pragma once

#include <string>
#include <vector>

#include "registry/store.hpp"

namespace tessera {

/// What is wrong with the groups, in words without values: a group whose content is not what was
/// stored, one that lasts and is not as the ledger tells. Empty: nothing. Cost: a pass over the
/// ledger and the groups.
std::vector<std::string> check_groups(Store& store);

/// What the groups mean, apart from numbers and identifiers: a text for each source group, which
/// names the least source group of those that are one with it. In no order.
std::vector<std::string> group_meanings(Store& store);

}  // namespace tessera
