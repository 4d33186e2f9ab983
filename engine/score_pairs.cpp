// For a left record, the bound of every pair in the block is summed comparison by comparison over
// the gathered codes: agreement gives its exact weight, a missing side nothing, a difference the
// best weight that a difference can have. Where the bound misses the threshold the pair is gone,
// before any text is read. The few that stay are compared in full, comparison by comparison, each
// lowering the bound to the truth, and dropped when it misses.
//
// Bounds are summed in single precision; kSlack covers its rounding (weights are under 2^10 bits in
// sum, so an error is under 16 · 2^10 · 2^-24 < 0.001). What is kept is weighed again in double
// precision by PairWeigher alone.
#include "engine/score_pairs.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <array>

#include "engine/candidates.hpp"
#include "engine/level_memo.hpp"

namespace tessera {
namespace {

constexpr double kSlack = 0.01;
constexpr std::uint64_t kPairsPerTask = 1 << 16;

struct Scratch {
  explicit Scratch(std::size_t comparisons) : others(comparisons), memos(comparisons) {}
  GatheredBlock block;
  std::vector<std::uint8_t> marks;
  std::array<std::vector<float>, 1 + kMaxRelations>
      bounds;  // by alternative, by right member: the most that the weight can be
  std::vector<PairWeigher::Bits> others;  // per comparison: best_other_bits of the left member
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

class Scorer {
 public:
  Scorer(const Table& table, const Blocking& blocking, const PairSpace& space,
         const PairWeigher& weigher, const ScoreOptions& options)
      : walked_(table, blocking, space, compared_columns(weigher.comparer())),
        weigher_(weigher),
        options_(options) {}

  std::size_t comparisons() const { return walked_.columns(); }

  TaskResult run(std::size_t rule, const Members& members, const PairTask& task,
                 Scratch& scratch) const {
    TaskResult result;
    for (BlockNumber block = task.first_block; block <= task.last_block; ++block) {
      scratch.block.gather(walked_, rule, members, block);
      const bool slice = task.left_to != 0;
      const std::uint32_t to = slice ? task.left_to : scratch.block.size() - 1;
      for (std::uint32_t i = slice ? task.left_from : 0; i < to; ++i) {
        const std::uint32_t pairs = scratch.block.mark_owned(i, scratch.marks);
        if (pairs == 0) continue;
        result.pairs += pairs;
        scratch.block.gather_codes();
        scan(i, static_cast<std::uint16_t>(rule), scratch, result.links);
      }
    }
    return result;
  }

 private:
  void add_bounds(std::size_t c, std::uint32_t i, Scratch& scratch) const {
    const Code* codes = scratch.block.codes(c);
    const Code mine = codes[i];
    scratch.others[c] = {};
    if (mine == kMissing) return;
    const unsigned exact = weigher_.comparer().exact_level(c);
    const PairWeigher::Bits other = weigher_.best_other_bits(c, mine);
    scratch.others[c] = other;
    const PairWeigher::Bits equal = exact != 0 ? weigher_.part_bits(c, exact, mine, mine) : other;
    const std::uint32_t size = scratch.block.size();
    for (std::size_t k = 0; k < weigher_.alternatives(); ++k) {
      const auto equal_bits = static_cast<float>(equal[k]);
      const auto other_bits = static_cast<float>(other[k]);
      float* bounds = scratch.bounds[k].data();
      for (std::uint32_t j = i + 1; j < size; ++j) {
        const float differing = codes[j] == kMissing ? 0.0F : other_bits;
        bounds[j] += codes[j] == mine ? equal_bits : differing;
      }
    }
  }

  bool all_reach(const PairWeigher::Bits& bounds, double needed) const {
    for (std::size_t k = 0; k < weigher_.alternatives(); ++k) {
      if (bounds[k] < needed) return false;
    }
    return true;
  }

  void scan(std::uint32_t i, std::uint16_t rule, Scratch& scratch, std::vector<Link>& links) const {
    const std::uint32_t size = scratch.block.size();
    for (std::size_t k = 0; k < weigher_.alternatives(); ++k) {
      scratch.bounds[k].assign(size, static_cast<float>(weigher_.start()[k]));
    }
    for (std::size_t c = 0; c < comparisons(); ++c) add_bounds(c, i, scratch);
    const double needed = options_.keep_bits - kSlack;
    for (std::uint32_t j = i + 1; j < size; ++j) {
      if (scratch.marks[j] == 0) continue;
      PairWeigher::Bits bounds{};
      for (std::size_t k = 0; k < weigher_.alternatives(); ++k) bounds[k] = scratch.bounds[k][j];
      if (!options_.prune || all_reach(bounds, needed)) compare(i, j, rule, bounds, scratch, links);
    }
  }

  void compare(std::uint32_t i, std::uint32_t j, std::uint16_t rule, PairWeigher::Bits bounds,
               Scratch& scratch, std::vector<Link>& links) const {
    const RecordComparer& comparer = weigher_.comparer();
    const Row left = scratch.block.row(i);
    const Row right = scratch.block.row(j);
    const double needed = options_.keep_bits - kSlack;
    Pattern pattern = 0;
    for (std::size_t c = 0; c < comparisons(); ++c) {
      const Code a = scratch.block.codes(c)[i];
      const Code b = scratch.block.codes(c)[j];
      if (a == kMissing || b == kMissing) continue;
      unsigned level = comparer.exact_level(c);
      if (a != b || level == 0) {
        level = scratch.memos[c].level(
            a, b, [&](Code x, Code y) { return comparer.value_level(c, x, y); });
        level = comparer.with_swap(c, left, right, a, b, level);
        const PairWeigher::Bits is = weigher_.part_bits(c, level, a, b);
        const PairWeigher::Bits& was = scratch.others[c];
        for (std::size_t k = 0; k < weigher_.alternatives(); ++k) bounds[k] += is[k] - was[k];
        if (options_.prune && !all_reach(bounds, needed)) return;
      }
      pattern = with_level(pattern, c, level);
    }
    const double weight = weigher_.weight_bits(pattern, left, right);
    if (weight >= options_.keep_bits) links.push_back({left, right, pattern, weight, rule});
  }

  WalkedTable walked_;
  const PairWeigher& weigher_;
  ScoreOptions options_;
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
