#include "engine/measure_blocking.hpp"

#include "engine/index_rule.hpp"
#include "engine/rule_pairs.hpp"
#include "engine/thread_limit.hpp"
#include "engine/train.hpp"

namespace tessera {

BlockingMeasure measure_blocking(const JobSpec& job, const RunLimits& limits,
                                 const StageWatcher& watcher) {
  constexpr unsigned kStages = 3;
  const ThreadLimit threads(limits);
  const auto begin = [&](std::string_view stage, unsigned number) {
    if (watcher) watcher({stage, number, kStages});
  };
  begin("read", 1);
  const Table table = read_job_records(job, limits);
  begin("block", 2);
  const Blocking blocking = block_rows(table, job.rules, {job.max_block_records});
  begin("count", 3);
  const PairSpace space = job_space(table, job);
  BlockingMeasure measure;
  measure.records = table.size();
  measure.records_in_no_block = blocking.rows_in_no_block;
  measure.pairs_possible = possible_pairs(space);
  measure.max_block_records = job.max_block_records;
  const std::vector<std::uint64_t> added = count_added_pairs(table, blocking, space);
  for (std::size_t r = 0; r < job.rules.size(); ++r) {
    const KeyedPairs keyed = count_keyed_pairs(table, job.rules[r], space);
    RuleMeasure& rule = measure.rules.emplace_back();
    rule.rule = job.rules[r].text;
    rule.records_without = table.size() - keyed.rows_with_key;
    rule.blocks = keyed.groups;
    rule.largest = keyed.largest;
    rule.pairs = keyed.pairs;
    rule.exact = keyed.exact;
    rule.added = added[r];
    for (const UncomparedPairs& lost : blocking.not_compared) {
      if (lost.rule == rule.rule) rule.not_compared += lost.pairs;
    }
    measure.pairs_compared += rule.added;
  }
  if (job.index_rule) {
    const IndexedPairs found = find_indexed_pairs(table, job, *job.index_rule, blocking, space);
    RuleMeasure& rule = measure.rules.emplace_back();
    rule.rule = job.index_rule->text;
    rule.records_without = found.blocks.rows_without_key;
    rule.blocks = found.blocks.blocks;
    if (found.blocks.blocks > 0) rule.largest = {2};
    rule.pairs = rule.added = found.blocks.blocks;
    measure.pairs_compared += rule.added;
  }
  return measure;
}

}  // namespace tessera
