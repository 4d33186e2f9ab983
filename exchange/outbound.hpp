// What goes out: people of one import under the names that the crosswalk has for them, and the
// bytes that a writer makes of them. All writers of people take the one and give the other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// A person to be written.
struct Outgoing {
  std::string record;            ///< A record id of person.csv.
  std::string identifier = {};   ///< The person's lasting identifier; may be empty.
  std::string receiver_id = {};  ///< What the receiver calls the person; empty: nothing yet.
  std::string family = {};       ///< The lasting identifier of the person's family; may be empty.
};

/// People in the order in which they are written. REQUIRES: the import outlives it and is finished.
struct Outbound {
  const Import& tables;
  std::vector<Outgoing> people;
};

/// A file's bytes, and an account of everybody who was to stand in it: `written` and, by reason,
/// `left out: …`. Never a value.
struct Written {
  std::string text;
  std::map<std::string, std::uint64_t> counts;
};

inline constexpr std::string_view kWritten = "written";

/// Counts a person who cannot be written; `reason` says what is missing.
inline void leave_out(Written& file, std::string_view reason) {
  ++file.counts["left out: " + std::string(reason)];
}

/// Counts one who was.
inline void count_written(Written& file) {
  ++file.counts[std::string(kWritten)];
}

}  // namespace tessera
