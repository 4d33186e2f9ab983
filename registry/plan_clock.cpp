#include "registry/plan_clock.hpp"

#include <numeric>

#include "engine/expected_times.hpp"

namespace tessera {
namespace {

// Seconds a record, from `tessera apply` over a million generated records; the stages between are
// those of a job (engine/expected_times.hpp).
constexpr double kReadRecord = 1.5e-6;
constexpr double kCompareRecord = 0.3e-6;
constexpr double kIndexRecord = 2.5e-6;  // a learned model's references and the index of blocks
constexpr double kMintRecord = 3.0e-6;   // what came: identifiers, events, the records themselves

}  // namespace

PlanClock::PlanClock(Store& store, bool learn, const StageWatcher& watcher) : watcher_(watcher) {
  if (!watcher_) return;
  const std::int64_t pending = store.database().number("SELECT count(*) FROM pending");
  const auto records = static_cast<std::uint64_t>(store.number("live") + pending);
  const JobSpec& job = store.job();
  const std::array<double, kJobStages> job_s =
      expected_stage_s({.rows = records,
                        .attributes = job.attributes.size(),
                        .rules = job.rules.size(),
                        .comparisons = job.comparisons.size(),
                        .trains = learn,
                        .pairs = std::nullopt});
  const auto n = static_cast<double>(records);
  // clean, block, train, score and cluster
  const double resolve_s = std::reduce(job_s.begin() + 1, job_s.begin() + 6, 0.0);
  const double apply_s = n * kIndexRecord + static_cast<double>(pending) * kMintRecord;
  expected_s_ = {n * kReadRecord, resolve_s, n * kCompareRecord, apply_s};
}

void PlanClock::stage(PlanStage stage) {
  stage_ = stage;
  progress(0.0);
}

void PlanClock::progress(double share_done) const {
  constexpr const char* kNames[kStages] = {"read records", "resolve records",
                                           "compare with identities", "give identities"};
  if (!watcher_) return;
  const auto number = static_cast<unsigned>(stage_);
  watcher_({kNames[number], number + 1, kStages, share_done, expected_s_});
}

}  // namespace tessera
