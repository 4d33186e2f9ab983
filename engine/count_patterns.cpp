#include "engine/count_patterns.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

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
constexpr std::size_t kSampleBatch = 1 << 12;

using Tally = std::unordered_map<Pattern, std::uint64_t>;
using Memos = std::vector<LevelMemo>;

// A pair that was drawn.
struct Drawn {
  BlockNumber block = 0;
  Row left = 0;
  Row right = 0;
};

// Pairs come from anywhere in the table, so what a pair needs is asked for some pairs ahead: its
// rows first, then what is known of its values, then texts that will be read.
class DrawnPairs {
 public:
  // blocks: how many are asked of a row.
  DrawnPairs(const WalkedTable& walked, const RecordComparer& comparer, std::size_t blocks)
      : walked_(walked), comparer_(comparer), blocks_(blocks) {}

  // Takes a pair, and visits the one taken kRowsAhead pairs ago.
  template <class Visit>
  void add(const Drawn& pair, const Visit& visit) {
    walked_.prefetch(pair.left, blocks_);
    walked_.prefetch(pair.right, blocks_);
    Drawn& slot = waiting_[added_ % kRowsAhead];
    if (added_ >= kValuesAhead) {
      for_differing(waiting_[(added_ - kValuesAhead) % kRowsAhead],
                    [&](std::size_t c, Code code) { comparer_.prefetch(c, code); });
    }
    if (added_ >= kTextsAhead) {
      for_differing(waiting_[(added_ - kTextsAhead) % kRowsAhead],
                    [&](std::size_t c, Code code) { comparer_.prefetch_text(c, code); });
    }
    if (added_ >= kRowsAhead) visit(slot);
    slot = pair;
    ++added_;
  }

  // Visits those that still wait.
  template <class Visit>
  void finish(const Visit& visit) {
    for (std::size_t i = added_ < kRowsAhead ? 0 : added_ - kRowsAhead; i < added_; ++i) {
      visit(waiting_[i % kRowsAhead]);
    }
  }

 private:
  static constexpr std::size_t kRowsAhead = 32;
  static constexpr std::size_t kValuesAhead = 20;
  static constexpr std::size_t kTextsAhead = 8;

  // Calls visit(c, code) for both values of each comparison in which they differ.
  template <class Visit>
  void for_differing(const Drawn& pair, const Visit& visit) const {
    const Code* left = walked_.codes(pair.left);
    const Code* right = walked_.codes(pair.right);
    for (std::size_t c = 0; c < comparer_.comparisons(); ++c) {
      if (left[c] == right[c] || left[c] == kMissing || right[c] == kMissing) continue;
      visit(c, left[c]);
      visit(c, right[c]);
    }
  }

  const WalkedTable& walked_;
  const RecordComparer& comparer_;
  std::size_t blocks_;
  std::array<Drawn, kRowsAhead> waiting_;
  std::size_t added_ = 0;
};

Pattern pattern_of(const RecordComparer& comparer, const WalkedTable& walked, const Drawn& pair,
                   Memos& memos) {
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
  const BlockNumber* left = walked.earlier(pair.left, rule);
  const BlockNumber* right = walked.earlier(pair.right, rule);
  const std::size_t singles = walked.earlier_rules(rule);
  for (std::size_t r = 0; r < singles; ++r) {
    if (left[r] == right[r]) return true;
  }
  return singles < rule && walked.may_share_several(pair.left, pair.right) &&
         several_made_earlier(walked.blocking(), rule, pair.left, pair.right);
}

// Where the pairs of each block start among all pairs of a rule: size blocks + 1.
std::vector<std::uint64_t> pair_starts(const Members& members) {
  std::vector<std::uint64_t> starts(members.starts.size(), 0);
  for (std::size_t b = 1; b < starts.size(); ++b) {
    const std::uint64_t size = std::uint64_t{members.starts[b]} - members.starts[b - 1];
    starts[b] = starts[b - 1] + size * (size - 1) / 2;
  }
  return starts;
}

