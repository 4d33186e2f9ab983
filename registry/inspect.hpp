// What a store knows of one identity or record: who it is, how it came to be, and what happened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/plan.hpp"
#include "registry/store.hpp"

namespace tessera {

/// An identity as it stands.
struct IdentityView {
  EntityNumber number = 0;
  std::string identifier;
  bool living = false;
  /// Where a retired one leads: the identifiers into which it was merged, one after the other. The
  /// last lives, unless all its records went.
  std::vector<std::string> leads_to;
  bool leads_to_living = false;
  std::vector<std::string> records;  ///< `source:record_id`, in canonical order
  struct Value {
    std::string attribute;
    std::string value;
    std::string record;
    std::string rule;
  };
  std::vector<Value> golden;  ///< Attributes that have a value, in the job's order.
};

/// The identity that `text` names: an identifier, or `source:record_id`; a number under 0 is that
/// of a group (inspect_group.hpp). Throws Error: kUsage if it is no identifier or no such record;
/// kRefused if the store has no such identifier, or the record no identity yet.
EntityNumber find_identity(Store& store, const std::string& text);

IdentityView view_identity(Store& store, EntityNumber entity);

/// Two records of one identity and their weight.
struct WeighedPair {
  std::string left;
  std::string right;
  double weight_bits = 0.0;
  std::string rule;  ///< The blocking rule that makes the pair.
};

/// How an identity holds together: its links, recomputed by the model in force.
struct IdentityHow {
  std::vector<WeighedPair> links;  ///< Weightiest first.
  /// Of the strongest links that hold all records together the weakest; none for one record or
  /// where decisions hold it.
  std::optional<WeighedPair> weakest;
  std::vector<std::string> decisions;  ///< In force on its records, in words.
};
IdentityHow explain_identity(Store& store, EntityNumber entity);

/// One event in words.
struct LogLine {
  std::int64_t sequence = 0;
  std::string at;
  std::string actor;
  std::string kind;
  std::string what;
  std::string run;  ///< The first 12 digits of its digest.
};

struct LogOptions {
  EntityNumber entity = 0;  ///< 0: any
  std::int64_t row = 0;     ///< 0: any
  std::uint64_t last = 0;   ///< Only the last so many; 0: all
};

/// The ledger, oldest first. Cost: one pass over it.
std::vector<LogLine> read_log(Store& store, const LogOptions& options);

/// A pair that waits for review. A decision on changed records stands here too (`stale decision`).
struct QueueLine {
  std::int64_t row = 0;
  std::int64_t other_row = 0;
  std::string left;
  std::string right;
  std::string reason;
  double weight_bits = 0.0;
};
/// The queue as last applied, weightiest first, less the pairs decided since; then stale decisions.
std::vector<QueueLine> read_queue(Store& store);

}  // namespace tessera
