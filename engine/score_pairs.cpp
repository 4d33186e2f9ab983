// For each pair of a block: which values agree (one vectorised comparison of the codes), then a
// bound from tables (pair_bounds.hpp). Where the bound misses the threshold the pair is gone, before
// any text is read. For those that stay the bound is drawn tighter: by how common the agreeing
// values are, then by what letters alone say of the differing ones. The few that still stay are
// compared in full, comparison by comparison, each lowering the bound to the truth, and dropped when
// it misses.
//
// Bounds are summed in single precision; kBoundSlackBits covers their rounding. What is kept is
// weighed again in double precision by PairWeigher alone.
#include "engine/score_pairs.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <bit>

#include "engine/candidates.hpp"
#include "engine/level_memo.hpp"
#include "engine/pair_bounds.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kPairsPerTask = 1 << 16;

struct Scratch {
  explicit Scratch(std::size_t comparisons) : memos(comparisons) {}
  GatheredBlock block;
  std::vector<LevelMemo> memos;
};

struct TaskResult {
  std::vector<Link> links;
  std::uint64_t pairs = 0;
};

std::vector<const Column*> compared_columns(const RecordComparer& comparer) {
  std::vector<const Column*> columns;
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) columns.push_back(&comparer.column(c));
  return columns;
}

// Calls visit(c) for each bit of a set of comparisons.
template <class Visit>
void for_each_bit(std::uint32_t set, const Visit& visit) {
  for (; set != 0; set &= set - 1) visit(static_cast<std::size_t>(std::countr_zero(set)));
}

class Scorer {
 public:
  Scorer(const Table& table, const Blocking& blocking, const PairSpace& space,
         const PairWeigher& weigher, const ScoreOptions& options)
      : walked_(table, blocking, space, compared_columns(weigher.comparer())),
        weigher_(weigher),
        comparer_(weigher.comparer()),
        bounds_(table, weigher),
        options_(options),
        needed_(static_cast<float>(options.keep_bits - kBoundSlackBits)) {
    for (std::size_t c = 0; c < comparisons(); ++c) {
      if (comparer_.exact_level(c) == 0) never_equal_ |= 1U << c;
    }
  }

  std::size_t comparisons() const { return walked_.columns(); }