// The i-th pair of a block's members in the order (0,1) (0,2) (1,2) (0,3) ….
std::pair<std::uint64_t, std::uint64_t> member_pair(std::uint64_t i) {
  if (i == 0) return {0, 1};  // most blocks have two members
  auto right =
      static_cast<std::uint64_t>((1.0 + std::sqrt(1.0 + 8.0 * static_cast<double>(i))) / 2.0);
  while (right * (right - 1) / 2 > i) --right;  // the root may be off by one either way
  while ((right + 1) * right / 2 <= i) ++right;
  return {i - right * (right - 1) / 2, right};
}

// The last of ascending `starts` from `at` on that is at most `pair`: it is mostly near.
std::size_t block_from(std::span<const std::uint64_t> starts, std::size_t at, std::uint64_t pair) {
  std::size_t step = 1;
  while (at + step < starts.size() && starts[at + step] <= pair) {
    at += step;
    step *= 2;
  }
  const auto end = starts.begin() + static_cast<std::ptrdiff_t>(std::min(at + step, starts.size()));
  return static_cast<std::size_t>(
      std::upper_bound(starts.begin() + static_cast<std::ptrdiff_t>(at), end, pair) -
      starts.begin() - 1);
}

// Draws strata [from, to): of each run of `one_in` pairs one, by a hash of the stratum.
template <class Visit>
void for_drawn_pairs(const Members& members, std::span<const std::uint64_t> starts,
                     std::uint64_t from, std::uint64_t to, std::uint64_t one_in, std::uint64_t seed,
                     DrawnPairs& pairs, const Visit& visit) {
  std::size_t block = 0;
  for (std::uint64_t stratum = from; stratum < to; ++stratum) {
    const std::uint64_t pair =
        stratum * one_in + (one_in == 1 ? 0 : mix64(seed ^ mix64(stratum)) % one_in);
    if (pair >= starts.back()) break;
    block = block_from(starts, block, pair);
    const auto [low, high] = member_pair(pair - starts[block]);
    const Row* rows = members.rows.data() + members.starts[block];
    pairs.add({static_cast<BlockNumber>(block + 1), rows[low], rows[high]}, visit);
  }
  pairs.finish(visit);
}

// A pair that was compared: its pattern, and its pair of sources if no earlier rule makes it.
struct Compared {
  static constexpr std::uint32_t kNotOwned = 0xffff'ffff;
  Pattern pattern = 0;
  std::uint32_t sources = kNotOwned;
};

void count_one(PatternCounts& counts, Pattern pattern, std::uint64_t times) {
  if (counts.empty() || counts.back().pattern != pattern) counts.push_back({pattern, 0.0, 0});
  counts.back().pairs += times;
}

// Sorts and counts the pairs of all tasks into `patterns`.
void count_compared(const std::vector<std::vector<Compared>>& tasks, RulePatterns& patterns) {
  std::vector<Compared> pairs;
  for (const std::vector<Compared>& task : tasks) {
    pairs.insert(pairs.end(), task.begin(), task.end());
  }
  tbb::parallel_sort(pairs.begin(), pairs.end(),
                     [](const Compared& a, const Compared& b) { return a.pattern < b.pattern; });
  for (const Compared& pair : pairs) {
    count_one(patterns.all, pair.pattern, patterns.one_in);
    if (pair.sources == Compared::kNotOwned) continue;
    count_one(patterns.owned[pair.sources], pair.pattern, patterns.one_in);
  }
}

PatternCounts sorted_counts(const Tally& counts) {
  PatternCounts sorted;
  for (const auto& [pattern, pairs] : counts) sorted.push_back({pattern, 0.0, pairs});
  std::sort(sorted.begin(), sorted.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  return sorted;
}

}  // namespace

