// What a store knows of one group that lasts: who is in it, and which groups of sources it is.
#pragma once

#include <string>
#include <vector>

#include "registry/assign_groups.hpp"
#include "registry/store.hpp"

namespace tessera {

/// A group as it stands.
struct GroupView {
  std::string identifier;
  bool living = false;
  /// Where a retired one leads: the identifiers into which it was merged, one after the other.
  std::vector<std::string> leads_to;
  bool leads_to_living = false;
  std::string head;  ///< A person's identifier; empty: nobody.
  struct Member {
    std::string identifier;
    std::string role;
    std::int64_t groups = 0;  ///< How many of the source groups have the person.
  };
  std::vector<Member> members;  ///< The oldest identities first; of a retired group none.
  struct Source {
    std::string source;
    std::string group_id;
  };
  std::vector<Source> groups;  ///< Of sources, by source and id.
};

/// The number of the group that has this identifier, as identifier_text writes it; 0: none has.
GroupNumber find_group(Store& store, const std::string& identifier);

/// All groups that were ever minted, the oldest first. Cost: one pass.
std::vector<GroupNumber> all_groups(Store& store);

/// REQUIRES: find_group or all_groups gave the number.
GroupView view_group(Store& store, GroupNumber group);

}  // namespace tessera
