// A plan as a file: enough to apply exactly what was shown, or to refuse.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "registry/plan.hpp"
#include "registry/plan_groups.hpp"

namespace tessera {

/// What a plan's file says: the state that it starts from and the digest of all it would do.
/// Working the plan out again from that state gives the same digest, for resolving is
/// deterministic.
struct PlanTicket {
  std::int64_t last_event = 0;
  std::string last_hash;  ///< 64 hex digits
  std::string digest;     ///< 64 hex digits
  bool learn = false;     ///< PlanOptions::learn

  friend bool operator==(const PlanTicket&, const PlanTicket&) = default;
};

/// The digest is the plan's own where there are no groups.
PlanTicket ticket_of(const Plan& plan, const GroupPlan& groups, bool learn);

/// JSON: the ticket, and the counts of persons and families for whoever reads it. Holds no field's
/// value.
std::string plan_file_text(const Plan& plan, const GroupPlan& groups, const PlanTicket& ticket);

/// Reads plan_file_text. Throws Error(kUsage) if it is no plan.
PlanTicket read_plan_file(std::string_view text, const std::string& where);

/// Throws Error(kRefused) if the store is not in the state that the ticket starts from: something
/// was loaded, decided or applied since.
void check_ticket(Store& store, const PlanTicket& ticket);

/// Plans and applies in one transaction. With a ticket: exactly what it was given for, else
/// Error(kRefused). Returns the plan; `events` are those written. With a linker, the groups follow;
/// without, they stay as they are until an `apply` that has one.
struct Applied {
  Plan plan;
  GroupPlan groups;
  std::uint64_t events = 0;
};
Applied apply_store(Store& store, const PlanOptions& options, const PlanTicket* ticket, RunInfo run,
                    const GroupLinker& link = {});

}  // namespace tessera
