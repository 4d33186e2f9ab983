#include "blocking/blocks.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <numeric>
#include <optional>

#include "blocking/key_partitions.hpp"
#include "blocking/oversized.hpp"
#include "blocking/pair_budget.hpp"
#include "data/load_ahead.hpp"

namespace tessera {
namespace {

using PartTable = std::map<KeyPart, PartColumns>;

// Every distinct part of the rules, evaluated once.
PartTable evaluate_parts(const Table& table, std::span<const BlockingRule> rules,
                         KeyNumbers numbers) {
  PartTable parts;
  std::vector<KeyPart> distinct;
  for (const BlockingRule& rule : rules) {
    for (const KeyPart& part : rule.parts) {
      if (parts.try_emplace(part).second) distinct.push_back(part);
    }
  }
  tbb::parallel_for(std::size_t{0}, distinct.size(), [&](std::size_t i) {
    const KeyPart& part = distinct[i];
    parts.find(part)->second = evaluate_part(part, table, numbers);
  });
  return parts;
}

struct Oversized {
  std::uint64_t largest = 0;  // block of the rule, oversized or not
  std::uint64_t blocks = 0;
  std::uint64_t pairs_not_compared = 0;
  std::vector<std::uint32_t> by;  // columns, in order of first use
  std::vector<SplitNode> nodes;
};

void add(Oversized& sum, const Oversized& more) {
  sum.largest = std::max(sum.largest, more.largest);
  sum.blocks += more.blocks;
  sum.pairs_not_compared += more.pairs_not_compared;
  sum.nodes.insert(sum.nodes.end(), more.nodes.begin(), more.nodes.end());
  for (const std::uint32_t c : more.by) {
    if (std::find(sum.by.begin(), sum.by.end(), c) == sum.by.end()) sum.by.push_back(c);
  }
}

// A row of a block; blocks are numbered within their partition of the keys.
struct Entry {
  BlockNumber block = 0;
  Row row = 0;
};

// A rule's parts with their values, and the columns that they read.
struct BoundRule {
  std::vector<BoundPart> parts;
  std::vector<std::uint32_t> columns;
};

BoundRule bind_rule(const BlockingRule& rule, const Table& table, const PartTable& values) {
  BoundRule bound;
  for (const KeyPart& part : rule.parts) {
    bound.parts.push_back(bind_part(part, table, values.at(part)));
    bound.columns.push_back(part.attribute);
    if (part.with) bound.columns.push_back(*part.with);
  }
  return bound;
}

// The blocks that one partition of the keys makes.
struct PartitionBlocks {
  BlockNumber blocks = 0;
  std::size_t entries = 0;
  PairsBySize pairs;
  Oversized oversized;
};

// Groups the rows of one rule after another, partition by partition in parallel.
class BlockMaker {
 public:
  BlockMaker(const Table& table, const BlockingOptions& options)
      : table_(table), options_(options), keys_(table.size()), partitions_(keys_.size()) {}

  // The blocks of a rule, the `number`-th of the job's from 1, none of more than max_records
  // records.
  RuleBlocks make(std::size_t number, const BoundRule& rule, std::uint64_t max_records);

  // Of the last rule.
  const Oversized& oversized() const { return oversized_; }
  const PairsBySize& pairs() const { return pairs_; }

 private:
  void group(std::size_t partition);
  std::optional<SplitBlock> split(std::span<const RowKey> block) const;
  void index_single(RuleBlocks& blocks, std::span<const BlockNumber> before) const;
  void index_several(RuleBlocks& blocks, std::span<const BlockNumber> before) const;
  std::span<const Entry> entries_of(std::size_t partition) const {
    return std::span(entries_).subspan(keys_.keys_before(partition),
                                       partitions_[partition].entries);
  }

