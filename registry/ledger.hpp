// The ledger: what happened to every identity, record and decision, in order, each event chained to
// the one before by a hash.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "registry/database.hpp"
#include "registry/sha256.hpp"

namespace tessera {

/// The number is stored: never change one.
enum class EventKind : std::uint8_t {
  kMinted = 1,      ///< entity
  kLinked = 2,      ///< row joined entity
  kUnlinked = 3,    ///< row left entity
  kMerged = 4,      ///< entity was retired in favour of other_entity
  kSplit = 5,       ///< other_entity took records out of entity
  kRetired = 6,     ///< entity has no records left
  kRestored = 7,    ///< entity, retired before, stands again for records that were its own
  kDecision = 8,    ///< row and other_row; the note says which way and why
  kLoad = 9,        ///< the note says from what
  kModel = 10,      ///< a model, job or references came into force
  kErased = 11,     ///< row was erased; notes that named it are gone
  kWithdrawn = 12,  ///< the decision of event `subject` no longer holds
  // An entity under 0 is a group that lasts (registry/groups.hpp): minted, merged, split, retired
  // and restored like an identity.
  kJoined = 13,  ///< other_entity came into group entity
  kLeft = 14,    ///< other_entity left group entity
  kHead = 15     ///< other_entity heads group entity; nobody, where it names none
};

std::string_view event_kind_name(EventKind kind);

/// One event. Records and entities are named by their numbers in the store, so that an erased
/// person leaves no name behind.
struct Event {
  EventKind kind = EventKind::kMinted;
  std::optional<std::int64_t> row = std::nullopt;
  std::optional<std::int64_t> other_row = std::nullopt;
  std::optional<std::int64_t> entity = std::nullopt;
  std::optional<std::int64_t> other_entity = std::nullopt;
  std::optional<std::int64_t> subject = std::nullopt;  ///< an earlier event
};

/// Who writes and when: one for all events of a command.
struct RunInfo {
  std::string actor;
  std::int64_t at_s = 0;  ///< UTC, seconds since 1970.
  std::string digest;     ///< 64 hex digits: of the state before and what the command was to do.
};

/// Appends events within the transaction at hand.
class LedgerWriter {
 public:
  /// Notes the run; writes nothing until the first event.
  LedgerWriter(Database& database, RunInfo run);

  /// Appends one event and returns its sequence number. `note`: free text, kept beside the chain,
  /// which holds its salted digest only: it may be erased and the chain still verifies.
  std::int64_t append(const Event& event, std::string_view note = {});

  /// Appends events without notes, as long as `take` gives one. For many: a third of the cost.
  void append_all(const std::function<bool(Event&)>& take);

  std::int64_t appended() const { return appended_; }

 private:
  class ChainedRows;

  // Makes the event the end of the chain.
  void chain(const Event& event, std::string_view note_digest);

  std::string run_text_;
  RunInfo run_;
  Database& database_;
  std::int64_t run_number_ = 0;  // 0: not written yet
  std::int64_t sequence_;
  Sha256 head_{};
  std::string text_;  // of the event, as it is hashed
  std::int64_t appended_ = 0;
  Statement insert_;
};

/// Where the chain ends: the last event's number and hash; 0 and zeros for none.
struct LedgerHead {
  std::int64_t sequence = 0;
  Sha256 hash{};
};
LedgerHead ledger_head(Database& database);

/// The first row that does not verify.
struct LedgerFault {
  std::int64_t sequence = 0;
  std::string what;
};

/// Walks the whole chain. Empty if every event, run and note is as it was written. Cost: about 1 µs
/// an event.
std::optional<LedgerFault> verify_ledger(Database& database);

/// `2026-11-25T09:30:00Z`.
std::string utc_text(std::int64_t at_s);

}  // namespace tessera
