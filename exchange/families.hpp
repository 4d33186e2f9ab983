// Families across registries: which source families are one, its head and its members.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "registry/groups.hpp"

namespace tessera {

/// A family as one source has it: its records, and its head.
using SourceFamily = SourceGroup;

/// A family across sources, its members by their persons.
using GoldenFamily = JoinedGroup;

/// Whether family.csv and membership.csv lie beside a person.csv.
bool has_family_files(const std::filesystem::path& person_file);

/// The families of a source whose person.csv lies beside family.csv and membership.csv, as
/// `tessera import` writes them; none where those are not there. Memberships that ended do not
/// count. A family is whole where it lists as many members as family.csv says that it has (`size`).
/// Throws Error(kUsage) where one of them is not as docs/exchange.md says.
std::vector<SourceFamily> read_source_families(const std::string& source,
                                               const std::filesystem::path& person_file);

/// Which of `families` are one. Two are, if they share most of the smaller one's persons (more than
/// half, and two at least unless it has one alone), and none has a closer one in the other's
/// source; closest first, and never so that two families of one source meet that do not share most
/// of their persons themselves. So one person who moved from one family to another joins nothing.
/// The head is whom most of the families name, the newest family's where they differ evenly; every
/// other member has the role that most of them give, but not `head`.
///
/// REQUIRES: the families' persons are filled in; a member who is nobody (a rejected record) is
/// left out. The order of `families` does not matter, but for the places. Cost: n log n in
/// memberships.
std::vector<GoldenFamily> link_families(std::span<const SourceFamily> families);

}  // namespace tessera