  TaskResult run(std::size_t rule, const Members& members, const PairTask& task,
                 Scratch& scratch) const {
    TaskResult result;
    for (BlockNumber block = task.first_block; block <= task.last_block; ++block) {
      scratch.block.gather(walked_, rule, members, block);
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

 private:
  // A pair on its way: which values agree, which differ, and the most that its weight can be.
  struct Pair {
    std::uint32_t i = 0;
    std::uint32_t j = 0;
    std::uint32_t equal = 0;
    std::uint32_t differing = 0;
    BoundBits bound{};
  };

  bool misses_needed(const BoundBits& bound) const {
    return options_.prune && misses(bound, needed_);
  }

  void consider(std::uint32_t i, std::uint32_t j, std::uint16_t rule, Scratch& scratch,
                std::vector<Link>& links) const {
    const GatheredBlock& block = scratch.block;
    const GatheredRecord& left = block.record(i);
    const GatheredRecord& right = block.record(j);
    const std::uint32_t present = left.present & right.present;
    const std::uint32_t same = block.equal_columns(i, j);
    Pair pair{i, j, present & same & ~never_equal_, 0, bounds_.start(left.source, right.source)};
    pair.differing = present & ~pair.equal;
    pair.bound += bounds_.sum(pair.equal, pair.differing);
    if (misses_needed(pair.bound)) return;
    for_each_bit(pair.equal & bounds_.with_commonness(), [&](std::size_t c) {
      pair.bound += bounds_.commonness(c, block.code(i, c));
    });
    if (misses_needed(pair.bound)) return;
    compare(pair, rule, scratch, links);
  }

  bool is_swapped(const GatheredBlock& block, const Pair& pair, std::size_t c) const {
    if (!comparer_.has_swap(c)) return false;
    const std::size_t partner = comparer_.swap_partner(c);
    // Without a comparison of the partner's column its codes are not at hand.
    if (partner == comparisons()) return is_swapped_by_rows(block, pair, c);
    const Code left_there = comparer_.code_in_partner(c, block.code(pair.i, c));
    return left_there != kMissing && left_there == block.code(pair.j, partner) &&
           comparer_.code_in_partner(c, block.code(pair.j, c)) == block.code(pair.i, partner) &&
           block.code(pair.i, partner) != kMissing;
  }

  bool is_swapped_by_rows(const GatheredBlock& block, const Pair& pair, std::size_t c) const {
    const unsigned swapped = comparer_.swapped_level(c);
    return comparer_.with_swap(c, block.record(pair.i).row, block.record(pair.j).row,
                               block.code(pair.i, c), block.code(pair.j, c),
                               swapped + 1) == swapped;
  }

  void compare(Pair& pair, std::uint16_t rule, Scratch& scratch, std::vector<Link>& links) const {
    const GatheredBlock& block = scratch.block;
    std::array<BoundBits, kMaxComparisons> counted;  // of the differing values, as in the bound
    std::uint32_t swapped = 0;
    for_each_bit(pair.differing, [&](std::size_t c) { counted[c] = bounds_.differing(c); });
    for_each_bit(pair.differing & bounds_.with_classes(), [&](std::size_t c) {
      if (is_swapped(block, pair, c)) {
        swapped |= 1U << c;
        return;
      }
      const Code a = block.code(pair.i, c);
      const Code b = block.code(pair.j, c);
      if (a == b) return;  // a comparison without the level `exact`
      const BoundBits& most = bounds_.of_class(c, comparer_.level_bound(c).class_of(a, b));
      pair.bound += most - counted[c];
      counted[c] = most;
    });
    if (misses_needed(pair.bound)) return;
    Pattern pattern = 0;
    for_each_bit(pair.equal, [&](std::size_t c) {
      pattern = with_level(pattern, c, comparer_.exact_level(c));
    });
    for (std::uint32_t set = pair.differing; set != 0; set &= set - 1) {
      const auto c = static_cast<std::size_t>(std::countr_zero(set));
      const Code a = block.code(pair.i, c);
      const Code b = block.code(pair.j, c);
      unsigned level = scratch.memos[c].level(
          a, b, [&](Code x, Code y) { return comparer_.value_level(c, x, y); });
      const bool may_be_swapped = ((bounds_.with_classes() >> c) & 1) == 0
                                      ? is_swapped(block, pair, c)
                                      : ((swapped >> c) & 1) != 0;
      if (may_be_swapped) level = std::min(level, comparer_.swapped_level(c));
      pattern = with_level(pattern, c, level);
      pair.bound += bounds_.to_bound(weigher_.part_bits(c, level, a, b)) - counted[c];
      if (misses_needed(pair.bound)) return;
    }
    const Row left = block.record(pair.i).row;
    const Row right = block.record(pair.j).row;
    const double weight = weigher_.weight_bits(pattern, left, right);
    if (weight >= options_.keep_bits) links.push_back({left, right, pattern, weight, rule});
  }

  WalkedTable walked_;
  const PairWeigher& weigher_;
  const RecordComparer& comparer_;
  PairBounds bounds_;
  ScoreOptions options_;
  float needed_;
  std::uint32_t never_equal_ = 0;  // comparisons without the level `exact`
};

}  // namespace

ScoredPairs score_pairs(const Table& table, const Blocking& blocking, const PairSpace& space,
                        const PairWeigher& weigher, const ScoreOptions& options) {
  const Scorer scorer(table, blocking, space, weigher, options);
  tbb::enumerable_thread_specific<Scratch> scratch([&] { return Scratch(scorer.comparisons()); });
  ScoredPairs scored;
  for (std::size_t rule = 0; rule < blocking.rules.size(); ++rule) {
    const Members members = list_members(blocking.rules[rule]);
    const std::vector<PairTask> tasks = plan_tasks(members, kPairsPerTask);
    std::vector<TaskResult> results(tasks.size());
    tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t t) {
      results[t] = scorer.run(rule, members, tasks[t], scratch.local());
    });
    std::uint64_t pairs = 0;
    for (TaskResult& result : results) {
      pairs += result.pairs;
      scored.links.insert(scored.links.end(), result.links.begin(), result.links.end());
      result.links = {};
    }
    scored.pairs_of_rule.push_back(pairs);
    scored.pairs_compared += pairs;
  }
  tbb::parallel_sort(scored.links.begin(), scored.links.end(), [](const Link& a, const Link& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
  return scored;
}

}  // namespace tessera