  const Table& table_;
  BlockingOptions options_;
  // Of the rule at hand.
  std::size_t number_ = 0;
  std::uint64_t max_records_ = 0;
  std::vector<std::uint32_t> used_;  // columns that its keys read
  KeyPartitions keys_;
  std::vector<Entry> entries_;  // of each partition, at its keys' place
  std::vector<PartitionBlocks> partitions_;
  tbb::enumerable_thread_specific<SortRoom> rooms_;
  Oversized oversized_;
  PairsBySize pairs_;
};

// The parts of a block that is too large, or that was so when splits were learned.
std::optional<SplitBlock> BlockMaker::split(std::span<const RowKey> block) const {
  const bool as_before = options_.splits != nullptr;
  if (as_before ? options_.splits->empty() : block.size() <= max_records_) return std::nullopt;
  const std::uint64_t root = split_root(number_, block.front().key);
  if (as_before && find_split(*options_.splits, root) == nullptr) return std::nullopt;
  std::vector<Row> rows;
  rows.reserve(block.size());
  for (const RowKey& key : block) rows.push_back(key.row);
  return as_before ? split_as_before(table_, std::move(rows), root, *options_.splits)
                   : split_block(table_, std::move(rows), used_, max_records_, root);
}

void BlockMaker::group(std::size_t partition) {
  const std::span<const RowKey> keys = keys_.sorted(partition, rooms_.local());
  PartitionBlocks& out = partitions_[partition];
  out = {};
  Entry* entry = entries_.data() + keys_.keys_before(partition);
  const Entry* const first_entry = entry;
  for (std::size_t start = 0, end = 0; start < keys.size(); start = end) {
    const std::uint64_t key = keys[start].key;
    for (end = start + 1; end < keys.size() && keys[end].key == key;) ++end;
    const std::size_t size = end - start;
    out.oversized.largest = std::max<std::uint64_t>(out.oversized.largest, size);
    if (size < 2) continue;
    if (const auto parts = split(keys.subspan(start, size))) {
      add(out.oversized, {0, 1, parts->pairs_not_compared, parts->by, parts->nodes});
      for (const std::vector<Row>& part : parts->parts) {
        ++out.blocks;
        out.pairs.add_block(part.size());
        for (const Row row : part) *entry++ = {out.blocks, row};
      }
    } else {
      ++out.blocks;
      out.pairs.add_block(size);
      for (std::size_t k = start; k < end; ++k) *entry++ = {out.blocks, keys[k].row};
    }
  }
  out.entries = static_cast<std::size_t>(entry - first_entry);
}

RuleBlocks BlockMaker::make(std::size_t number, const BoundRule& rule, std::uint64_t max_records) {
  number_ = number;
  max_records_ = max_records;
  used_ = rule.columns;
  keys_.fill(rule.parts);
  if (const std::size_t total = keys_.keys_before(keys_.size()); entries_.size() < total) {
    entries_.resize(total);
  }
  tbb::parallel_for(std::size_t{0}, keys_.size(), [&](std::size_t p) { group(p); });

  RuleBlocks blocks;
  oversized_ = {};
  pairs_ = {};
  std::vector<BlockNumber> before;  // blocks of the partitions before each
  for (const PartitionBlocks& partition : partitions_) {
    before.push_back(blocks.blocks);
    blocks.blocks += partition.blocks;
    pairs_.add(partition.pairs);
    add(oversized_, partition.oversized);
  }
  blocks.rows_without_key = table_.size() - keys_.rows_with_key();
  blocks.largest_block = oversized_.largest;
  blocks.blocks_split = oversized_.blocks;
  if (std::ranges::any_of(rule.parts, [](const BoundPart& part) { return part.several(); })) {
    index_several(blocks, before);
  } else {
    index_single(blocks, before);
  }
  return blocks;
}

void BlockMaker::index_single(RuleBlocks& blocks, std::span<const BlockNumber> before) const {
  blocks.single.assign(table_.size(), 0);
  tbb::parallel_for(std::size_t{0}, keys_.size(), [&](std::size_t p) {
    for (const Entry& entry : entries_of(p)) blocks.single[entry.row] = before[p] + entry.block;
  });
}

// A row's blocks lie in any partition: rows are counted and filled atomically, then each is sorted.
void BlockMaker::index_several(RuleBlocks& blocks, std::span<const BlockNumber> before) const {
  const Row rows = table_.size();
  std::vector<std::uint32_t>& offsets = blocks.offsets;
  offsets.assign(std::size_t{rows} + 1, 0);
  tbb::parallel_for(std::size_t{0}, keys_.size(), [&](std::size_t p) {
    for (const Entry& entry : entries_of(p)) {
      std::atomic_ref(offsets[entry.row]).fetch_add(1, std::memory_order_relaxed);
    }
  });
  std::inclusive_scan(offsets.begin(), offsets.end(), offsets.begin());
  blocks.several.resize(offsets.back());
  tbb::parallel_for(std::size_t{0}, keys_.size(), [&](std::size_t p) {
    for (const Entry& entry : entries_of(p)) {  // the ends become the starts
      const std::uint32_t at =
          std::atomic_ref(offsets[entry.row]).fetch_sub(1, std::memory_order_relaxed) - 1;
      blocks.several[at] = before[p] + entry.block;
    }
  });
  tbb::parallel_for(tbb::blocked_range<Row>(0, rows), [&](const tbb::blocked_range<Row>& range) {
    for (Row row = range.begin(); row < range.end(); ++row) {
      std::sort(blocks.several.begin() + offsets[row], blocks.several.begin() + offsets[row + 1]);
    }
  });
}

std::uint64_t count_rows_in_no_block(const Blocking& blocking, Row rows) {
  constexpr Row kRange = 1 << 14;
  std::vector<std::uint64_t> counts((std::size_t{rows} + kRange - 1) / kRange, 0);
  tbb::parallel_for(std::size_t{0}, counts.size(), [&](std::size_t i) {
    const Row first = static_cast<Row>(i) * kRange;
    std::vector<std::uint8_t> blocked(std::min<std::size_t>(kRange, rows - first), 0);
    for (const RuleBlocks& rule : blocking.rules) {
      for (Row at = 0; at < blocked.size(); ++at)
        if (!rule.of(first + at).empty()) blocked[at] = 1;
    }
    counts[i] = static_cast<std::uint64_t>(std::count(blocked.begin(), blocked.end(), 0));
  });
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::string oversized_reason(const Table& table, const Oversized& oversized, std::uint64_t limit) {
  std::string reason = "block over " + std::to_string(limit) + " records";
  if (oversized.by.empty()) return reason + ", no attribute splits it";
  reason += ", split by ";
  for (std::size_t i = 0; i < oversized.by.size(); ++i) {
    reason += (i == 0 ? "" : ", ") + table.columns[oversized.by[i]].name;
  }
  return reason;
}

// One rule's blocks, and what became of the oversized ones.
struct GroupedRule {
  RuleBlocks blocks;
  PairsBySize pairs;
  std::uint64_t max_records = 0;
  Oversized oversized;
};

GroupedRule group_by_rule(BlockMaker& maker, std::size_t number, const BoundRule& rule,
                          std::uint64_t max_records) {
  GroupedRule grouped{maker.make(number, rule, max_records), maker.pairs(), max_records, {}};
  grouped.oversized = maker.oversized();
  return grouped;
}

// Splits the blocks of rules whose pairs, taken together, are more than the budget.
void cut_to_budget(std::uint64_t budget, std::vector<GroupedRule>& rules,
                   const std::function<GroupedRule(std::size_t r, std::uint64_t max)>& group) {
  std::vector<std::uint64_t> pairs;
  for (const GroupedRule& rule : rules) pairs.push_back(rule.pairs.total());
  const std::uint64_t share = share_of_pairs(pairs, budget);
  for (std::size_t r = 0; r < rules.size(); ++r) {
    while (rules[r].pairs.total() > share) {
      const std::uint64_t max = smaller_limit(rules[r].pairs, rules[r].max_records, share);
      if (max == rules[r].max_records) break;
      rules[r] = group(r, max);
    }
  }
}

// All that block_rows finds but the rows in no block. What the work needs is freed at its end.
Blocking group_by_rules(const Table& table, std::span<const BlockingRule> rules,
                        const BlockingOptions& options) {
  const PartTable values = evaluate_parts(table, rules, options.numbers);
  BlockMaker maker(table, options);
  const auto group = [&](std::size_t r, std::uint64_t max_records) {
    return group_by_rule(maker, r + 1, bind_rule(rules[r], table, values), max_records);
  };
  std::vector<GroupedRule> grouped;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    grouped.push_back(group(r, options.max_block_records));
  }
  if (options.splits == nullptr) {
    cut_to_budget(options.max_pairs != 0 ? options.max_pairs : pair_budget(table.size()), grouped,
                  group);
  }
  Blocking blocking;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const Oversized& oversized = grouped[r].oversized;
    if (options.numbers == KeyNumbers::kByText) {
      blocking.splits.insert(blocking.splits.end(), oversized.nodes.begin(), oversized.nodes.end());
    }
    if (oversized.pairs_not_compared > 0) {
      blocking.not_compared.push_back({rules[r].text,
                                       oversized_reason(table, oversized, grouped[r].max_records),
                                       oversized.blocks, oversized.pairs_not_compared});
    }
    blocking.rules.push_back(std::move(grouped[r].blocks));
  }
  std::sort(blocking.splits.begin(), blocking.splits.end());
  return blocking;
}

}  // namespace

