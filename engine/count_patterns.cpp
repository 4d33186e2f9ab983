#include "engine/count_patterns.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <unordered_map>

#include "engine/candidates.hpp"
#include "engine/level_memo.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kPairsPerTask = 1 << 12;
constexpr std::size_t kSampleBatch = 1 << 14;

using Tally = std::unordered_map<Pattern, std::uint64_t>;

struct Counts {
  Tally all;
  std::vector<Tally> owned;  // by pair of sources
};

struct Scratch {
  Scratch(std::size_t comparisons, std::size_t source_pairs)
      : memos(comparisons), counts{{}, std::vector<Tally>(source_pairs)} {}
  std::vector<LevelMemo> memos;
  Counts counts;
};

// A pair that was drawn.
struct Drawn {
  BlockNumber block = 0;
  Row left = 0;
  Row right = 0;
};

Pattern pattern_of(const RecordComparer& comparer, const WalkedTable& walked, const Drawn& pair,
                   std::vector<LevelMemo>& memos) {
  const Code* left = walked.codes(pair.left);
  const Code* right = walked.codes(pair.right);
  Pattern pattern = 0;
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    const Code a = left[c];
    const Code b = right[c];
    if (a == kMissing || b == kMissing) continue;
    unsigned level = comparer.exact_level(c);
    if (a != b || level == 0) {
      const auto compute = [&](Code x, Code y) { return comparer.value_level(c, x, y); };
      level = comparer.repeats(c) ? memos[c].level(a, b, compute) : compute(a, b);
      level = comparer.with_swap(c, pair.left, pair.right, a, b, level);
    }
    pattern = with_level(pattern, c, level);
  }
  return pattern;
}

// Whether a rule before `rule` makes the pair.
bool is_made_earlier(const WalkedTable& walked, std::size_t rule, const Drawn& pair) {
  const BlockNumber* left = walked.earlier(pair.left);
  const BlockNumber* right = walked.earlier(pair.right);
  const std::size_t singles = walked.earlier_rules(rule);
  for (std::size_t r = 0; r < singles; ++r) {
    if (left[r] == right[r]) return true;
  }
  return singles < rule && several_made_earlier(walked.blocking(), rule, pair.left, pair.right);
}

// Where the pairs of each block start among all pairs of a rule: size blocks + 1.
std::vector<std::uint64_t> pair_starts(const Members& members) {
  std::vector<std::uint64_t> starts(members.starts.size(), 0);
  for (std::size_t b = 1; b < starts.size(); ++b) {
    const std::uint64_t size = members.starts[b] - members.starts[b - 1];
    starts[b] = starts[b - 1] + size * (size - 1) / 2;
  }
  return starts;
}

// The i-th pair of a block's members in the order (0,1) (0,2) (1,2) (0,3) ….
std::pair<std::uint64_t, std::uint64_t> member_pair(std::uint64_t i) {
  auto right =
      static_cast<std::uint64_t>((1.0 + std::sqrt(1.0 + 8.0 * static_cast<double>(i))) / 2.0);
  while (right * (right - 1) / 2 > i) --right;  // the root may be off by one either way
  while ((right + 1) * right / 2 <= i) ++right;
  return {i - right * (right - 1) / 2, right};
}

// Calls visit(pair) for the pairs drawn in strata [from, to): of each run of `one_in` pairs one, by
// a hash of the stratum. Pairs are drawn some way ahead, so that their rows are on their way when
// they are visited.
template <class Visit>
void for_drawn_pairs(const WalkedTable& walked, const Members& members,
                     std::span<const std::uint64_t> starts, std::uint64_t from, std::uint64_t to,
                     std::uint64_t one_in, std::uint64_t seed, const Visit& visit) {
  constexpr std::size_t kAhead = 16;
  std::array<Drawn, kAhead> waiting;
  std::size_t drawn = 0;
  std::size_t block = 0;
  for (std::uint64_t stratum = from; stratum < to; ++stratum) {
    const std::uint64_t pair =
        stratum * one_in + (one_in == 1 ? 0 : mix64(seed ^ mix64(stratum)) % one_in);
    if (pair >= starts.back()) break;
    block = static_cast<std::size_t>(
        std::upper_bound(starts.begin() + static_cast<std::ptrdiff_t>(block), starts.end(), pair) -
        starts.begin() - 1);
    const auto [low, high] = member_pair(pair - starts[block]);
    const Row* rows = members.rows.data() + members.starts[block];
    Drawn& slot = waiting[drawn % kAhead];
    if (drawn >= kAhead) visit(slot);
    slot = {static_cast<BlockNumber>(block + 1), rows[low], rows[high]};
    walked.prefetch(slot.left);
    walked.prefetch(slot.right);
    ++drawn;
  }
  for (std::size_t i = drawn < kAhead ? 0 : drawn - kAhead; i < drawn; ++i) {
    visit(waiting[i % kAhead]);
  }
}

// Asks the processor for the codes of two rows drawn at random.
void fetch(const RecordComparer& comparer, const std::pair<Row, Row>& pair) {
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    __builtin_prefetch(&comparer.column(c).codes[pair.first]);
    __builtin_prefetch(&comparer.column(c).codes[pair.second]);
  }
}