std::vector<RulePatterns> count_patterns(const WalkedTable& walked, const RecordComparer& comparer,
                                         const CountOptions& options) {
  const Blocking& blocking = walked.blocking();
  const std::size_t source_pairs = count_source_pairs(walked.table().sources.size());
  std::vector<RulePatterns> found;
  tbb::enumerable_thread_specific<Memos> memos([&] { return Memos(comparer.comparisons()); });
  for_each_rule(walked, [&](std::size_t rule, const Members& members) {
    const std::vector<std::uint64_t> starts = pair_starts(members);
    RulePatterns patterns;
    patterns.pairs = starts.back();
    patterns.one_in = std::max<std::uint64_t>(
        1, (patterns.pairs + options.max_pairs_per_rule - 1) / options.max_pairs_per_rule);
    patterns.owned.resize(source_pairs);
    const std::uint64_t strata = (patterns.pairs + patterns.one_in - 1) / patterns.one_in;
    const std::uint64_t seed = mix64(options.seed + rule);
    std::vector<std::vector<Compared>> tasks((strata + kPairsPerTask - 1) / kPairsPerTask);
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
      Memos& remembered = memos.local();
      const std::uint64_t from = t * kPairsPerTask;
      const std::uint64_t to = std::min(strata, from + kPairsPerTask);
      tasks[t].reserve(to - from);
      const auto compare = [&](const Drawn& pair) {
        const SourceId left = walked.head(pair.left).source;
        const SourceId right = walked.head(pair.right).source;
        if (!may_be_linked(walked.space(), left, right) ||
            !is_first_shared(blocking.rules[rule], pair.block, pair.left, pair.right)) {
          return;
        }
        Compared& compared = tasks[t].emplace_back();
        compared.pattern = pattern_of(comparer, walked, pair, remembered);
        if (is_made_earlier(walked, rule, pair)) return;
        compared.sources = static_cast<std::uint32_t>(source_pair_number(left, right));
      };
      DrawnPairs pairs(walked, comparer, walked.earlier_rules(rule));
      for_drawn_pairs(members, starts, from, to, patterns.one_in, seed, pairs, compare);
    });
    count_compared(tasks, patterns);
    found.push_back(std::move(patterns));
    if (options.rule_counted) options.rule_counted(rule);
  });
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
      owned[p] = {sorted_counts(totals[p]), possible_pairs(space, a, b)};
    }
  }
  return owned;
}

PatternCounts all_patterns(const std::vector<SourcePairCounts>& owned) {
  Tally total;
  for (const SourcePairCounts& sources : owned) {
    for (const PatternCount& count : sources.patterns) total[count.pattern] += count.pairs;
  }
  return sorted_counts(total);
}

std::vector<std::vector<std::uint64_t>> sample_levels(const WalkedTable& walked,
                                                      const RecordComparer& comparer,
                                                      std::uint64_t how_many, std::uint64_t seed) {
  const std::vector<std::pair<Row, Row>> drawn = sample_pairs(walked.space(), how_many, seed);
  using Levels = std::vector<std::array<std::uint64_t, kMaxLevels + 1>>;
  struct Scratch {
    explicit Scratch(std::size_t comparisons) : levels(comparisons), memos(comparisons) {}
    Levels levels;
    Memos memos;
  };
  tbb::enumerable_thread_specific<Scratch> scratches(
      [&] { return Scratch(comparer.comparisons()); });
  const std::size_t batches = (drawn.size() + kSampleBatch - 1) / kSampleBatch;
  tbb::parallel_for(std::size_t{0}, batches, [&](std::size_t batch) {
    Scratch& scratch = scratches.local();
    const auto count = [&](const Drawn& pair) {
      const Pattern pattern = pattern_of(comparer, walked, pair, scratch.memos);
      for (std::size_t c = 0; c < scratch.levels.size(); ++c) {
        ++scratch.levels[c][level_of(pattern, c)];
      }
    };
    DrawnPairs pairs(walked, comparer, 0);
    const std::size_t to = std::min(drawn.size(), (batch + 1) * kSampleBatch);
    for (std::size_t p = batch * kSampleBatch; p < to; ++p) {
      pairs.add({0, drawn[p].first, drawn[p].second}, count);
    }
    pairs.finish(count);
  });
  std::vector<std::vector<std::uint64_t>> sampled(comparer.comparisons(),
                                                  std::vector<std::uint64_t>(kMaxLevels, 0));
  for (const Scratch& scratch : scratches) {
    for (std::size_t c = 0; c < sampled.size(); ++c) {
      for (std::size_t level = 1; level <= kMaxLevels; ++level) {
        sampled[c][level - 1] += scratch.levels[c][level];
      }
    }
  }
  return sampled;
}

}  // namespace tessera
