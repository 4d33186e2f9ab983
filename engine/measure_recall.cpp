#include "engine/measure_recall.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

#include "engine/key_column.hpp"

namespace tessera {
namespace {

constexpr double kLeastKept = 0.1;  // of pairs kept; below, what is summed is mostly noise
constexpr double kUnits = 1 << 20;  // matches are counted in whole units, in any order alike

// Columns in groups that agree or fail together.
class ColumnGroups {
 public:
  explicit ColumnGroups(const JobSpec& job) : parent_(job.attributes.size() + job.derived.size()) {
    std::iota(parent_.begin(), parent_.end(), std::uint32_t{0});
    for (std::size_t d = 0; d < job.derived.size(); ++d) {
      const auto column = static_cast<std::uint32_t>(job.attributes.size() + d);
      for (const std::uint32_t from : job.derived[d].first_of) join(column, from);
    }
    for (const BlockingRule& rule : job.rules) {
      for (const KeyPart& part : rule.parts) {
        if (part.with) join(part.attribute, *part.with);
      }
    }
    for (const BlockingRule& rule : job.rules) {
      for (const KeyPart& part : rule.parts) roots_.push_back(find(part.attribute));
    }
    std::ranges::sort(roots_);
    roots_.erase(std::ranges::unique(roots_).begin(), roots_.end());
  }

  std::size_t size() const { return roots_.size(); }
  std::size_t of(const KeyPart& part) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(roots_, find(part.attribute)) -
                                    roots_.begin());
  }

 private:
  std::uint32_t find(std::uint32_t column) const {
    while (parent_[column] != column) column = parent_[column];
    return column;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t root_of_a = find(a);
    const std::uint32_t root_of_b = find(b);
    parent_[std::max(root_of_a, root_of_b)] = std::min(root_of_a, root_of_b);
  }

  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> roots_;  // of the columns that rules read
};

}  // namespace

CaptureCells capture_cells(const JobSpec& job, const Table& table, std::span<const Link> links) {
  struct Key {
    KeyPart part;
    std::unique_ptr<KeyColumn> column;
    std::size_t group = 0;
    RuleSet rules = 0;  // that have it
  };
  const ColumnGroups groups(job);
  std::vector<Key> keys;
  for (std::size_t r = 0; r < job.rules.size(); ++r) {
    for (const KeyPart& part : job.rules[r].parts) {
      auto found = std::ranges::find(keys, part, &Key::part);
      if (found == keys.end()) {
        keys.push_back({part, std::make_unique<KeyColumn>(part, table), groups.of(part), 0});
        found = keys.end() - 1;
      }
      found->rules |= RuleSet{1} << r;
    }
  }
  const RuleSet all = job.rules.size() >= 64 ? ~RuleSet{0} : (RuleSet{1} << job.rules.size()) - 1;
  std::map<std::vector<RuleSet>, std::int64_t> cells;
  std::vector<RuleSet> sets;
  for (const Link& link : links) {
    sets.assign(groups.size(), all);
    for (const Key& key : keys) {
      if (!key.column->agrees(link.left, link.right)) sets[key.group] &= ~key.rules;
    }
    cells[sets] += std::llround(probability_from_bits(link.weight_bits) * kUnits);
  }
  CaptureCells all_cells;
  all_cells.reads.resize(groups.size(), 0);
  for (const Key& key : keys) all_cells.reads[key.group] |= key.rules;
  for (const auto& [of, units] : cells) {
    all_cells.cells.push_back({of, static_cast<double>(units) / kUnits});
  }
  return all_cells;
}

RecallMeasure recall_of(const JobSpec& job, const Table& table, std::span<const Link> links) {
  const CaptureCells all = capture_cells(job, table, links);
  RecallMeasure measure;
  measure.rules.resize(job.rules.size());
  for (const CaptureCell& cell : all.cells) {
    const RuleSet made_by = cell.made_by();
    (made_by == 0 ? measure.through_others : measure.found) += cell.matches;
    for (std::size_t r = 0; r < job.rules.size(); ++r) {
      if (((made_by >> r) & 1) == 0) continue;
      measure.rules[r].found += cell.matches;
      if (made_by == RuleSet{1} << r) measure.rules[r].alone += cell.matches;
    }
  }
  measure.estimate =
      estimate_capture(all, {.seed = job.seed, .known_missed = measure.through_others});
  return measure;
}

RecallMeasure measure_recall(const JobSpec& job, const RunLimits& limits,
                             const StageWatcher& watcher) {
  JobSpec wide = job;
  if (wide.review_threshold.bits() > bits_from_probability(kLeastKept)) {
    wide.review_threshold = {kLeastKept, false};
  }
  const LinkResult result = run_link(wide, limits, std::nullopt, watcher);
  return recall_of(job, result.table, result.links);
}

}  // namespace tessera
