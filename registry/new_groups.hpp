// Groups that come into the store, many at once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "registry/database.hpp"

namespace tessera {

using RolesByRecord = std::map<std::string, std::string, std::less<>>;

/// A group of a source that the store does not have yet. What it points to must outlive it.
struct NewGroup {
  std::string_view id;
  std::string_view head;
  std::string_view updated_at;
  std::int64_t digest = 0;
  const RolesByRecord* members = nullptr;
};

/// Puts groups of the source of that number into the store, numbered on from the last in their
/// order, within the transaction at hand. By two long statements, several times as fast as a
/// statement a row; where most members are new their index is made anew. Cost: about 3 µs a member.
void insert_groups(Database& database, std::int64_t source, std::span<const NewGroup> groups);

}  // namespace tessera
