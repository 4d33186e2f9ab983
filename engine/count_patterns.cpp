#include "engine/count_patterns.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "engine/candidates.hpp"
#include "engine/level_memo.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kPairsPerTask = 1 << 16;
constexpr std::size_t kSampleBatch = 1 << 14;

struct Counts {
  std::unordered_map<Pattern, std::uint64_t> all;
  std::unordered_map<Pattern, std::uint64_t> owned;
};

struct Scratch {
  explicit Scratch(std::size_t comparisons) : memos(comparisons) {}
  std::vector<LevelMemo> memos;
  Counts counts;
};

Pattern pattern_of(const RecordComparer& comparer, Row left, Row right,
                   std::vector<LevelMemo>& memos) {
  Pattern pattern = 0;
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    const std::vector<Code>& codes = comparer.column(c).codes;
    const Code a = codes[left];
    const Code b = codes[right];
    if (a == kMissing || b == kMissing) continue;
    unsigned level = comparer.exact_level(c);
    if (a != b || level == 0) {
      level = memos[c].level(a, b, [&](Code x, Code y) { return comparer.value_level(c, x, y); });
      level = comparer.with_swap(c, left, right, a, b, level);
    }
    pattern = with_level(pattern, c, level);
  }
  return pattern;
}

// Calls visit(block, left, right) for every pair of members in a task's blocks.
template <class Visit>
void for_each_pair(const Members& members, const PairTask& task, const Visit& visit) {
  for (BlockNumber block = task.first_block; block <= task.last_block; ++block) {
    const Row* rows = members.rows.data() + members.starts[block - 1];
    const std::uint64_t size = members.starts[block] - members.starts[block - 1];
    const bool slice = task.left_to != 0;
    const std::uint64_t to = slice ? task.left_to : size - 1;
    for (std::uint64_t i = slice ? task.left_from : 0; i < to; ++i) {
      for (std::uint64_t j = i + 1; j < size; ++j) visit(block, rows[i], rows[j]);
    }
  }
}

std::uint64_t pairs_in(const Members& members) {
  std::uint64_t pairs = 0;
  for (std::size_t b = 1; b < members.starts.size(); ++b) {
    const std::uint64_t size = members.starts[b] - members.starts[b - 1];
    pairs += size * (size - 1) / 2;
  }
  return pairs;
}

PatternCounts sorted_counts(const std::unordered_map<Pattern, std::uint64_t>& counts,
                            std::uint64_t times) {
  PatternCounts sorted;
  for (const auto& [pattern, pairs] : counts) sorted.push_back({pattern, 0.0, pairs * times});
  std::sort(sorted.begin(), sorted.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  return sorted;
}

}  // namespace

std::vector<RulePatterns> count_patterns(const Table& table, const Blocking& blocking,
                                         const PairSpace& space, const RecordComparer& comparer,
                                         const CountOptions& options) {
  std::vector<RulePatterns> found;
  tbb::enumerable_thread_specific<Scratch> scratches(
      [&] { return Scratch(comparer.comparisons()); });
  for (std::size_t rule = 0; rule < blocking.rules.size(); ++rule) {
    const Members members = list_members(blocking.rules[rule]);
    RulePatterns patterns;
    patterns.pairs = pairs_in(members);
    patterns.one_in = std::max<std::uint64_t>(1, patterns.pairs / options.max_pairs_per_rule);
    const std::uint64_t seed = mix64(options.seed);
    const std::uint64_t last_drawn =
        UINT64_MAX / patterns.one_in;  // one hash in one_in is not over it
    const std::vector<PairTask> tasks = plan_tasks(members, kPairsPerTask);
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
      Scratch& scratch = scratches.local();
      for_each_pair(members, tasks[t], [&](BlockNumber block, Row left, Row right) {
        if (mix64(seed ^ (std::uint64_t{left} << 32 | right)) > last_drawn) return;
        if (!may_be_linked(table, space, left, right) ||
            !is_first_shared(blocking.rules[rule], block, left, right)) {
          return;
        }
        const Pattern pattern = pattern_of(comparer, left, right, scratch.memos);
        ++scratch.counts.all[pattern];
        if (!made_earlier(blocking, rule, left, right)) ++scratch.counts.owned[pattern];
      });
    });
    Counts total;
    for (Scratch& scratch : scratches) {
      for (const auto& [pattern, pairs] : scratch.counts.all) total.all[pattern] += pairs;
      for (const auto& [pattern, pairs] : scratch.counts.owned) total.owned[pattern] += pairs;
      scratch.counts = {};
    }
    patterns.all = sorted_counts(total.all, patterns.one_in);
    patterns.owned = sorted_counts(total.owned, patterns.one_in);
    found.push_back(std::move(patterns));
  }
  return found;
}

PatternCounts owned_patterns(const std::vector<RulePatterns>& rules) {
  std::unordered_map<Pattern, std::uint64_t> total;
  for (const RulePatterns& rule : rules) {
    for (const PatternCount& count : rule.owned) total[count.pattern] += count.pairs;
  }
  return sorted_counts(total, 1);
}

std::vector<std::vector<std::uint64_t>> sample_levels(const PairSpace& space,
                                                      const RecordComparer& comparer,
                                                      std::uint64_t how_many, std::uint64_t seed) {
  const std::vector<std::pair<Row, Row>> pairs = sample_pairs(space, how_many, seed);
  using Tally = std::vector<std::array<std::uint64_t, kMaxLevels + 1>>;
  tbb::enumerable_thread_specific<Tally> tallies([&] { return Tally(comparer.comparisons()); });
  const std::size_t batches = (pairs.size() + kSampleBatch - 1) / kSampleBatch;
  tbb::parallel_for(std::size_t{0}, batches, [&](std::size_t batch) {
    Tally& tally = tallies.local();
    const std::size_t to = std::min(pairs.size(), (batch + 1) * kSampleBatch);
    for (std::size_t p = batch * kSampleBatch; p < to; ++p) {
      for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
        ++tally[c][comparer.level(c, pairs[p].first, pairs[p].second)];
      }
    }
  });
  std::vector<std::vector<std::uint64_t>> sampled(comparer.comparisons(),
                                                  std::vector<std::uint64_t>(kMaxLevels, 0));
  for (const Tally& tally : tallies) {
    for (std::size_t c = 0; c < sampled.size(); ++c) {
      for (std::size_t level = 1; level <= kMaxLevels; ++level) {
        sampled[c][level - 1] += tally[c][level];
      }
    }
  }
  return sampled;
}

}  // namespace tessera
