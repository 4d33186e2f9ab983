#include "registry/plan_file.hpp"

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "registry/apply_groups.hpp"
#include "registry/plan_clock.hpp"

namespace tessera {
namespace {

constexpr const char* kFormat = "tessera-plan";
constexpr int kVersion = 1;

std::string digest_of(const Plan& plan, const GroupPlan& groups) {
  return groups.digest.empty() ? plan.digest : hex_text(sha256(plan.digest + groups.digest));
}

nlohmann::ordered_json families_json(const GroupPlan& groups) {
  const GroupChanges& facts = groups.facts;
  return {{"living", facts.groups},
          {"of_sources", facts.source_groups},
          {"new", facts.minted},
          {"changed", facts.changed},
          {"merged", facts.merged},
          {"split", facts.split},
          {"retired", facts.retired},
          {"restored", facts.restored},
          {"joined", facts.joined},
          {"left", facts.left},
          {"unknown_members", facts.unknown}};
}

}  // namespace

PlanTicket ticket_of(const Plan& plan, const GroupPlan& groups, bool learn) {
  return {plan.head.sequence, hex_text(plan.head.hash), digest_of(plan, groups), learn};
}

std::string plan_file_text(const Plan& plan, const GroupPlan& groups, const PlanTicket& ticket) {
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
                                       {"families", families_json(groups)},
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
  applied.groups = plan_groups(store, applied.plan, link);
  run.digest = digest_of(applied.plan, applied.groups);
  if (ticket != nullptr && run.digest != ticket->digest) {
    throw Error(ErrorCode::kRefused, store.path().string(),
                "the plan comes out otherwise than it did; it was made by another version of "
                "Tessera or under another config; plan again");
  }
  if (!applied.plan.nothing_to_do) {
    PlanClock(store, applied.plan.learned.has_value(), options.watcher).stage(PlanStage::kApply);
  }
  applied.events = apply_plan(store, applied.plan, run) + apply_groups(store, applied.groups, run);
  if (!applied.plan.nothing_to_do) store.commit(transaction);
  return applied;
}

}  // namespace tessera
