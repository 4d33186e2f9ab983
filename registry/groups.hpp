// Groups of records as their sources have them (families, for instance), kept beside the records.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/ledger.hpp"
#include "registry/plan.hpp"
#include "registry/store.hpp"

namespace tessera {

/// A person by a number of whoever links groups, over 0; the same for all records of one person.
using PersonNumber = std::int64_t;
inline constexpr PersonNumber kNobody = 0;

/// Records of one source that belong together.
struct SourceGroup {
  struct Member {
    std::string record_id;
    std::string role;               ///< May be empty.
    PersonNumber person = kNobody;  ///< Whose record it is, where groups are linked.
  };

  std::string source;
  std::string id;
  std::string head;  ///< A record id; may be empty.
  std::string updated_at;
  std::vector<Member> members;
  PersonNumber head_person = kNobody;  ///< As Member::person.
  bool whole = false;  ///< The members are all that the group has, and not some of them.
};

/// Groups of several sources that are one.
struct JoinedGroup {
  struct Member {
    PersonNumber person = kNobody;
    std::string role;
    std::size_t groups = 0;  ///< How many of the source groups have this person.
  };

  std::string id;                   ///< `F` and 16 hex digits, of its least `source:group_id`.
  PersonNumber head = kNobody;      ///< kNobody where no source names one who is known.
  std::vector<Member> members;      ///< Ascending by person.
  std::vector<std::size_t> groups;  ///< Places in the list given, ascending.
};

/// Finds out which groups are one: every group stands in exactly one of those given back.
/// REQUIRES: the groups' persons are filled in.
using GroupLinker = std::function<std::vector<JoinedGroup>(std::span<const SourceGroup> groups)>;

/// What loading the groups of one source did.
struct GroupLoad {
  std::string source;
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t deleted = 0;  ///< Nobody is left in them, or the whole source lacks them.
  std::uint64_t unchanged = 0;
  std::uint64_t changes() const { return added + changed + deleted; }
};

/// What sources say of their groups, by the sources' names. A source that is named and has none
/// says that it has none.
using GroupsBySource = std::map<std::string, std::vector<SourceGroup>>;

/// Puts groups into the store, within the transaction at hand, and tells the ledger of each source
/// that changed. With `full` they are all that their sources have. Otherwise what they say is added
/// to what is known: a group that is `whole` has the members given, another these too; a record
/// leaves the groups of its source that do not name it when another does; a head that is not given
/// stays. REQUIRES: sources of the store. Cost: with `full` the groups of the sources, else those
/// given and those that lose members.
std::vector<GroupLoad> put_groups(Store& store, const GroupsBySource& groups, bool full,
                                  LedgerWriter& ledger);

/// The groups of all sources, by source and id; `number`: theirs in the store.
struct StoredGroups {
  std::vector<SourceGroup> groups;
  std::vector<std::int64_t> numbers;
};
StoredGroups read_groups(Store& store);

/// The name of a source by its number in the store. Throws Error(kDamaged) if there is none.
const std::string& source_name(const Store& store, std::int64_t number);

/// Whether the store has any group, or had. Cost: nothing.
bool has_groups(Store& store);

/// Takes out of all groups, also of those that last, an entity that is erased and its records
/// (their rows, which still have their ids), within the transaction at hand.
void erase_from_groups(Store& store, EntityNumber entity, std::span<const std::int64_t> rows,
                       LedgerWriter& ledger);

/// The digest of a group as stored, over its head, date and members in the order of their ids.
std::int64_t group_digest(const SourceGroup& group);

}  // namespace tessera
