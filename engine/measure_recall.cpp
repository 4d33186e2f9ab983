#include "engine/measure_recall.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

#include "data/sort_unique.hpp"
#include "engine/expected_quality.hpp"
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
    sort_unique(roots_);
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

/// The keys of a job's rules, asked which rules' keys a pair of records agrees on.
class RuleKeys {
 public:
  RuleKeys(const JobSpec& job, const Table& table)
      : groups_(job),
        all_(job.rules.size() >= 64 ? ~RuleSet{0} : (RuleSet{1} << job.rules.size()) - 1) {
    for (std::size_t r = 0; r < job.rules.size(); ++r) {
      for (const KeyPart& part : job.rules[r].parts) {
        auto found = std::ranges::find(keys_, part, &Key::part);
        if (found == keys_.end()) {
          keys_.push_back({part, std::make_unique<KeyColumn>(part, table), groups_.of(part), 0});
          found = keys_.end() - 1;
        }
        found->rules |= RuleSet{1} << r;
      }
    }
  }

  // Per group: the rules all of whose keys in it agree.
  void agreeing(const Link& link, std::vector<RuleSet>& sets) const {
    sets.assign(groups_.size(), all_);
    for (const Key& key : keys_) {
      if (!key.column->agrees(link.left, link.right)) sets[key.group] &= ~key.rules;
    }
  }

  RuleSet made_by(const Link& link) const {
    RuleSet rules = all_;
    for (const Key& key : keys_) {
      if ((rules & key.rules) != 0 && !key.column->agrees(link.left, link.right))
        rules &= ~key.rules;
    }
    return rules;
  }

  std::vector<RuleSet> reads() const {
    std::vector<RuleSet> reads(groups_.size(), 0);
    for (const Key& key : keys_) reads[key.group] |= key.rules;
    return reads;
  }

 private:
  struct Key {
    KeyPart part;
    std::unique_ptr<KeyColumn> column;
    std::size_t group = 0;
    RuleSet rules = 0;  // that have it
  };

  ColumnGroups groups_;
  RuleSet all_;
  std::vector<Key> keys_;
};

// How probable a pair is, should the model be as wrong as it is allowed to be
// (engine/expected_quality.hpp).
double at_least(double probability) {
  return std::max(0.0, 1.0 - kPrecisionFactor * (1.0 - probability));
}
double at_most(double probability) {
  return std::min(1.0, kRecallFactor * probability);
}
double as_told(double probability) {
  return probability;
}

using Reading = double (*)(double probability);

/// Matches expected among pairs, summed in whole units.
class Matches {
 public:
  void add(double probability) {
    units_ += std::llround(probability * kUnits);
    least_ += std::llround(at_least(probability) * kUnits);
    most_ += std::llround(at_most(probability) * kUnits);
  }

  double expected() const { return static_cast<double>(units_) / kUnits; }
  // So many at least and at most, should the probabilities be as wrong as they are allowed to be
  // (engine/expected_quality.hpp), and by chance.
  double least() const {
    const double matches = static_cast<double>(least_) / kUnits;
    return std::max(0.0, matches - 1.96 * std::sqrt(matches));
  }
  double most() const {
    const double matches = static_cast<double>(most_) / kUnits;
    return matches + 1.96 * std::sqrt(matches);
  }

 private:
  std::int64_t units_ = 0;
  std::int64_t least_ = 0;
  std::int64_t most_ = 0;
};

CaptureCells cells_of(const RuleKeys& keys, std::span<const Link> links, Reading reading) {
  std::map<std::vector<RuleSet>, std::int64_t> cells;
  std::vector<RuleSet> sets;
  for (const Link& link : links) {
    keys.agreeing(link, sets);
    cells[sets] += std::llround(reading(probability_from_bits(link.weight_bits)) * kUnits);
  }
  CaptureCells all;
  all.reads = keys.reads();
  for (const auto& [of, units] : cells) {
    all.cells.push_back({of, static_cast<double>(units) / kUnits});
  }
  return all;
}

// All but the estimate.
RecallMeasure count_found(const JobSpec& job, const CaptureCells& all) {
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
  return measure;
}

RecallMeasure recall_by(const RuleKeys& keys, const JobSpec& job, std::span<const Link> links) {
  const CaptureCells all = cells_of(keys, links, as_told);
  RecallMeasure measure = count_found(job, all);
  Matches others;
  for (const Link& link : links) {
    if (keys.made_by(link) == 0) others.add(probability_from_bits(link.weight_bits));
  }
  measure.estimate = estimate_capture(
      all,
      {.seed = job.seed, .known_missed = measure.through_others, .surely_missed = others.least()});
  if (!measure.estimate) return measure;
  // Doubtful pairs agree on less, and so on fewer rules' keys, than sure ones: how many matches are
  // missed hangs on how many of them are matches, which the model may have wrong.
  const auto read_as = [&](Reading reading, double known_missed) {
    return estimate_capture(
        cells_of(keys, links, reading),
        {.seed = job.seed, .known_missed = known_missed, .surely_missed = others.least()});
  };
  if (const auto few = read_as(at_least, others.least())) {
    measure.estimate->high = std::max(measure.estimate->high, few->high);
  }
  if (const auto many = read_as(at_most, others.most())) {
    measure.estimate->low = std::min(measure.estimate->low, many->low);
  }
  return measure;
}

}  // namespace

CaptureCells capture_cells(const JobSpec& job, const Table& table, std::span<const Link> links) {
  return cells_of(RuleKeys(job, table), links, as_told);
}

RecallMeasure recall_of(const JobSpec& job, const Table& table, std::span<const Link> links) {
  return recall_by(RuleKeys(job, table), job, links);
}

RecallMeasure recall_of_others(const JobSpec& job, std::span<const BlockingRule> others,
                               const Table& table, std::span<const Link> links) {
  JobSpec other = job;
  other.rules.assign(others.begin(), others.end());
  const RuleKeys keys(job, table);
  const RuleKeys other_keys(other, table);
  const std::optional<CaptureEstimate> own = recall_by(keys, job, links).estimate;
  if (!own) return recall_by(other_keys, other, links);
  RecallMeasure measure = count_found(other, cells_of(other_keys, links, as_told));
  if (measure.found <= 0.0) return measure;
  Matches missed;      // known, and none of the others makes them
  Matches alone;       // one of the job's rules makes them, or none
  Matches also_found;  // of those, by the others
  for (const Link& link : links) {
    const double probability = probability_from_bits(link.weight_bits);
    const bool found = other_keys.made_by(link) != 0;
    if (!found) missed.add(probability);
    if (std::popcount(keys.made_by(link)) > 1) continue;
    alone.add(probability);
    if (found) also_found.add(probability);
  }
  const double known = measure.found + measure.through_others;
  const double hidden = std::max(0.0, own->found + own->missed - known);
  const double most_hidden = std::max(hidden, own->found / std::max(own->low, 1e-6) - known);
  const double share = alone.expected() > 0.0 ? also_found.expected() / alone.expected() : 0.0;
  const double found = measure.found;
  CaptureEstimate& estimate = measure.estimate.emplace();
  estimate.found = found;
  estimate.missed = missed.expected() + (1.0 - share) * hidden;
  estimate.classes = own->classes;
  estimate.low = found / (found + missed.most() + most_hidden);
  estimate.high = found / (found + missed.least());
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
