// Families across registries: which source families are one, its head and its members.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// A family as one source has it.
struct SourceFamily {
  struct Member {
    std::string record_id;
    std::string role;  ///< A canonical role; may be empty.
  };

  std::string source;
  std::string id;
  std::string head;  ///< A record id; may be empty.
  std::string updated_at;
  std::vector<Member> members;
};

/// A family across sources.
struct GoldenFamily {
  struct Member {
    std::string entity_id;
    std::string role;
    std::size_t families = 0;  ///< How many of the source families have this person.
  };

  std::string id;                     ///< `F` and 16 hex digits, of its least `source:family_id`.
  std::string head;                   ///< An entity; empty where no source names one.
  std::vector<Member> members;        ///< By entity.
  std::vector<std::size_t> families;  ///< Places in the list given, ascending.
};

/// The families of a source whose person.csv lies beside family.csv and membership.csv, as
/// `tessera import` writes them; none where those are not there. Throws Error(kUsage) where one of
/// them is not as docs/exchange.md says.
std::vector<SourceFamily> read_source_families(const std::string& source,
                                               const std::filesystem::path& person_file);

/// Which of `families` are one. Two are, if they share most of the smaller one's persons (more than
/// half, and two at least unless it has one alone), and none has a closer one in the other's
/// source; closest first, and never so that two families of one source meet that do not share most
/// of their persons themselves. So one person who moved from one family to another joins nothing.
/// The head is whom most of the families name, the newest family's where they differ evenly; every
/// other member has the role that most of them give, but not `head`.
///
/// entity_of: the entity of a record; empty where it has none (a rejected record): such members
/// are left out. The order of `families` does not matter, but for the places. Cost: n log n.
std::vector<GoldenFamily> link_families(
    std::span<const SourceFamily> families,
    const std::function<std::string_view(std::string_view source, std::string_view record)>&
        entity_of);

}  // namespace tessera
