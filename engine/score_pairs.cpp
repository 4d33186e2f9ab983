// For each pair of a block: which values agree (one vectorised comparison of the codes), then a
// bound from tables (pair_bounds.hpp). Where the bound misses the threshold the pair is gone,
// before any text is read. For those that stay the bound is drawn tighter: by how common the
// agreeing values are, then by what letters alone say of the differing ones. The few that still
// stay are compared in full, comparison by comparison, each lowering the bound to the truth, and
// dropped when it misses.
//
// Bounds are summed in single precision; kBoundSlackBits covers their rounding. What is kept is
// weighed again in double precision by PairWeigher alone.
#include "engine/score_pairs.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <numeric>

#include "data/free_memory.hpp"
#include "data/huge_pages.hpp"
#include "engine/block_values.hpp"
#include "engine/level_memo.hpp"
#include "engine/pair_bounds.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kPairsPerTask = 1 << 16;
constexpr std::size_t kStarsPerTask = 1 << 7;
// One link in so many may be added later without copying the others (close_links).
constexpr std::size_t kRoomForMore = 32;
// Blocks of so few records have too few pairs for what is laid out by record to pay.
constexpr std::uint32_t kFewRecords = 3;

struct Scratch {
  explicit Scratch(const RecordComparer& comparer)
      : values(comparer), memos(comparer.comparisons()) {}
  GatheredBlock block;
  BlockValues values;
  bool has_values = false;  // of this block
  /// Per differing comparison of the pair at hand: what the bound counts for it.
  std::array<BoundBits, kMaxComparisons> counted;
  std::vector<LevelMemo> memos;
};

struct TaskResult {
  std::vector<Link> links;
  std::uint64_t pairs = 0;
};

// Calls visit(c) for each bit of a set of comparisons.
template <class Visit>
void for_each_bit(std::uint32_t set, const Visit& visit) {
  for (; set != 0; set &= set - 1) visit(static_cast<std::size_t>(std::countr_zero(set)));
}

class Scorer {
 public:
  Scorer(const WalkedTable& walked, const PairWeigher& weigher, const ScoreOptions& options)
      : walked_(walked),
        weigher_(weigher),
        comparer_(weigher.comparer()),
        bounds_(walked.table(), weigher),
        options_(options),
        needed_(static_cast<float>(options.keep_bits - kBoundSlackBits)) {
    for (std::size_t c = 0; c < comparisons(); ++c) {
      if (comparer_.exact_level(c) == 0) never_equal_ |= 1U << c;
      const bool is_date = comparer_.column(c).kind == Kind::kDate;
      (is_date ? dates_ : by_cost_).push_back(c);
      if (is_date) settled_first_ |= 1U << c;
    }
    // A number that differs counts most against a pair, and its near misses raised the bound most.
    std::ranges::stable_partition(by_cost_, [&](std::size_t c) { return !comparer_.repeats(c); });
  }

  std::size_t comparisons() const { return comparer_.comparisons(); }

  TaskResult run(std::size_t rule, const Members& members, const PairTask& task,
                 Scratch& scratch) const {
    TaskResult result;
    for (BlockNumber block = task.first_block; block <= task.last_block; ++block) {
      scratch.block.gather(walked_, rule, members, block);
      scratch.has_values = false;
      const bool slice = task.left_to != 0;
      const std::uint32_t size = scratch.block.size();
      const std::uint32_t to = slice ? task.left_to : size - 1;
      for (std::uint32_t i = slice ? task.left_from : 0; i < to; ++i) {
        for (std::uint32_t j = i + 1; j < size; ++j) {
          if (!scratch.block.owns(i, j)) continue;
          ++result.pairs;
          consider(i, j, static_cast<std::uint16_t>(rule), scratch, result.links);
        }
      }
    }
    return result;
  }

  // Stars `from` to before `to`, numbered from 1 as blocks are.
  TaskResult run_stars(const Stars& stars, BlockNumber from, BlockNumber to,
                       Scratch& scratch) const {
    TaskResult result;
    for (BlockNumber star = from; star < to; ++star) {
      scratch.block.gather(walked_, 0, stars, star);
      scratch.has_values = false;
      for (std::uint32_t j = 1; j < scratch.block.size(); ++j) {
        if (!may_be_linked(walked_.space(), scratch.block.record(0).head.source,
                           scratch.block.record(j).head.source)) {
          continue;
        }
        ++result.pairs;
        consider(0, j, 0, scratch, result.links);
      }
    }
    for (Link& link : result.links) {
      if (link.left > link.right) std::swap(link.left, link.right);
    }
    return result;
  }

