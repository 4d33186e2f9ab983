#include "engine/rule_pairs.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <functional>

#include "blocking/key_values.hpp"
#include "blocking/oversized.hpp"
#include "blocking/row_keys.hpp"
#include "engine/candidates.hpp"

namespace tessera {
namespace {

constexpr std::size_t kLargest = 5;
constexpr std::uint64_t kPairsPerTask = 1 << 18;

// Pairs that a group of rows makes, given how many of each source it has.
class GroupPairs {
 public:
  explicit GroupPairs(const PairSpace& space)
      : space_(space), of_source_(space.source_begin.size() - 1) {}

  void add(SourceId source) {
    std::uint64_t& count = of_source_[static_cast<std::size_t>(source)];
    if (count++ == 0) present_.push_back(static_cast<std::size_t>(source));
    ++rows_;
  }

  std::uint64_t rows() const { return rows_; }

  // The pairs of the rows added since the last call.
  std::uint64_t take() {
    std::uint64_t inner = 0;   // within sources
    std::uint64_t closed = 0;  // of those, within sources in which no two rows may be linked
    for (const std::size_t source : present_) {
      const std::uint64_t pairs = pairs_of(of_source_[source]);
      inner += pairs;
      if (!space_.closed.empty() && space_.closed[source]) closed += pairs;
      of_source_[source] = 0;
    }
    const std::uint64_t all = pairs_of(rows_);
    present_.clear();
    rows_ = 0;
    switch (space_.scope) {
      case PairScope::kAnyPair:
        return all - closed;
      case PairScope::kAcrossSources:
        return all - inner;
      case PairScope::kWithinSource:
        return inner - closed;
    }
    return 0;
  }

