#include "engine/resolve.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "data/clean.hpp"
#include "data/derive.hpp"
#include "engine/cluster_records.hpp"
#include "engine/expected_times.hpp"
#include "engine/job_aids.hpp"
#include "engine/memory_plan.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/score_pairs.hpp"
#include "engine/thread_limit.hpp"
#include "engine/train.hpp"

namespace tessera {
namespace {

/// Says what share is done of the stages clean, block, train, score and cluster.
class Shares {
 public:
  Shares(const JobSpec& job, const Knowledge& knowledge, Row rows, const ShareWatcher& watcher)
      : watcher_(watcher),
        work_{.rows = rows,
              .attributes = job.attributes.size(),
              .rules = job.rules.size(),
              .comparisons = job.comparisons.size(),
              .trains = knowledge.model == nullptr,
              .pairs = std::nullopt} {
    expected_s_ = expected_stage_s(work_);
  }

  // Now that blocks are known: how long the other stages should take.
  void expect(const Blocking& blocking) {
    if (!watcher_) return;
    pairs_ = pairs_in_blocks(blocking);
    work_.pairs = std::reduce(pairs_.begin(), pairs_.end(), std::uint64_t{0});
    expected_s_ = expected_stage_s(work_);
  }

  void stage_done() { tell(++stages_, 0.0); }

  // Of training itself, which is the last part of its stage.
  void trained(double share) { tell(stages_, train_stage_share(work_, share)); }

  // Of the stage of scoring.
  void rule_scored(std::size_t rule) {
    if (rule >= pairs_.size() || *work_.pairs == 0) return;
    scored_ += static_cast<double>(pairs_[rule]) / static_cast<double>(*work_.pairs);
    tell(stages_, scored_);
  }

 private:
  static constexpr std::size_t kFirst = 1;  // of expected_stage_s: what comes before is read
  static constexpr std::size_t kStages = 5;

  void tell(std::size_t stages, double of_next) const {
    if (!watcher_) return;
    double done = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < kStages; ++i) {
      const double expected = expected_s_[kFirst + i];
      all += expected;
      done += i < stages ? expected : i == stages ? expected * of_next : 0.0;
    }
    watcher_(all > 0.0 ? std::min(1.0, done / all) : 0.0);
  }

  const ShareWatcher& watcher_;
  JobWork work_;
  std::array<double, kJobStages> expected_s_{};
  std::vector<std::uint64_t> pairs_;  // within blocks, by rule
  std::size_t stages_ = 0;            // done
  double scored_ = 0.0;
};

// Trains on the job's blocks and on those for training alone.
Model train_on(const Table& table, const JobSpec& job, Blocking blocking,
               const BlockingOptions& options, const RecordComparer& comparer,
               const ShareWatcher& watcher) {
  add_training_blocks(table, job, options, blocking);
  const PairSpace space = job_space(table, job);
  return train_model({table, std::move(blocking), space, compared_columns(comparer)}, job, comparer,
                     watcher);
}

ClusterConstraints constraints_of(const Table& table, const RowDecisions& decisions) {
  ClusterConstraints constraints = constraints_of(table);
  constraints.cannot_links = decisions.cannot_links;
  constraints.must_links = decisions.must_links;
  return constraints;
}

void link_and_cluster(const JobSpec& job, Blocking blocking, const RecordComparer& comparer,
                      const RowDecisions& decisions, Shares& shares, Resolution& resolution) {
  const Table& table = resolution.table;
  const double link_bits = job.link_threshold.bits();
  const double keep_bits = std::min(link_bits, job.review_threshold.bits());
  const PairSpace space = job_space(table, job);
  const PairWeigher weigher(resolution.model, table, comparer);
  const WalkedTable walked(table, std::move(blocking), space, compared_columns(comparer));
  const auto rule_scored = [&](std::size_t rule) { shares.rule_scored(rule); };
  ScoredPairs scored =
      score_pairs(walked, weigher, {.keep_bits = keep_bits, .rule_scored = rule_scored});
  shares.stage_done();
  ClusteredRecords clustered =
      cluster_records(std::move(scored.links), constraints_of(table, decisions),
                      {job, table, resolution.model, space, weigher, keep_bits});
  resolution.links = std::move(clustered.links);
  resolution.clusters = std::move(clustered.clusters);
  resolution.pairs_compared = scored.pairs_compared + clustered.pairs_compared;
}

}  // namespace

Table clean_records(RawTable raw, const JobSpec& job, const References& references) {
  CleanOptions options{job.today, references.cleaning};
  Table table = clean_table(std::move(raw), job.attributes, job.sources, options).table;
  append_derived(job.derived, table);
  set_frequencies(table, references.frequencies);
  return table;
}

Resolution resolve_records(RawTable raw, const JobSpec& job, const RunLimits& limits,
                           const Knowledge& knowledge, const RowDecisions& decisions,
                           const ShareWatcher& watcher) {
  const ThreadLimit threads(limits);
  const References* known = knowledge.references;
  if (knowledge.model != nullptr) check_model_fits(*knowledge.model, job);
  Shares shares(job, knowledge, static_cast<Row>(raw.row_source.size()), watcher);
  CleanOptions cleaning{job.today, {}};
  if (known != nullptr) cleaning.known = known->cleaning;
  CleanTable clean = clean_table(std::move(raw), job.attributes, job.sources, cleaning);
  append_derived(job.derived, clean.table);
  shares.stage_done();
  refuse_if_too_small(plan_memory(clean.table, job), limits);

  Resolution resolution;
  resolution.table = std::move(clean.table);
  Table& table = resolution.table;
  if (known != nullptr) set_frequencies(table, known->frequencies);
  const BlockingOptions learning{.max_block_records = job.max_block_records,
                                 .numbers = KeyNumbers::kByText};
  BlockingOptions options = learning;
  if (known != nullptr) options.splits = &known->splits;
  Blocking blocking = block_rows(table, job.rules, options);
  shares.stage_done();
  shares.expect(blocking);
  const NicknameTable nicknames = job_nicknames(job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  resolution.model = knowledge.model != nullptr
                         ? *knowledge.model
                         : train_on(table, job, blocking, learning, comparer,
                                    [&](double share) { shares.trained(share); });
  resolution.references =
      known != nullptr
          ? *known
          : References{std::move(clean.knowledge),
                       learn_frequencies(table, resolution.model, compared_columns(job)),
                       blocking.splits};
  shares.stage_done();
  resolution.not_compared = blocking.not_compared;
  for (const RuleBlocks& rule : blocking.rules) {
    resolution.largest_block = std::max(resolution.largest_block, rule.largest_block);
  }
  link_and_cluster(job, std::move(blocking), comparer, decisions, shares, resolution);
  shares.stage_done();
  return resolution;
}

}  // namespace tessera