 private:
  // A pair on its way: which values agree, which differ, and the most that its weight can be.
  struct Pair {
    std::uint32_t i = 0;
    std::uint32_t j = 0;
    std::uint32_t equal = 0;
    std::uint32_t differing = 0;
    std::uint32_t swapped = 0;
    BoundBits bound{};
    Pattern pattern = 0;  // of the comparisons settled so far
  };

  bool misses_needed(const Pair& pair) const {
    return options_.prune && pair.swapped == 0 && misses(pair.bound, needed_);
  }

  void consider(std::uint32_t i, std::uint32_t j, std::uint16_t rule, Scratch& scratch,
                std::vector<Link>& links) const {
    if (!scratch.has_values) {
      scratch.values.gather(scratch.block);
      scratch.has_values = true;
    }
    const GatheredBlock& block = scratch.block;
    const GatheredRecord& left = block.record(i);
    const GatheredRecord& right = block.record(j);
    const std::uint32_t present = left.head.present & right.head.present;
    Pair pair{i, j, present & block.equal_columns(i, j) & ~never_equal_,
              0, 0, bounds_.start(left.head.source, right.head.source),
              0};
    pair.differing = present & ~pair.equal;
    pair.swapped = scratch.values.swapped(block, i, j) & pair.differing;
    pair.bound += bounds_.sum(pair.equal, pair.differing);
    if (misses_needed(pair)) return;
    for_each_bit(pair.equal & bounds_.with_commonness(),
                 [&](std::size_t c) { pair.bound += bounds_.commonness(c, block.code(i, c)); });
    if (misses_needed(pair)) return;
    compare(pair, rule, scratch, links);
  }

  // Draws the bound tighter by what letters alone say. False if it misses.
  bool draw_by_letters(Pair& pair, Scratch& scratch) const {
    if (scratch.block.size() <= kFewRecords) return true;
    scratch.values.gather_signatures(scratch.block);
    const std::uint32_t classed =
        pair.differing & bounds_.with_classes() & ~never_equal_ & ~settled_first_;
    for (std::uint32_t set = classed; set != 0; set &= set - 1) {
      const auto c = static_cast<std::size_t>(std::countr_zero(set));
      const unsigned of = comparer_.level_bound(c).class_of(scratch.values.signature(pair.i, c),
                                                            scratch.values.signature(pair.j, c));
      pair.bound += bounds_.of_class(c, of) - scratch.counted[c];
      scratch.counted[c] = bounds_.of_class(c, of);
      if (misses_needed(pair)) return false;
    }
    return true;
  }

  // Compares the values of `c`, if they differ. False if the bound, now without a guess at them,
  // misses.
  bool settle(Pair& pair, std::size_t c, Scratch& scratch) const {
    if (((pair.differing >> c) & 1) == 0) return true;
    const Code a = scratch.block.code(pair.i, c);
    const Code b = scratch.block.code(pair.j, c);
    const auto compute = [&](Code x, Code y) { return comparer_.value_level(c, x, y); };
    unsigned level = comparer_.repeats(c) ? scratch.memos[c].level(a, b, compute) : compute(a, b);
    if (((pair.swapped >> c) & 1) != 0) level = std::min(level, comparer_.swapped_level(c));
    pair.pattern = with_level(pair.pattern, c, level);
    pair.bound += bounds_.part(c, level, a, b) - scratch.counted[c];
    return !misses_needed(pair);
  }

  void compare(Pair& pair, std::uint16_t rule, Scratch& scratch, std::vector<Link>& links) const {
    const GatheredBlock& block = scratch.block;
    for_each_bit(pair.differing, [&](std::size_t c) { scratch.counted[c] = bounds_.differing(c); });
    for_each_bit(pair.equal, [&](std::size_t c) {
      pair.pattern = with_level(pair.pattern, c, comparer_.exact_level(c));
    });
    for (const std::size_t c : dates_) {
      if (!settle(pair, c, scratch)) return;
    }
    if (!draw_by_letters(pair, scratch)) return;
    for (const std::size_t c : by_cost_) {
      if (!settle(pair, c, scratch)) return;
    }
    const GatheredRecord& left = block.record(pair.i);
    const GatheredRecord& right = block.record(pair.j);
    const double weight =
        weigher_.weight_bits(pair.pattern, block.codes(pair.i), block.codes(pair.j),
                             left.head.source, right.head.source);
    if (weight >= options_.keep_bits) {
      links.push_back({left.row, right.row, pair.pattern, weight, rule});
    }
  }

  const WalkedTable& walked_;
  const PairWeigher& weigher_;
  const RecordComparer& comparer_;
  PairBounds bounds_;
  ScoreOptions options_;
  float needed_;
  std::vector<std::size_t> dates_;    // comparisons of dates: cheap, settled first
  std::vector<std::size_t> by_cost_;  // all others
  std::uint32_t settled_first_ = 0;   // dates_, bit c each: no class may be counted for them again
  std::uint32_t never_equal_ = 0;     // comparisons without the level `exact`
};

