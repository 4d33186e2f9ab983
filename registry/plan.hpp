// What `apply` would do: who every record is now, and how identities change by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/stage_watch.hpp"
#include "registry/index_page.hpp"
#include "registry/ledger.hpp"
#include "registry/store.hpp"

namespace tessera {

/// An entity by its number in the store. Those to be minted are numbered on from the last.
using EntityNumber = std::int64_t;

/// A record whose identity changes; 0: none.
struct RecordMove {
  std::int64_t row = 0;
  EntityNumber from = 0;
  EntityNumber to = 0;
  friend bool operator==(const RecordMove&, const RecordMove&) = default;
};

/// Why a pair waits for review. The number is stored: never change one.
enum class QueueReason : std::uint8_t {
  kBand = 1,        ///< Its weight lies between the review and the link threshold.
  kWeakBridge = 2,  ///< A link, yet the evidence around it kept its ends apart.
  kConflict = 3,    ///< A decision that the evidence speaks against.
  kOversized = 4    ///< An identity of very many records; its first and last record.
};
std::string_view queue_reason_name(QueueReason reason);

/// Records of one identity beyond which a person should look at it.
inline constexpr std::uint64_t kOversizedRecords = 25;

struct QueueItem {
  std::int64_t row = 0;  ///< row < other_row
  std::int64_t other_row = 0;
  QueueReason reason = QueueReason::kBand;
  double weight_bits = 0.0;
  friend bool operator==(const QueueItem&, const QueueItem&) = default;
  friend auto operator<=>(const QueueItem&, const QueueItem&) = default;
};

/// A change of the store, worked out and not made. Empty if there is nothing to do.
struct Plan {
  LedgerHead head;     ///< The state it was worked out from.
  std::string digest;  ///< 64 hex digits: of all that applying it would do.
  bool nothing_to_do = false;

  struct Learned {
    Model model;
    References references;
  };
  std::optional<Learned> learned;  ///< A model that comes into force.

  std::uint64_t records = 0;      ///< Live.
  std::uint64_t identities = 0;   ///< Living, afterwards.
  std::uint64_t pending = 0;      ///< Records that came, changed or went.
  EntityNumber first_minted = 0;  ///< Its number; `minted` of them.
  std::uint64_t minted = 0;
  std::uint64_t changed = 0;      ///< Identities that go on with other records.
  std::vector<RecordMove> moves;  ///< In canonical order, then the records that went.
  std::vector<EntityNumber> restored;
  std::vector<std::pair<EntityNumber, EntityNumber>> merged;  ///< into
  std::vector<std::pair<EntityNumber, EntityNumber>> split;   ///< off
  std::vector<EntityNumber> retired;     ///< Without records: all of theirs went.
  std::vector<QueueItem> queue_added;    ///< Pairs that come to wait for review; ascending.
  std::vector<QueueItem> queue_removed;  ///< Pairs that no longer do; ascending.
  std::uint64_t queue_size = 0;          ///< Afterwards.
  std::uint64_t pairs_compared = 0;
  std::uint64_t pairs_not_compared = 0;  ///< Known when all records are resolved.

  /// Why all records are resolved, in the user's words; empty: only those that what changed
  /// concerns (registry/increment.hpp), with the same outcome.
  std::string all_because;
  std::uint64_t records_read = 0;

  /// What the store's indices take from the resolution. kin: identities that share a component with
  /// others, and the component; kin_of: those that were or are resolved, but for all_because.
  std::vector<std::pair<EntityNumber, EntityNumber>> kin;
  std::vector<EntityNumber> kin_of;
  Table table;                     ///< The records, n of them, if all are resolved.
  std::vector<std::int64_t> rows;  ///< size n: theirs in the store
  /// Else of the records that came or changed, by rule.
  std::vector<std::vector<Posting>> postings;
};

struct PlanOptions {
  RunLimits limits;
  bool learn = false;  ///< Learn the model and its references anew from the records.
  bool all = false;    ///< Resolve all records even where a few would do, or nothing changed.
  StageWatcher watcher = {};  ///< Told the stages of planning all records, and of applying.
};

/// Resolves the store's records, or those that what changed concerns, and compares with what was
/// last applied. Reads within the transaction at hand; the same state gives the same plan, whether
/// all are resolved or not. Without a model in force one is learned from the records. Throws Error:
/// kUsage if there are no records to learn from; kResource.
Plan make_plan(Store& store, const PlanOptions& options);

/// Makes the change, within the transaction at hand; mints identifiers. Returns the events written.
/// REQUIRES: the store's state is plan.head.
std::uint64_t apply_plan(Store& store, const Plan& plan, const RunInfo& run);

/// The digest of the job's own nickname file as it is now; 0 if it has none. It is no part of the
/// store: a model scores by the file as it was learned with, and `make_plan` refuses another
/// (kRefused). Throws Error(kUsage) if the file cannot be read.
std::int64_t nickname_digest(const JobSpec& job);

/// Whether there is anything for `apply`: records, decisions or a model since the last.
bool is_dirty(Store& store);

}  // namespace tessera
