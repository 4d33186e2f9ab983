// Who lives together, as one source has it, whether it has families or only says who is whose.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

struct Household {
  std::string id;    ///< The family's; `of-RECORD` where the source has none.
  std::string head;  ///< A record id; never empty.
  struct Member {
    std::string record;
    std::string role;  ///< A canonical role; may be empty.
  };
  std::vector<Member> members;  ///< Each a person of person.csv, by record id.
};

/// Every person of person.csv in exactly one household, by id: the family whose member the person
/// is (of several the one begun last, then the first by id; memberships that ended do not count),
/// else the person's `household`. Who has neither, is neither married nor a parent in the source
/// and has a mother or father there, belongs to the mother's household, else the father's; spouses
/// without one belong together; everyone else is a household alone. The head is whom the family
/// names, else the member whose role says so, else whom the others belong to, else the oldest.
/// REQUIRES: the import is finished. Cost: n log n.
std::vector<Household> households_of(const Import& import);

/// The family of each person who is in one, as households_of finds it by memberships and
/// `household`: by record id.
std::unordered_map<std::string, std::string> families_by_member(const Import& import);

}  // namespace tessera
