#include "registry/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "data/error.hpp"
#include "registry/decisions.hpp"
#include "registry/increment.hpp"
#include "registry/plan_clock.hpp"
#include "registry/plan_identities.hpp"
#include "registry/plan_queue.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

std::string digest_of(const Plan& plan) {
  std::string text(byte_view(plan.head.hash));
  const auto add = [&](std::int64_t number) {
    const fmt::format_int digits(number);
    text.append(digits.data(), digits.size()).push_back(',');
  };
  for (const RecordMove& move : plan.moves) {
    for (const std::int64_t number : {move.row, move.from, move.to}) add(number);
  }
  text += "|";
  for (const std::vector<QueueItem>* items : {&plan.queue_added, &plan.queue_removed}) {
    for (const QueueItem& item : *items) {
      add(item.row);
      add(item.other_row);
      add(static_cast<std::int64_t>(item.reason));
    }
    text += "|";
  }
  if (plan.learned) {
    text += model_json(plan.learned->model) + encode_references(plan.learned->references);
  }
  return hex_text(sha256(text));
}

}  // namespace

std::string_view queue_reason_name(QueueReason reason) {
  switch (reason) {
    case QueueReason::kBand:
      return "band";
    case QueueReason::kWeakBridge:
      return "weak bridge";
    case QueueReason::kConflict:
      return "conflict";
    case QueueReason::kOversized:
      return "oversized identity";
  }
  return "unknown";
}

std::int64_t nickname_digest(const JobSpec& job) {
  if (job.nickname_file.empty()) return 0;
  std::ifstream file(job.nickname_file, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw Error(ErrorCode::kUsage, job.nickname_file.string(),
                "the registry's nicknames cannot be read; put the file back, or give another job "
                "to `tessera registry learn --config`");
  }
  return static_cast<std::int64_t>(hash_bytes(text.str()));
}

bool is_dirty(Store& store) {
  Database& database = store.database();
  return database.number("SELECT count(*) FROM (SELECT 1 FROM pending LIMIT 1)") > 0 ||
         database.number("SELECT count(*) FROM meta WHERE key = 'job'") > 0 ||
         database.number("SELECT value FROM meta WHERE key = 'resolved_event'") !=
             ledger_head(database).sequence;
}

namespace {

// Records that are live now: those at the last apply, and what pending ones make of it.
std::uint64_t live_records(Store& store) {
  return static_cast<std::uint64_t>(
      store.number("live") +
      store.database().number("SELECT coalesce(sum((r.live = 1 AND r.entity IS NULL) -"
                              " (r.live = 0 AND r.entity IS NOT NULL)), 0)"
                              " FROM pending p CROSS JOIN record r ON r.row = p.row"));
}

// What the resolution of `records` makes of the store.
void plan_outcome(Store& store, const StoredRecords& records, const Resolution& resolution,
                  const std::optional<Increment>& increment, std::span<const Decision> decisions,
                  Plan& plan) {
  const NumberedClusters clusters = number_clusters(resolution.clusters);
  plan_identities(store, records, resolution, clusters, constraints_for(decisions, records.rows),
                  plan);
  plan_queue(store, queue_of(resolution, store.job(), records, clusters, decisions), increment,
             decisions, plan);
  plan.pairs_compared += resolution.pairs_compared;
  for (const UncomparedPairs& lost : resolution.not_compared) {
    plan.pairs_not_compared += lost.pairs;
  }
}

void plan_increment(Store& store, const PinnedModel& pinned, Increment found,
                    const PlanOptions& options, Plan& plan) {
  plan.records = live_records(store);
  plan.records_read = found.records_read + found.touched.size();
  plan.pairs_compared = found.pairs_compared;
  StoredRecords records = read_records(store, found.touched);
  const std::vector<Decision> decisions = decisions_in_force(store);
  Resolution resolution;
  resolution.table.sources = records.table.sources;
  if (!records.rows.empty()) {
    resolution = resolve_records(std::move(records.table), store.job(), options.limits,
                                 {&pinned.model, &pinned.references},
                                 constraints_for(decisions, records.rows));
  }
  plan.postings = std::move(found.postings);
  const std::optional<Increment> increment = std::move(found);
  plan_outcome(store, records, resolution, increment, decisions, plan);
  plan.pairs_not_compared = 0;  // of a few records it says nothing of the store
  plan.identities = static_cast<std::uint64_t>(store.number("living")) + plan.minted +
                    plan.restored.size() - plan.merged.size() - plan.retired.size();
}

void plan_all(Store& store, const std::optional<PinnedModel>& pinned, bool learn,
              const PlanOptions& options, Plan& plan) {
  PlanClock clock(store, learn, options.watcher);
  clock.stage(PlanStage::kRead);
  StoredRecords records = read_records(store);
  plan.records = records.rows.size();
  plan.records_read = records.rows.size();
  if (learn && records.rows.empty()) {
    throw Error(ErrorCode::kUsage, store.path().string(),
                "holds no records to learn a model from; load some with `tessera registry load`");
  }
  const std::optional<Model> given = store.given_model();
  Knowledge knowledge;
  if (learn) {
    knowledge.model = given ? &*given : nullptr;
  } else {
    knowledge = {&pinned->model, &pinned->references};
  }
  const std::vector<Decision> decisions = decisions_in_force(store);
  clock.stage(PlanStage::kResolve);
  ShareWatcher share;
  if (options.watcher) share = [&](double share_done) { clock.progress(share_done); };
  Resolution resolution =
      resolve_records(std::move(records.table), store.job(), options.limits, knowledge,
                      constraints_for(decisions, records.rows), share);
  clock.stage(PlanStage::kCompare);
  plan_outcome(store, records, resolution, std::nullopt, decisions, plan);
  plan.identities = resolution.clusters.clusters;
  if (learn) plan.learned = {std::move(resolution.model), std::move(resolution.references)};
  plan.table = std::move(resolution.table);
  plan.rows = std::move(records.rows);
}

}  // namespace

Plan make_plan(Store& store, const PlanOptions& options) {
  Plan plan;
  plan.head = ledger_head(store.database());
  if (!options.learn && !options.all && !is_dirty(store)) {
    plan.nothing_to_do = true;
    plan.digest = digest_of(plan);
    return plan;
  }
  plan.pending =
      static_cast<std::uint64_t>(store.database().number("SELECT count(*) FROM pending"));
  const std::optional<PinnedModel> pinned = store.pinned_model();
  const bool new_job = store.database().number("SELECT count(*) FROM meta WHERE key = 'job'") > 0;
  const bool learn = options.learn || !pinned || new_job;
  const std::int64_t nicknames = store.number("nicknames");
  if (!learn && nicknames != 0 && nicknames != nickname_digest(store.job())) {
    throw Error(ErrorCode::kRefused, store.job().nickname_file.string(),
                "has changed since the model was learned, and weights would no longer be those of "
                "before; put it back, or learn with it: `tessera registry learn`");
  }
  plan.all_because = learn         ? "a model is learned"
                     : options.all ? "that was asked for"
                                   : why_all(store, pinned);
  if (plan.all_because.empty()) {
    if (std::optional<Increment> found = find_increment(store, *pinned, options.limits)) {
      plan_increment(store, *pinned, std::move(*found), options, plan);
    } else {
      plan.all_because = "most records hang together with what changed";
    }
  }
  if (!plan.all_because.empty()) plan_all(store, pinned, learn, options, plan);
  plan.digest = digest_of(plan);
  return plan;
}

}  // namespace tessera
