// What a plan makes of the groups that last, worked out before anything is written.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "registry/assign_groups.hpp"
#include "registry/groups.hpp"
#include "registry/plan.hpp"

namespace tessera {

/// What becomes of the groups that last, in numbers.
struct GroupChanges {
  std::uint64_t source_groups = 0;
  std::uint64_t groups = 0;  ///< Living, afterwards.
  std::uint64_t minted = 0;
  std::uint64_t changed = 0;  ///< Those that go on with other persons or another head.
  std::uint64_t merged = 0;
  std::uint64_t split = 0;
  std::uint64_t retired = 0;
  std::uint64_t restored = 0;
  std::uint64_t joined = 0;   ///< Persons who come into a group, but for those minted.
  std::uint64_t left = 0;     ///< Persons who leave one that goes on.
  std::uint64_t unknown = 0;  ///< Members by their sources whose records the registry has not.
};

/// A change of the store's lasting groups, worked out and not made. Empty if there are none.
struct GroupPlan {
  /// A person in a group; new there, or in another role or number of source groups than before.
  struct Member {
    GroupNumber group = 0;
    EntityNumber entity = 0;
    std::string role;
    std::int64_t groups = 0;
    bool joins = false;
  };

  GroupChanges facts;
  std::string digest;  ///< 64 hex digits: of all that making it does; empty without groups.
  std::vector<GroupNumber> minted;
  std::vector<GroupNumber> restored;
  std::vector<GroupNumber> retired;
  std::vector<std::pair<GroupNumber, GroupNumber>> merged;  ///< into
  std::vector<std::pair<GroupNumber, GroupNumber>> split;   ///< off
  std::vector<Member> members;
  std::vector<std::pair<GroupNumber, EntityNumber>> left;   ///< Who leaves which.
  std::vector<std::pair<GroupNumber, EntityNumber>> heads;  ///< Those that change; 0: nobody.
  /// Source groups, by their numbers, that come to be of another lasting group; 0: of none.
  std::vector<std::pair<std::int64_t, GroupNumber>> places;
};

/// Joins the groups of all sources by `link`, their persons as they are once `plan` is applied, and
/// gives them their identifiers (assign_groups.hpp). Reads within the transaction at hand, and
/// writes nothing. The same state gives the same plan, before `plan` is applied; so showing it and
/// making it say the same. Throws Error: kDamaged. Cost: in proportion to all memberships.
GroupPlan plan_groups(Store& store, const Plan& plan, const GroupLinker& link);

}  // namespace tessera
