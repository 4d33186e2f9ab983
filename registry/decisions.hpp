// What reviewers decided: pairs that are one person, pairs that are not. They hold in every later
// run until withdrawn.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/resolve.hpp"
#include "registry/ledger.hpp"
#include "registry/store.hpp"

namespace tessera {

/// A decision in force.
struct Decision {
  std::int64_t event = 0;
  std::int64_t row = 0;  ///< row < other_row
  std::int64_t other_row = 0;
  bool match = false;
  /// Whether one of its records has other fields than the reviewer saw, or is gone from its source.
  bool stale = false;
};

/// All decisions in force, by event.
std::vector<Decision> decisions_in_force(Store& store);

/// A decision to be taken.
struct NewDecision {
  std::int64_t row = 0;
  std::int64_t other_row = 0;
  bool match = false;
  std::string reason;
};

struct DecideFacts {
  std::uint64_t taken = 0;
  std::uint64_t replaced = 0;   ///< Of which there was another verdict, or a stale one, before.
  std::uint64_t unchanged = 0;  ///< In force already.
};

/// Takes all decisions in one transaction, or none. A later decision on a pair replaces the one
/// before. Throws Error(kRefused) if decisions would contradict each other, a line for each
/// contradiction with the chain of records and events that makes it; Error(kUsage) for a record
/// paired with itself or decided both ways at once.
DecideFacts take_decisions(Store& store, std::span<const NewDecision> decisions,
                           const RunInfo& run);

/// Withdraws the decision of `event` within the transaction of `ledger`.
void withdraw_decision(Store& store, std::int64_t event, LedgerWriter& ledger);

/// Takes back a decision in force, in one transaction: withdraws it, and where it had replaced
/// another on the pair, takes that one again as it was, stale if it was. Throws Error(kRefused) if
/// `event` is no decision in force.
void take_back(Store& store, std::int64_t event, const RunInfo& run);

/// Decisions as constraints on a table. rows: the store's row of each table row. A chain of matches
/// holds through records that are gone: what it binds stays bound.
RowDecisions constraints_for(std::span<const Decision> decisions,
                             std::span<const std::int64_t> rows);

/// Each contradiction among decisions, told with its chain; none: they agree.
std::vector<std::string> contradictions(Store& store, std::span<const Decision> decisions);

}  // namespace tessera
