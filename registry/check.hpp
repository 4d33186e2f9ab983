// Whether a store is whole: its file, its records, its ledger, and that they tell one story.
#pragma once

#include <string>
#include <vector>

#include "registry/store.hpp"

namespace tessera {

/// What is wrong, one line each; none: the store is whole. Looks at SQLite's own structures, every
/// record's digest, the ledger's chain, replays the ledger and holds the result against the
/// identities and decisions that the store keeps. Cost: one pass over everything.
std::vector<std::string> check_store(Store& store);

/// 64 hex digits that two stores share exactly if they hold the same records with the same content,
/// hold the same of them to be one person, and have the same decisions in force, whatever the order
/// in which all came and whichever identifiers were drawn. Cost: one pass over the records.
std::string meaning_digest(Store& store);

}  // namespace tessera