Blocking block_rows(const Table& table, std::span<const BlockingRule> rules,
                    const BlockingOptions& options) {
  Blocking blocking = group_by_rules(table, rules, options);
  blocking.rows_in_no_block = count_rows_in_no_block(blocking, table.size());
  return blocking;
}

bool shares_block(const RuleBlocks& rule, Row left, Row right) {
  const std::span<const BlockNumber> of_right = rule.of(right);
  return std::ranges::any_of(rule.of(left), [&](BlockNumber block) {
    return std::ranges::find(of_right, block) != of_right.end();
  });
}

bool shares_block(const Blocking& blocking, Row left, Row right) {
  return std::ranges::any_of(
      blocking.rules, [&](const RuleBlocks& rule) { return shares_block(rule, left, right); });
}

Members list_members(const RuleBlocks& blocks) {
  Members members;
  // Places are known long before they are read: loaded ahead, a row's misses overlap.
  constexpr std::size_t kAhead = 32;
  const std::vector<BlockNumber>& numbers = blocks.is_single() ? blocks.single : blocks.several;
  members.starts.assign(std::size_t{blocks.blocks} + 1, 0);
  std::vector<std::uint32_t>& starts = members.starts;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i + kAhead < numbers.size()) load_ahead_to_write(&starts[numbers[i + kAhead]]);
    ++starts[numbers[i]];
  }
  starts[0] = 0;  // the rows in no block
  std::inclusive_scan(starts.begin(), starts.end(), starts.begin());
  members.rows.resize(starts.back());
  std::vector<Row> next(starts.begin(), starts.end());
  const auto put = [&](std::size_t i, Row row) {
    if (i + 2 * kAhead < numbers.size()) load_ahead_to_write(&next[numbers[i + 2 * kAhead]]);
    if (i + kAhead < numbers.size() && numbers[i + kAhead] != 0) {
      load_ahead_to_write(members.rows.data() + next[numbers[i + kAhead] - 1]);
    }
    if (numbers[i] != 0) members.rows[next[numbers[i] - 1]++] = row;
  };
  if (blocks.is_single()) {
    for (std::size_t i = 0; i < numbers.size(); ++i) put(i, static_cast<Row>(i));
    return members;
  }
  for (Row row = 0; row + std::size_t{1} < blocks.offsets.size(); ++row) {
    for (std::size_t i = blocks.offsets[row]; i < blocks.offsets[row + 1]; ++i) put(i, row);
  }
  return members;
}

}  // namespace tessera
