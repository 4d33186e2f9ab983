// Gives groups that last their members and identifiers anew, once persons have theirs.
#pragma once

#include <cstdint>

#include "registry/groups.hpp"

namespace tessera {

/// What became of the groups that last.
struct GroupChanges {
  std::uint64_t source_groups = 0;
  std::uint64_t groups = 0;  ///< Living, afterwards.
  std::uint64_t minted = 0;
  std::uint64_t merged = 0;
  std::uint64_t split = 0;
  std::uint64_t retired = 0;
  std::uint64_t restored = 0;
  std::uint64_t joined = 0;  ///< Persons who came into a group, but for those minted.
  std::uint64_t left = 0;    ///< Persons who left one that goes on.
  std::uint64_t events = 0;
};

/// Joins the groups of all sources by `link`, gives them their identifiers (assign_groups.hpp) and
/// tells the ledger what changed; within the transaction at hand, after `apply_plan`. Nothing where
/// the store has no groups; no event where nothing changed. Deterministic but for the letters
/// drawn. Throws Error(kResource). Cost: in proportion to all memberships, each time.
GroupChanges apply_groups(Store& store, const GroupLinker& link, const RunInfo& run);

}  // namespace tessera
