// Trains the model on a job's own records: u from value counts and random pairs, m by EM sessions,
// the prior last.
#pragma once

#include <cstdint>
#include <span>

#include "blocking/blocks.hpp"
#include "data/table.hpp"
#include "engine/candidates.hpp"
#include "engine/job.hpp"
#include "engine/record_comparer.hpp"
#include "engine/share_watcher.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// A model with starting values of m (see start_m in train.cpp) and no u: names and levels as the
/// job has them.
Model untrained_model(std::span<const ComparisonSpec> comparisons);

/// Rules whose pairs training sees beside the job's: families of one place, and full namesakes. A
/// job's rules must be sharp where records are many and then make hardly any pair of a household or
/// of namesakes, whose shares among all pairs could not be learned; drawn pairs cost the same
/// however many there are. Empty where the job compares no family name.
std::vector<BlockingRule> training_rules(const JobSpec& job, const Table& table);

/// Trains. One EM session per blocking rule, on the rule's own pairs, holding fixed the comparisons
/// of the rule's attributes; u and the prior are re-estimated between rounds, since random pairs
/// hold matches. Deterministic. Cost: at most 65,536 pairs a rule compared, then EM on their
/// patterns.
/// `walked` holds the comparer's columns (compared_columns) and at least the job's rules, first.
/// `watcher`: told how much is done.
Model train_model(const WalkedTable& walked, const JobSpec& job, const RecordComparer& comparer,
                  const ShareWatcher& watcher = {});

/// The pair space of a job.
PairSpace job_space(const Table& table, const JobSpec& job);

}  // namespace tessera