// What the tasks of all rules found, until it is copied once, to where it stays.
class GatheredResults {
 public:
  // Takes a rule's results.
  void take(std::vector<TaskResult> results) {
    std::uint64_t pairs = 0;
    for (TaskResult& result : results) {
      pairs += result.pairs;
      if (!result.links.empty()) parts_.push_back(std::move(result.links));
    }
    pairs_of_rule_.push_back(pairs);
  }

  // All links, sorted by rows, of which there are `rows`.
  ScoredPairs finish(Row rows) && {
    ScoredPairs scored;
    scored.pairs_compared =
        std::accumulate(pairs_of_rule_.begin(), pairs_of_rule_.end(), std::uint64_t{0});
    scored.pairs_of_rule = std::move(pairs_of_rule_);
    // Dealt to runs of rows first: each run's links fit the cache in which they are then sorted.
    // Which of a run's links comes to lie where depends on threads until they are.
    constexpr unsigned kBinBits = 10;
    const auto shift = std::max(kBinBits, static_cast<unsigned>(std::bit_width(rows))) - kBinBits;
    std::vector<std::size_t> ends((std::size_t{1} << kBinBits) + 1, 0);
    const auto next = [&](const Link& link) { return std::atomic_ref(ends[link.left >> shift]); };
    for_each_part([&](const std::vector<Link>& part) {
      for (const Link& link : part) next(link).fetch_add(1, std::memory_order_relaxed);
    });
    std::exclusive_scan(ends.begin(), ends.end(), ends.begin(), std::size_t{0});
    scored.links.reserve(ends.back() + ends.back() / kRoomForMore);
    make_present(scored.links.data(), ends.back() * sizeof(Link));
    scored.links.resize(ends.back());
    for_each_part([&](std::vector<Link>& part) {  // the starts become the ends
      for (const Link& link : part) {
        scored.links[next(link).fetch_add(1, std::memory_order_relaxed)] = link;
      }
      give_back(part);
    });
    tbb::parallel_for(std::size_t{0}, ends.size() - 1, [&](std::size_t bin) {
      const auto at = [&](std::size_t i) {
        return scored.links.begin() + static_cast<std::ptrdiff_t>(i);
      };
      std::sort(at(bin == 0 ? 0 : ends[bin - 1]), at(ends[bin]), by_ends);
    });
    return scored;
  }

 private:
  template <class Visit>
  void for_each_part(const Visit& visit) {
    tbb::parallel_for(std::size_t{0}, parts_.size(), [&](std::size_t i) { visit(parts_[i]); });
  }

  std::vector<std::vector<Link>> parts_;  // by task, none of them empty
  std::vector<std::uint64_t> pairs_of_rule_;
};

}  // namespace

Blocking no_blocks(Row rows) {
  Blocking blocking;
  blocking.rules.emplace_back().single.resize(rows);
  return blocking;
}

ScoredPairs score_stars(const WalkedTable& walked, const PairWeigher& weigher, const Stars& stars,
                        const ScoreOptions& options) {
  const Scorer scorer(walked, weigher, options);
  tbb::enumerable_thread_specific<Scratch> scratch([&] { return Scratch(weigher.comparer()); });
  const std::size_t count = stars.starts.size() - 1;
  std::vector<TaskResult> results((count + kStarsPerTask - 1) / kStarsPerTask);
  tbb::parallel_for(std::size_t{0}, results.size(), [&](std::size_t t) {
    const std::size_t from = t * kStarsPerTask;
    const std::size_t to = std::min(count, from + kStarsPerTask);
    results[t] = scorer.run_stars(stars, static_cast<BlockNumber>(from + 1),
                                  static_cast<BlockNumber>(to + 1), scratch.local());
  });
  GatheredResults gathered;
  gathered.take(std::move(results));
  return std::move(gathered).finish(walked.table().size());
}

ScoredPairs score_pairs(const WalkedTable& walked, const PairWeigher& weigher,
                        const ScoreOptions& options) {
  const Scorer scorer(walked, weigher, options);
  tbb::enumerable_thread_specific<Scratch> scratch([&] { return Scratch(weigher.comparer()); });
  GatheredResults gathered;
  for_each_rule(walked, [&](std::size_t rule, const Members& members) {
    const std::vector<PairTask> tasks = plan_tasks(members, kPairsPerTask);
    std::vector<TaskResult> results(tasks.size());
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
      results[t] = scorer.run(rule, members, tasks[t], scratch.local());
      results[t].links.shrink_to_fit();  // they wait for all other rules
    });
    gathered.take(std::move(results));
    if (options.rule_scored) options.rule_scored(rule);
  });
  return std::move(gathered).finish(walked.table().size());
}

}  // namespace tessera