PatternCounts sorted_counts(const Tally& counts, std::uint64_t times) {
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
  const std::size_t source_pairs = count_source_pairs(table.sources.size());
  const WalkedTable walked(table, blocking, space, compared_columns(comparer));
  tbb::enumerable_thread_specific<Scratch> scratches(
      [&] { return Scratch(comparer.comparisons(), source_pairs); });
  for (std::size_t rule = 0; rule < blocking.rules.size(); ++rule) {
    const Members members = list_members(blocking.rules[rule]);
    const std::vector<std::uint64_t> starts = pair_starts(members);
    RulePatterns patterns;
    patterns.pairs = starts.back();
    patterns.one_in = std::max<std::uint64_t>(
        1, (patterns.pairs + options.max_pairs_per_rule - 1) / options.max_pairs_per_rule);
    const std::uint64_t strata = (patterns.pairs + patterns.one_in - 1) / patterns.one_in;
    const std::uint64_t seed = mix64(options.seed + rule);
    const std::uint64_t tasks = (strata + kPairsPerTask - 1) / kPairsPerTask;
    tbb::parallel_for(std::uint64_t{0}, tasks, [&](std::uint64_t t) {
      Scratch& scratch = scratches.local();
      const std::uint64_t from = t * kPairsPerTask;
      const std::uint64_t to = std::min(strata, from + kPairsPerTask);
      const auto count = [&](const Drawn& pair) {
        if (!may_be_linked(table, space, pair.left, pair.right) ||
            !is_first_shared(blocking.rules[rule], pair.block, pair.left, pair.right)) {
          return;
        }
        const Pattern pattern = pattern_of(comparer, walked, pair, scratch.memos);
        ++scratch.counts.all[pattern];
        if (is_made_earlier(walked, rule, pair)) return;
        const std::size_t sources =
            source_pair_number(table.row_source[pair.left], table.row_source[pair.right]);
        ++scratch.counts.owned[sources][pattern];
      };
      for_drawn_pairs(walked, members, starts, from, to, patterns.one_in, seed, count);
    });
    Counts total{{}, std::vector<Tally>(source_pairs)};
    for (Scratch& scratch : scratches) {
      for (const auto& [pattern, pairs] : scratch.counts.all) total.all[pattern] += pairs;
      for (std::size_t p = 0; p < source_pairs; ++p) {
        for (const auto& [pattern, pairs] : scratch.counts.owned[p]) {
          total.owned[p][pattern] += pairs;
        }
      }
      scratch.counts = {{}, std::vector<Tally>(source_pairs)};
    }
    patterns.all = sorted_counts(total.all, patterns.one_in);
    for (const Tally& owned : total.owned) {
      patterns.owned.push_back(sorted_counts(owned, patterns.one_in));
    }
    found.push_back(std::move(patterns));
  }
  return found;
}

std::vector<SourcePairCounts> owned_patterns(const std::vector<RulePatterns>& rules,
                                             const PairSpace& space) {
  const std::size_t sources = space.source_begin.size() - 1;
  std::vector<Tally> totals(count_source_pairs(sources));
  for (const RulePatterns& rule : rules) {
    for (std::size_t p = 0; p < totals.size(); ++p) {
      for (const PatternCount& count : rule.owned[p]) totals[p][count.pattern] += count.pairs;
    }
  }
  std::vector<SourcePairCounts> owned(totals.size());
  for (std::size_t high = 0; high < sources; ++high) {
    for (std::size_t low = 0; low <= high; ++low) {
      const auto a = static_cast<SourceId>(low);
      const auto b = static_cast<SourceId>(high);
      const std::size_t p = source_pair_number(a, b);
      owned[p] = {sorted_counts(totals[p], 1), possible_pairs(space, a, b)};
    }
  }
  return owned;
}

PatternCounts all_patterns(const std::vector<SourcePairCounts>& owned) {
  Tally total;
  for (const SourcePairCounts& sources : owned) {
    for (const PatternCount& count : sources.patterns) total[count.pattern] += count.pairs;
  }
  return sorted_counts(total, 1);
}

std::vector<std::vector<std::uint64_t>> sample_levels(const PairSpace& space,
                                                      const RecordComparer& comparer,
                                                      std::uint64_t how_many, std::uint64_t seed) {
  const std::vector<std::pair<Row, Row>> pairs = sample_pairs(space, how_many, seed);
  constexpr std::size_t kAhead = 16;
  using Levels = std::vector<std::array<std::uint64_t, kMaxLevels + 1>>;
  tbb::enumerable_thread_specific<Levels> tallies([&] { return Levels(comparer.comparisons()); });
  const std::size_t batches = (pairs.size() + kSampleBatch - 1) / kSampleBatch;
  tbb::parallel_for(std::size_t{0}, batches, [&](std::size_t batch) {
    Levels& tally = tallies.local();
    const std::size_t to = std::min(pairs.size(), (batch + 1) * kSampleBatch);
    for (std::size_t p = batch * kSampleBatch; p < to; ++p) {
      if (p + kAhead < to) fetch(comparer, pairs[p + kAhead]);
      for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
        ++tally[c][comparer.level(c, pairs[p].first, pairs[p].second)];
      }
    }
  });
  std::vector<std::vector<std::uint64_t>> sampled(comparer.comparisons(),
                                                  std::vector<std::uint64_t>(kMaxLevels, 0));
  for (const Levels& tally : tallies) {
    for (std::size_t c = 0; c < sampled.size(); ++c) {
      for (std::size_t level = 1; level <= kMaxLevels; ++level) {
        sampled[c][level - 1] += tally[c][level];
      }
    }
  }
  return sampled;
}

}  // namespace tessera
