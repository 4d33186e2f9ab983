#include "engine/pipeline.hpp"

#include <sys/resource.h>
#include <tbb/parallel_invoke.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "data/derive.hpp"
#include "data/error.hpp"
#include "data/free_memory.hpp"
#include "data/read.hpp"
#include "engine/cluster_records.hpp"
#include "engine/cold_columns.hpp"
#include "engine/expected_quality.hpp"
#include "engine/expected_times.hpp"
#include "engine/explain.hpp"
#include "engine/index_rule.hpp"
#include "engine/job_aids.hpp"
#include "engine/measure_result.hpp"
#include "engine/memory_plan.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/score_pairs.hpp"
#include "engine/stage_clock.hpp"
#include "engine/thread_limit.hpp"
#include "engine/train.hpp"

namespace tessera {
namespace {

struct Prepared {
  CleanTable clean;
  std::unique_ptr<ColdColumns> cold;  // of the table, if memory is short
  std::vector<Reject> rejects;
  Blocking blocking;
};

JobWork work_of(const JobSpec& job, std::uint64_t rows, bool trains) {
  return {.rows = rows,
          .attributes = job.attributes.size(),
          .rules = job.rules.size(),
          .comparisons = job.comparisons.size(),
          .trains = trains,
          .pairs = std::nullopt};
}

// Steps 1 and 2: read, clean.
Prepared read_and_clean(const JobSpec& job, StageClock& clock) {
  Prepared prepared;
  RawTable raw = clock.stage(
      "read", [&] { return read_sources(job.sources, job.attributes, {job.max_rejected_share}); });
  prepared.rejects = std::move(raw.rejects);
  prepared.clean = clock.stage("clean", [&] {
    return clean_table(std::move(raw), job.attributes, job.sources, {job.today, {}});
  });
  append_derived(job.derived, prepared.clean.table);
  return prepared;
}

// Steps 1 to 3: read, clean, block.
Prepared prepare(const JobSpec& job, const RunLimits& limits, bool trains, StageClock& clock) {
  refuse_if_too_small(job.sources, limits);
  clock.expect(expected_stage_s(work_of(job, rows_by_size(job.sources), trains)));
  Prepared prepared = read_and_clean(job, clock);
  clock.expect(expected_stage_s(work_of(job, prepared.clean.table.size(), trains)));
  if (must_spill(plan_memory(prepared.clean.table, job), limits)) {
    prepared.cold = std::make_unique<ColdColumns>(prepared.clean.table, limits.spill_folder);
    release_free_memory();
  }
  prepared.blocking = clock.stage("block", [&] {
    return block_rows(prepared.clean.table, job.rules, {job.max_block_records});
  });
  if (limits.memory_bytes != 0) release_free_memory();
  return prepared;
}

// Now that blocks are known, how long the stages after blocking should take. Returns the pairs of
// each rule.
std::vector<std::uint64_t> expect_pairs(const JobSpec& job, const Prepared& prepared, bool trains,
                                        StageClock& clock) {
  if (!clock.is_watched()) return {};
  std::vector<std::uint64_t> pairs = pairs_in_blocks(prepared.blocking);
  JobWork work = work_of(job, prepared.clean.table.size(), trains);
  work.pairs = std::reduce(pairs.begin(), pairs.end(), std::uint64_t{0});
  clock.expect(expected_stage_s(work));
  return pairs;
}

// Tells what training says of itself as a share of its stage.
ShareWatcher trained_share(const JobSpec& job, Row rows, StageClock& clock) {
  return [&clock, work = work_of(job, rows, true)](double share) {
    clock.progress(train_stage_share(work, share));
  };
}

RunFacts start_facts(const JobSpec& job, const RunLimits& limits, const Prepared& prepared) {
  RunFacts facts;
  facts.version = TESSERA_VERSION;
  facts.seed = job.seed;
  facts.link_type = job.link_type;
  facts.link_threshold_bits = job.link_threshold.bits();
  facts.review_threshold_bits = job.review_threshold.bits();
  facts.sources = prepared.clean.table.sources;
  facts.cleaning = prepared.clean.facts;
  facts.records_in_no_block = prepared.blocking.rows_in_no_block;
  for (const UncomparedPairs& lost : prepared.blocking.not_compared) {
    facts.not_compared.push_back({lost.reason, lost.rule, lost.blocks, 0, lost.pairs});
  }
  facts.machine.threads = thread_count(limits);
  facts.machine.memory_limit_bytes = limits.memory_bytes;
  facts.machine.spilled_bytes = prepared.cold ? prepared.cold->size_bytes() : 0;
  return facts;
}

void add_rule_facts(const JobSpec& job, const Blocking& blocking, const ScoredPairs& scored,
                    RunFacts& facts) {
  for (std::size_t r = 0; r < job.rules.size(); ++r) {
    RuleFacts rule;
    rule.rule = job.rules[r].text;
    rule.blocks = blocking.rules[r].blocks;
    rule.largest_block = blocking.rules[r].largest_block;
    rule.blocks_split = blocking.rules[r].blocks_split;
    rule.records_without = blocking.rules[r].rows_without_key;
    rule.pairs = scored.pairs_of_rule[r];
    facts.rules.push_back(std::move(rule));
  }
  facts.pairs_compared = scored.pairs_compared;
}

// Compares the pairs of the index rule as well: a walk of its own, for the model is trained before.
void score_indexed(const JobSpec& job, const Blocking& exact, const PairSpace& space,
                   const PairWeigher& weigher, double keep_bits, const Table& table,
                   ScoredPairs& scored, RunFacts& facts) {
  IndexedPairs found = find_indexed_pairs(table, job, *job.index_rule, exact, space);
  RuleFacts rule;
  rule.rule = job.index_rule->text;
  rule.blocks = found.blocks.blocks;
  rule.largest_block = found.blocks.largest_block;
  rule.records_without = found.blocks.rows_without_key;
  Blocking blocking;
  blocking.rules.push_back(std::move(found.blocks));
  const WalkedTable walked(table, blocking, space, compared_columns(weigher.comparer()));
  ScoredPairs more = score_pairs(walked, weigher, {.keep_bits = keep_bits});
  rule.pairs = more.pairs_compared;
  facts.rules.push_back(std::move(rule));
  facts.pairs_compared += more.pairs_compared;
  facts.index_looked_up = found.looked_up;
  facts.index_not_complete = found.not_complete;
  const auto middle = static_cast<std::ptrdiff_t>(scored.links.size());
  for (Link& link : more.links) {
    link.rule = static_cast<std::uint16_t>(job.rules.size());
    scored.links.push_back(link);
  }
  std::inplace_merge(scored.links.begin(), scored.links.begin() + middle, scored.links.end(),
                     by_ends);
}

void add_outcome(const LinkResult& result, double link_bits, RunFacts& facts) {
  for (const Link& link : result.links) {
    ++(link.weight_bits >= link_bits ? facts.links : facts.review_pairs);
    if (link.rule == kClosureRule) ++facts.closure_links;
  }
  facts.components = result.clusters.components;
  facts.components_split = result.clusters.components_split;
  facts.links_cut = result.clusters.links_cut;
  facts.entities = result.clusters.clusters;
  facts.largest_entity = result.clusters.largest;
  facts.warnings = result.model.warnings;
}

// Counts what the report draws, and takes some pairs as examples.
void look_over(const JobSpec& job, const PairWeigher& weigher, const PairSpace& space,
               LinkResult& result) {
  const double link_bits = job.link_threshold.bits();
  ResultFacts facts;
  ResultFacts::Quality quality;
  tbb::parallel_invoke(
      [&] {
        quality = expected_quality({job, result.table, result.model, result.links});
      },
      [&] {  // the longest last: this thread begins with it
        facts = measure_result({.table = result.table,
                                .attributes = job.attributes.size(),
                                .links = result.links,
                                .clusters = result.clusters,
                                .space = space,
                                .weigher = weigher,
                                .link_bits = link_bits});
      });
  result.facts.result = std::move(facts);
  std::string warning = quality_warning(quality);
  if (!warning.empty()) result.facts.warnings.push_back(std::move(warning));
  result.facts.result.quality = std::move(quality);
  for (const std::size_t i : sample_links(result.links, link_bits)) {
    result.samples.push_back(explain_evidence(
        {job, result.table, result.model, weigher, space, result.clusters.label, {}, {}},
        result.links[i].left, result.links[i].right));
  }
}

void finish_clock(const StageClock& clock, RunFacts& facts) {
  facts.machine.stages = clock.times();
  facts.machine.elapsed_s = clock.elapsed_s();
  facts.machine.peak_memory_bytes = peak_memory_bytes();
}

}  // namespace

std::uint64_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

LinkResult run_link(const JobSpec& job, const RunLimits& limits, const std::optional<Model>& model,
                    const StageWatcher& watcher) {
  const ThreadLimit threads(limits);
  StageClock clock(kJobStages, watcher);
  const double link_bits = job.link_threshold.bits();
  const double keep_bits = std::min(link_bits, job.review_threshold.bits());
  const NicknameTable nicknames = job_nicknames(job);
  if (model) check_model_fits(*model, job);

  Prepared prepared = prepare(job, limits, !model, clock);
  const std::vector<std::uint64_t> pairs = expect_pairs(job, prepared, !model, clock);
  const double all_pairs = static_cast<double>(std::reduce(pairs.begin(), pairs.end(), 1UL));
  LinkResult result;
  result.facts = start_facts(job, limits, prepared);
  result.table = std::move(prepared.clean.table);
  result.rejects = std::move(prepared.rejects);
  const Table& table = result.table;
  const PairSpace space = job_space(table, job);
  result.facts.pairs_possible = possible_pairs(space);

  const RecordComparer comparer(table, job.comparisons, nicknames);
  std::optional<WalkedTable> walked;
  Blocking exact;  // what the rules made, for the index rule to add to
  if (job.index_rule) exact = prepared.blocking;
  result.model = clock.stage("train", [&] {
    if (!model) add_training_blocks(table, job, {job.max_block_records}, prepared.blocking);
    walked.emplace(table, std::move(prepared.blocking), space, compared_columns(comparer));
    if (prepared.cold) walked->drop_numbers();  // memory is short
    if (model) return *model;
    Model trained = train_model(*walked, job, comparer, trained_share(job, table.size(), clock));
    walked->keep_rules(job.rules.size());
    return trained;
  });
  const PairWeigher weigher(result.model, table, comparer);
  ScoredPairs scored;
  clock.stage("score", [&] {
    double done = 0.0;
    const auto rule_scored = [&](std::size_t rule) {
      if (rule < pairs.size())
        clock.progress((done += static_cast<double>(pairs[rule])) / all_pairs);
    };
    scored = score_pairs(*walked, weigher, {.keep_bits = keep_bits, .rule_scored = rule_scored});
    add_rule_facts(job, walked->blocking(), scored, result.facts);
    walked.reset();
    if (job.index_rule) {
      score_indexed(job, exact, space, weigher, keep_bits, table, scored, result.facts);
    }
  });
  exact = {};
  clock.stage("cluster", [&] {
    ClusteredRecords clustered =
        cluster_records(std::move(scored.links), constraints_of(table),
                        {job, table, result.model, space, weigher, keep_bits});
    result.links = std::move(clustered.links);
    result.clusters = std::move(clustered.clusters);
    result.facts.pairs_compared += clustered.pairs_compared;
    result.facts.twins_apart = clustered.twins_apart;
  });
  clock.stage("merge", [&] {
    result.golden = merge_clusters(table, result.clusters, job.attributes);
    if (prepared.cold) prepared.cold->restore(result.table);
  });
  add_outcome(result, link_bits, result.facts);
  clock.stage("measure", [&] { look_over(job, weigher, space, result); });
  finish_clock(clock, result.facts);
  return result;
}

Table read_job_records(const JobSpec& job, const RunLimits& limits) {
  return std::move(read_job_table(job, limits).table);
}

CleanTable read_job_table(const JobSpec& job, const RunLimits& limits) {
  const ThreadLimit threads(limits);
  const StageWatcher silent;
  StageClock clock(2, silent);
  return std::move(read_and_clean(job, clock).clean);
}

Blocking block_job(const JobSpec& job, const RunLimits& limits) {
  const ThreadLimit threads(limits);
  const StageWatcher silent;
  StageClock clock(3, silent);
  Prepared prepared = prepare(job, limits, false, clock);
  if (job.index_rule) {
    const Table& table = prepared.clean.table;
    prepared.blocking.rules.push_back(
        find_indexed_pairs(table, job, *job.index_rule, prepared.blocking, job_space(table, job))
            .blocks);
  }
  return std::move(prepared.blocking);
}

TrainResult run_train(const JobSpec& job, const RunLimits& limits, const StageWatcher& watcher) {
  const ThreadLimit threads(limits);
  StageClock clock(4, watcher);
  const NicknameTable nicknames = job_nicknames(job);
  Prepared prepared = prepare(job, limits, true, clock);
  const Table& table = prepared.clean.table;
  const PairSpace space = job_space(table, job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  TrainResult result;
  result.facts = start_facts(job, limits, prepared);
  result.facts.pairs_possible = possible_pairs(space);
  result.model = clock.stage("train", [&] {
    add_training_blocks(table, job, {job.max_block_records}, prepared.blocking);
    return train_model({table, std::move(prepared.blocking), space, compared_columns(comparer)},
                       job, comparer, trained_share(job, table.size(), clock));
  });
  result.facts.warnings = result.model.warnings;
  finish_clock(clock, result.facts);
  return result;
}

}  // namespace tessera
