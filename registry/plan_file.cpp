#include "registry/plan_file.hpp"

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "registry/plan_clock.hpp"

namespace tessera {
namespace {

constexpr const char* kFormat = "tessera-plan";
constexpr int kVersion = 1;

}  // namespace

PlanTicket ticket_of(const Plan& plan, bool learn) {
  return {plan.head.sequence, hex_text(plan.head.hash), plan.digest, learn};
}

std::string plan_file_text(const Plan& plan, const PlanTicket& ticket) {
  const nlohmann::ordered_json json = {{"format", kFormat},
                                       {"version", kVersion},
                                       {"last_event", ticket.last_event},
                                       {"last_hash", ticket.last_hash},
                                       {"digest", ticket.digest},
                                       {"learn", ticket.learn},
                                       {"records", plan.records},
                                       {"pending", plan.pending},
                                       {"identities", plan.identities},
                                       {"new", plan.minted},
                                       {"changed", plan.changed},
                                       {"merged", plan.merged.size()},
                                       {"split", plan.split.size()},
                                       {"retired", plan.retired.size()},
                                       {"restored", plan.restored.size()},
                                       {"records_moved", plan.moves.size()},
                                       {"queue", plan.queue_size},
                                       {"queue_added", plan.queue_added.size()},
                                       {"queue_removed", plan.queue_removed.size()},
                                       {"new_model", plan.learned.has_value()},
                                       {"all_records_because", plan.all_because},
                                       {"records_read", plan.records_read},
                                       {"pairs_compared", plan.pairs_compared},
                                       {"pairs_not_compared", plan.pairs_not_compared}};
  return json.dump(2) + "\n";
}

PlanTicket read_plan_file(std::string_view text, const std::string& where) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  const auto refuse = [&](const std::string& why) {
    return Error(ErrorCode::kUsage, where, why + "; make one with `tessera plan -o FILE`");
  };
  if (!json.is_object() || json.value("format", "") != kFormat) throw refuse("is no plan");
  if (json.value("version", 0) != kVersion) throw refuse("is a plan of another Tessera");
  try {
    return {json.at("last_event").get<std::int64_t>(), json.at("last_hash").get<std::string>(),
            json.at("digest").get<std::string>(), json.at("learn").get<bool>()};
  } catch (const nlohmann::json::exception&) {
    throw refuse("lacks what a plan says");
  }
}

void check_ticket(Store& store, const PlanTicket& ticket) {
  const LedgerHead head = ledger_head(store.database());
  if (head.sequence == ticket.last_event && hex_text(head.hash) == ticket.last_hash) return;
  throw Error(ErrorCode::kRefused, store.path().string(),
              "has changed since the plan was made (event " + std::to_string(ticket.last_event) +
                  " then, " + std::to_string(head.sequence) + " now); plan again");
}

Applied apply_store(Store& store, const PlanOptions& options, const PlanTicket* ticket, RunInfo run,
                    const GroupLinker& link) {
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  if (ticket != nullptr) check_ticket(store, *ticket);
  Applied applied;
  applied.plan = make_plan(store, options);
  if (ticket != nullptr && applied.plan.digest != ticket->digest) {
    throw Error(ErrorCode::kRefused, store.path().string(),
                "the plan comes out otherwise than it did; it was made by another version of "
                "Tessera or under another config; plan again");
  }
  run.digest = applied.plan.digest;
  if (!applied.plan.nothing_to_do) {
    PlanClock(store, applied.plan.learned.has_value(), options.watcher).stage(PlanStage::kApply);
  }
  applied.events = apply_plan(store, applied.plan, run);
  if (link && !applied.plan.nothing_to_do) {
    applied.groups = apply_groups(store, link, run);
    applied.events += applied.groups.events;
  }
  if (!applied.plan.nothing_to_do) store.commit(transaction);
  return applied;
}

}  // namespace tessera