 private:
  const PairSpace& space_;
  std::vector<std::uint64_t> of_source_;
  std::vector<std::size_t> present_;
  std::uint64_t rows_ = 0;
};

// Calls group(keys) for each run of equal keys of two rows or more. REQUIRES: sorted.
template <class Visit>
void for_each_group(std::span<const RowKey> keys, const Visit& group) {
  for (std::size_t start = 0, i = 1; i <= keys.size(); ++i) {
    if (i < keys.size() && keys[i].key == keys[start].key) continue;
    if (i - start > 1) group(keys.subspan(start, i - start));
    start = i;
  }
}

// The pairs that groups make, Σ over groups.
std::uint64_t sum_pairs(std::span<const RowKey> sorted, const Table& table, GroupPairs& pairs) {
  std::uint64_t sum = 0;
  for_each_group(sorted, [&](std::span<const RowKey> group) {
    for (const RowKey& key : group) pairs.add(table.row_source[key.row]);
    sum += pairs.take();
  });
  return sum;
}

// The sets of two keys or more of every row, those of an odd number of keys and of an even one
// apart; a set is named by a hash that does not depend on the keys' order.
struct KeySets {
  std::vector<RowKey> odd;
  std::vector<RowKey> even;
  bool complete = true;
};

KeySets key_sets(std::span<const RowKey> by_row) {
  KeySets sets;
  for (std::size_t start = 0, i = 1; i <= by_row.size(); ++i) {
    if (i < by_row.size() && by_row[i].row == by_row[start].row) continue;
    const std::span<const RowKey> keys = by_row.subspan(start, i - start);
    start = i;
    if (keys.size() > kMostCombinedKeys) {
      sets.complete = false;
      continue;
    }
    for (std::uint32_t set = 1; set < (1U << keys.size()); ++set) {
      const int size = std::popcount(set);
      if (size < 2) continue;
      std::uint64_t hash = 0;
      for (std::size_t k = 0; k < keys.size(); ++k) {
        if (((set >> k) & 1) != 0) hash += mix64(keys[k].key);
      }
      (size % 2 == 0 ? sets.even : sets.odd).push_back({hash, keys.front().row});
    }
  }
  return sets;
}

// Draws pairs of rows that have a key in common: a group by the pairs that it has, then two of its
// rows.
std::vector<std::pair<Row, Row>> draw_pairs(std::span<const RowKey> sorted, const Table& table,
                                            const PairSpace& space, const PairDraws& draws) {
  std::vector<const RowKey*> groups;
  std::vector<std::uint64_t> ends;  // of the pairs of the groups, laid end to end
  for_each_group(sorted, [&](std::span<const RowKey> group) {
    groups.push_back(group.data());
    ends.push_back((ends.empty() ? 0 : ends.back()) + pairs_of(group.size()));
  });
  std::vector<std::pair<Row, Row>> drawn;
  if (ends.empty()) return drawn;
  constexpr std::size_t kTries = 8;  // a pair asked for
  std::uint64_t state = mix64(draws.seed);
  const auto below = [&](std::uint64_t limit) { return (state = mix64(state + limit)) % limit; };
  for (std::size_t t = 0; t < kTries * draws.count && drawn.size() < draws.count; ++t) {
    const auto end = std::ranges::upper_bound(ends, below(ends.back()));
    const auto g = static_cast<std::size_t>(end - ends.begin());
    const RowKey* last = g + 1 < groups.size() ? groups[g + 1] : sorted.data() + sorted.size();
    std::uint64_t size = 0;  // groups of one row stand between
    while (groups[g] + size < last && groups[g][size].key == groups[g]->key) ++size;
    const std::uint64_t i = below(size);
    const std::uint64_t j = (i + 1 + below(size - 1)) % size;
    const auto [left, right] = std::minmax(groups[g][i].row, groups[g][j].row);
    if (may_be_linked(table, space, left, right)) drawn.emplace_back(left, right);
  }
  return drawn;
}

void note_largest(std::uint64_t rows, std::vector<std::uint64_t>& largest) {
  const auto at = std::ranges::lower_bound(largest, rows, std::ranges::greater());
  largest.insert(at, rows);
  if (largest.size() > kLargest) largest.pop_back();
}

}  // namespace

KeyedPairs count_keyed_pairs(const Table& table, const BlockingRule& rule, const PairSpace& space,
                             const PairDraws& draws) {
  std::vector<PartColumns> evaluated;
  evaluated.reserve(rule.parts.size());
  std::vector<BoundPart> bound;
  for (const KeyPart& part : rule.parts) {
    evaluated.push_back(evaluate_part(part, table));
    bound.push_back(bind_part(part, table, evaluated.back()));
  }
  std::vector<RowKey> keys = row_keys(table.size(), bound);
  KeyedPairs counted;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i].row != keys[i - 1].row) ++counted.rows_with_key;
  }
  GroupPairs pairs(space);
  const bool several = keys.size() > counted.rows_with_key;
  KeySets sets;
  if (several) sets = key_sets(keys);
  counted.exact = sets.complete;
  sort_row_keys(keys);
  for_each_group(keys, [&](std::span<const RowKey> group) {
    ++counted.groups;
    note_largest(group.size(), counted.largest);
  });
  // |A ∪ B ∪ …| = Σ |A| − Σ |A ∩ B| + …: the rows of a set of keys make the pairs that have all of
  // them in common.
  counted.pairs = sum_pairs(keys, table, pairs);
  if (draws.count > 0) counted.drawn = draw_pairs(keys, table, space, draws);
  sort_row_keys(sets.even);
  sort_row_keys(sets.odd);
  counted.pairs += sum_pairs(sets.odd, table, pairs);
  counted.pairs -= sum_pairs(sets.even, table, pairs);
  return counted;
}

std::vector<std::uint64_t> count_added_pairs(const Table& table, const Blocking& blocking,
                                             const PairSpace& space) {
  // A walk wants a column to gather, though none is compared here.
  const std::vector<const Column*> columns = {&table.columns.front()};
  const WalkedTable walked(table, blocking, space, columns);
  tbb::enumerable_thread_specific<GatheredBlock> gathered;
  std::vector<std::uint64_t> added;
  for (std::size_t rule = 0; rule < blocking.rules.size(); ++rule) {
    const Members members = walked.list_members(rule);
    const std::vector<PairTask> tasks = plan_tasks(members, kPairsPerTask);
    std::vector<std::uint64_t> counts(tasks.size());
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
      const PairTask& task = tasks[t];
      GatheredBlock& block = gathered.local();
      for (BlockNumber number = task.first_block; number <= task.last_block; ++number) {
        block.gather(walked, rule, members, number);
        const bool slice = task.left_to != 0;
        const std::uint32_t to = slice ? task.left_to : block.size() - 1;
        for (std::uint32_t i = slice ? task.left_from : 0; i < to; ++i) {
          for (std::uint32_t j = i + 1; j < block.size(); ++j)
            counts[t] += block.owns(i, j) ? 1 : 0;
        }
      }
    });
    std::uint64_t& sum = added.emplace_back();
    for (const std::uint64_t count : counts) sum += count;
  }
  return added;
}

}  // namespace tessera
