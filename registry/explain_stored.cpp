#include "registry/explain_stored.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "blocking/block_names.hpp"
#include "data/error.hpp"
#include "engine/candidates.hpp"
#include "engine/explain.hpp"
#include "engine/explain_blocking.hpp"
#include "engine/job_aids.hpp"
#include "engine/resolve.hpp"
#include "engine/train.hpp"
#include "registry/component_rows.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

Row place_of(const StoredRecords& records, Store& store, std::int64_t row) {
  const auto found = std::find(records.rows.begin(), records.rows.end(), row);
  if (found == records.rows.end()) {
    throw Error(ErrorCode::kUsage, record_name(store, row),
                "is gone from its source; `tessera log` tells what happened to it");
  }
  return static_cast<Row>(found - records.rows.begin());
}

std::vector<Row> labels_of(const StoredRecords& records) {
  std::map<std::int64_t, Row> first;
  std::vector<Row> labels;
  for (Row row = 0; row < records.entity.size(); ++row) {
    const std::int64_t entity = records.entity[row];
    labels.push_back(entity == 0 ? kNoLabel : first.emplace(entity, row).first->second);
  }
  return labels;
}

// Whether the two share a block as blocks are split in the store, whose records the table lacks.
void correct_blocking(const JobSpec& job, const Table& table, const References& references,
                      std::pair<Row, Row> rows, bool kept, ExplainedBlocking& blocking) {
  blocking.found_by.clear();
  for_each_rule_names(
      table, job.rules, references.splits, [&](std::size_t rule, const std::vector<RowKey>& names) {
        std::set<std::uint64_t> of_left;
        for (const RowKey& name : names) {
          if (name.row == rows.first) of_left.insert(name.key);
        }
        ExplainedRule& of = blocking.rules[rule];
        of.shares_block = std::any_of(names.begin(), names.end(), [&](const RowKey& name) {
          return name.row == rows.second && of_left.contains(name.key);
        });
        if (of.shares_block && blocking.found_by.empty()) blocking.found_by = of.rule;
      });
  if (blocking.found_by.empty() && kept) blocking.found_by = kClosureRuleText;
}

// The keys that would find the pair, with the records of the whole store that have each.
std::vector<AgreeingKey> keys_in_store(Store& store, const References& references,
                                       std::pair<std::int64_t, std::int64_t> rows) {
  StoredRecords records = read_records(store);
  const Row left = place_of(records, store, rows.first);
  const Row right = place_of(records, store, rows.second);
  const Table table = clean_records(std::move(records.table), store.job(), references);
  return explain_blocking(store.job(), table, left, right, false).would_find;
}

// Decisions among the two and the records that matches bind to them.
std::vector<std::string> decisions_on(Store& store, std::span<const Decision> decisions,
                                      std::pair<std::int64_t, std::int64_t> rows) {
  std::set<std::int64_t> bound = {rows.first, rows.second};
  for (bool grown = true; grown;) {
    grown = false;
    for (const Decision& decision : decisions) {
      if (!decision.match) continue;
      if (bound.contains(decision.row) == bound.contains(decision.other_row)) continue;
      bound.insert(decision.row);
      bound.insert(decision.other_row);
      grown = true;
    }
  }
  std::vector<std::string> words;
  for (const Decision& decision : decisions) {
    if (!bound.contains(decision.row) || !bound.contains(decision.other_row)) continue;
    words.push_back(record_name(store, decision.row) + (decision.match ? " is " : " is not ") +
                    record_name(store, decision.other_row) + " (event " +
                    std::to_string(decision.event) + (decision.stale ? ", stale)" : ")"));
  }
  return words;
}

}  // namespace

std::vector<SideBySide> side_by_side(const JobSpec& job, const Table& table, Row left, Row right) {
  std::vector<SideBySide> values;
  for (std::size_t a = 0; a < job.attributes.size(); ++a) {
    const Column& column = table.columns[a];
    const Code code = column.codes[left];
    values.push_back({job.attributes[a].name,
                      std::string(column.raw_values[column.raw_codes[left]]),
                      std::string(column.raw_values[column.raw_codes[right]]),
                      code != kMissing && code == column.codes[right]});
  }
  return values;
}

StoredExplanation explain_stored(Store& store, std::int64_t left, std::int64_t right,
                                 const ExplainStoredOptions& options) {
  if (left == right) {
    throw Error(ErrorCode::kUsage, record_name(store, left), "is named twice; name two records");
  }
  if (store.database().number("PRAGMA user_version") < kIndexedVersion) {
    throw Error(ErrorCode::kRefused, store.path().string(),
                "was made by an earlier Tessera; run `tessera apply` once");
  }
  const std::optional<PinnedModel> pinned = store.pinned_model();
  if (!pinned) {
    throw Error(ErrorCode::kRefused, store.path().string(),
                "has no model yet; run `tessera apply` first");
  }
  const JobSpec& job = store.job();
  ComponentRows components(store);
  components.add(left);
  components.add(right);
  StoredRecords records = read_records(store, components.rows());
  const std::pair<Row, Row> places = {place_of(records, store, left),
                                      place_of(records, store, right)};
  const std::vector<Decision> decisions = decisions_in_force(store);
  const RowDecisions constraints = constraints_for(decisions, records.rows);
  const Resolution resolution = resolve_records(std::move(records.table), job, {},
                                                {&pinned->model, &pinned->references}, constraints);
  const Table& table = resolution.table;
  const NicknameTable nicknames = job_nicknames(job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const PairWeigher weigher(pinned->model, table, comparer);
  std::vector<WeightedPair> links;
  for (const Link& link : resolution.links) {
    links.push_back({link.left, link.right, link.weight_bits});
  }
  const std::vector<Row> labels = labels_of(records);
  const PairSpace space = job_space(table, job);
  StoredExplanation out;
  out.explanation = explain_pair(
      {job, table, pinned->model, weigher, space, labels, links, constraints.cannot_links},
      places.first, places.second);
  ExplainedBlocking& blocking = out.explanation.blocking;
  correct_blocking(job, table, pinned->references, places,
                   out.explanation.decided_weight_bits.has_value(), blocking);
  blocking.would_find.clear();
  if (blocking.found_by.empty() && options.count_keys) {
    blocking.would_find = keys_in_store(store, pinned->references, {left, right});
  }
  out.values = side_by_side(job, table, places.first, places.second);
  out.decisions = decisions_on(store, decisions, {left, right});
  return out;
}

}  // namespace tessera
