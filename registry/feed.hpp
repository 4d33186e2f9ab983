// What a receiver of a registry must be told: who is who, and whose identity changed since an
// event.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/store.hpp"

namespace tessera {

/// A living record and the identity that it belongs to, as last applied.
struct FeedRecord {
  std::int64_t row = 0;
  std::size_t source = 0;  ///< A place in Feed::sources.
  std::string id;
  std::int64_t entity = 0;
  std::int64_t linked = 0;  ///< The event that brought it to its identity.
  std::int64_t changed =
      0;  ///< The load that last changed what its source says of it; 0: none did.
};

/// Two records that wait for review.
struct OpenPair {
  std::size_t left = 0;  ///< Places in Feed::records.
  std::size_t right = 0;
  std::string reason;
};

/// A registry as of one event, and what happened after an earlier one.
class Feed {
 public:
  /// Reads one state of the store. `since`: the last event that the receiver has seen; 0: none.
  /// Throws Error: kUsage if there is no such event yet; kRefused if nothing was applied yet.
  /// Cost: about 2 µs a record, and one pass over the events.
  Feed(Store& store, std::int64_t since);

  const std::vector<std::string>& sources() const { return sources_; }
  /// By source, then by id.
  const std::vector<FeedRecord>& records() const { return records_; }
  const std::vector<OpenPair>& open_pairs() const { return open_; }

  /// What the receiver gives as `since` the next time: the last event there is; while records wait
  /// to be applied the last event of the last `apply`, for what came after does not count yet.
  std::int64_t last_event() const { return last_; }
  /// When that was, `2026-11-25T09:30:00Z`.
  const std::string& last_event_at() const { return last_at_; }
  /// Records that were loaded and are not applied yet.
  std::int64_t pending() const { return pending_; }

  /// The place of a source; nullopt if the registry has none of that name.
  std::optional<std::size_t> source(std::string_view name) const;
  /// The record of that name; nullptr if it is not there, not living, or without an identity.
  const FeedRecord* find(std::size_t source, std::string_view id) const;
  /// The places of an identity's records, ascending; empty if it has none.
  const std::vector<std::size_t>& records_of(std::int64_t entity) const;
  /// The identity's 16 letters.
  std::string_view identifier(std::int64_t entity) const;
  /// The identifier of the lasting group that a source's group is of; empty if there is none.
  std::string_view group_identifier(std::size_t source, std::string_view group) const;
  /// The groups of sources that are of a lasting one, by source and id, and its identifier.
  const std::map<std::pair<std::size_t, std::string>, std::string>& groups() const {
    return groups_;
  }
  /// Whether an event after `since` names one of the identity's records of `source`, or one of
  /// `source` that left it. With `since` 0: yes.
  bool is_touched(std::int64_t entity, std::size_t source) const;
  /// Whether a load after `since`, applied by now, changed what `source` says of the identity (the
  /// registry's attributes), or with `since` 0: yes. Each change is seen by one `since` alone.
  bool is_changed(std::int64_t entity, std::size_t source) const;

 private:
  void read_records(Store& store);
  void read_changes(Database& database);
  void read_events(Database& database, std::int64_t since);
  void read_open_pairs(Store& store);
  void read_groups(Database& database);

  std::vector<std::string> sources_;
  std::vector<FeedRecord> records_;
  std::vector<OpenPair> open_;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> of_entity_;
  std::unordered_map<std::int64_t, std::size_t> of_row_;
  std::unordered_map<std::int64_t, std::string> identifiers_;
  std::set<std::pair<std::int64_t, std::size_t>> touched_;  // by identity and source
  std::set<std::pair<std::int64_t, std::size_t>> changed_;  // by identity and source
  std::map<std::pair<std::size_t, std::string>, std::string> groups_;
  std::int64_t since_ = 0;
  std::int64_t last_ = 0;
  std::int64_t pending_ = 0;
  std::string last_at_;
};

}  // namespace tessera
