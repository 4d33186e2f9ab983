// A small registry whose persons live in groups, for tests of what lasts of them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/apply_groups.hpp"
#include "registry/inspect_group.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera::test {

/// Groups of one id are one, whatever their sources; the head is the first that is known.
std::vector<JoinedGroup> join_by_id(std::span<const SourceGroup> groups);

/// A group of client records C1000 + number, the first of them its head.
SourceGroup client_group(const std::string& id, const std::vector<int>& persons);

/// Persons without groups at first.
class FamilyLife {
 public:
  explicit FamilyLife(std::uint32_t persons = 30);

  /// Loads groups of the source client (or of the source they name).
  void load(const std::vector<SourceGroup>& groups, bool full = true);
  /// Loads them and applies.
  GroupChanges say(const std::vector<SourceGroup>& groups, bool full = true);
  GroupChanges apply();
  /// The lasting identifier of a source's group; empty if it has none.
  std::string id_of(const std::string& group, std::size_t source = 0);
  /// The members of a lasting group as the numbers of persons, ascending.
  std::vector<int> members(const std::string& identifier);
  GroupView view(const std::string& identifier);

  SmallRegistry registry;

 private:
  std::uint32_t persons_;
};

}  // namespace tessera::test
