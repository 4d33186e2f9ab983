// Which lasting group goes on in which group of persons as they stand now.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "registry/plan.hpp"

namespace tessera {

/// A group that lasts, by its number in the store: negative, the oldest −1, so that none is taken
/// for an entity's.
using GroupNumber = std::int64_t;

/// A lasting group as last applied.
struct LastingGroup {
  GroupNumber number = 0;
  bool living = true;
  EntityNumber head = 0;  ///< 0: nobody
  /// Ascending; of a retired one those that it had last, who may stand for whom they were merged
  /// into.
  std::vector<EntityNumber> members;
  std::vector<std::int64_t> sources = {};  ///< The source groups that it is, ascending.
};

/// A group as it is now.
struct GroupOfPersons {
  EntityNumber head = 0;              ///< 0: nobody
  std::vector<EntityNumber> members;  ///< Ascending; one at least.
  /// Who else its records were when groups were last applied: a record may since be another person,
  /// and so may a person who was merged into another. Such a person is among its members, too.
  std::vector<EntityNumber> were = {};
  std::vector<std::int64_t> sources = {};  ///< The source groups that it is, ascending.
};

/// What becomes of the groups.
struct GroupAssignment {
  std::vector<GroupNumber> of;  ///< Per group of now: which it is. Those minted number on.
  std::vector<GroupNumber> minted;
  std::vector<GroupNumber> restored;                        ///< Retired before, living again.
  std::vector<std::pair<GroupNumber, GroupNumber>> split;   ///< off: a new one with some of it
  std::vector<std::pair<GroupNumber, GroupNumber>> merged;  ///< into
  std::vector<GroupNumber> retired;                         ///< None of its persons is in a group.
};

/// Gives identifiers to groups so that as many persons as can be stay in theirs
/// (registry/overlap.hpp, over the persons that a lasting group and one of now share); of such
/// assignments the one that keeps the most heads; then the most source groups; then the oldest
/// groups; then the earliest of `now`. A retired group lives again in one that got none, if that
/// has more than half of the persons it had last. All others of now are minted.
///
/// A group that does not go on leads to the one that most of its persons are in, of equal ones the
/// oldest. A new one is split off another if it has persons who were of the other and are there no
/// more.
///
/// REQUIRES: `before` by age, all that were ever minted. Deterministic; `now` in whatever order,
/// but that ties go by it. Cost: n log n in members; see assign_identities for groups that tangle.
GroupAssignment assign_groups(std::span<const LastingGroup> before,
                              std::span<const GroupOfPersons> now);

}  // namespace tessera
