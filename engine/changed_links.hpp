// The links of a few records with others: what an increment to a registry asks.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "blocking/row_keys.hpp"
#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/references.hpp"
#include "engine/score_pairs.hpp"
#include "scoring/model.hpp"

namespace tessera {

using RowPair = std::pair<Row, Row>;

/// Adds the pairs of rows, left < right, that have a name in common (names: RuleNames::of, of one
/// rule). Cost: sorts the names.
void add_pairs_of_names(std::vector<RowKey> names, std::vector<RowPair>& pairs);

/// Weighs the pairs of each star's first row with its others: links at or over the review
/// threshold, sorted; the rule is not said (0). REQUIRES: no pair stands in two stars. `table`: as
/// clean_records makes it. Deterministic at any thread count. Cost: under 1 µs a pair. Throws
/// Error(kUsage) when the model's comparisons are not the job's.
ScoredPairs link_stars(const Table& table, const Stars& stars, const JobSpec& job,
                       const RunLimits& limits, const Model& model);

/// Whether each pair of rows shares a block under some rule of the job. Cost: the names of all
/// blocks of the table.
std::vector<bool> share_blocks(const Table& table, std::span<const RowPair> pairs,
                               const JobSpec& job, const References& references);

}  // namespace tessera
