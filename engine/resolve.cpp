#include "engine/resolve.hpp"

#include <tbb/global_control.h>

#include <algorithm>

#include "data/clean.hpp"
#include "data/derive.hpp"
#include "engine/close_links.hpp"
#include "engine/job_aids.hpp"
#include "engine/memory_plan.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/score_pairs.hpp"
#include "engine/train.hpp"
#include "engine/twins.hpp"

namespace tessera {
namespace {

// Trains on the job's blocks and on those for training alone.
Model train_on(const Table& table, const JobSpec& job, Blocking blocking,
               const BlockingOptions& options, const RecordComparer& comparer) {
  add_training_blocks(table, job, options, blocking);
  const PairSpace space = job_space(table, job);
  return train_model({table, std::move(blocking), space, compared_columns(comparer)}, job,
                     comparer);
}

ClusterConstraints constraints_of(const Table& table, const RowDecisions& decisions) {
  ClusterConstraints constraints = constraints_of(table);
  constraints.cannot_links = decisions.cannot_links;
  constraints.must_links = decisions.must_links;
  return constraints;
}

void link_and_cluster(const JobSpec& job, Blocking blocking, const RecordComparer& comparer,
                      const RowDecisions& decisions, Resolution& resolution) {
  const Table& table = resolution.table;
  const double link_bits = job.link_threshold.bits();
  const double keep_bits = std::min(link_bits, job.review_threshold.bits());
  const PairSpace space = job_space(table, job);
  const PairWeigher weigher(resolution.model, table, comparer);
  const WalkedTable walked(table, std::move(blocking), space, compared_columns(comparer));
  ScoredPairs scored = score_pairs(walked, weigher, {.keep_bits = keep_bits});
  Closure closure = close_links(std::move(scored.links), table, space, weigher,
                                {.link_bits = link_bits, .keep_bits = keep_bits});
  resolution.links = std::move(closure.links);
  resolution.pairs_compared = scored.pairs_compared + closure.pairs_compared;
  ClusterConstraints constraints = constraints_of(table, decisions);
  const auto twins = find_twins(TwinSigns(table, job, resolution.model, comparer), resolution.links,
                                link_bits, constraints.must_links, table.size());
  constraints.cannot_links.insert(constraints.cannot_links.end(), twins.begin(), twins.end());
  resolution.clusters = cluster_links(resolution.links, constraints, {.link_bits = link_bits},
                                      [&](Row a, Row b) { return weigher.weight_bits(a, b); });
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
                           const Knowledge& knowledge, const RowDecisions& decisions) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    thread_count(limits));
  const References* known = knowledge.references;
  if (knowledge.model != nullptr) check_model_fits(*knowledge.model, job);
  CleanOptions cleaning{job.today, {}};
  if (known != nullptr) cleaning.known = known->cleaning;
  CleanTable clean = clean_table(std::move(raw), job.attributes, job.sources, cleaning);
  append_derived(job.derived, clean.table);
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
  const NicknameTable nicknames = job_nicknames(job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  resolution.model = knowledge.model != nullptr
                         ? *knowledge.model
                         : train_on(table, job, blocking, learning, comparer);
  resolution.references =
      known != nullptr
          ? *known
          : References{std::move(clean.knowledge),
                       learn_frequencies(table, resolution.model, compared_columns(job)),
                       blocking.splits};
  resolution.not_compared = blocking.not_compared;
  for (const RuleBlocks& rule : blocking.rules) {
    resolution.largest_block = std::max(resolution.largest_block, rule.largest_block);
  }
  link_and_cluster(job, std::move(blocking), comparer, decisions, resolution);
  return resolution;
}

}  // namespace tessera
