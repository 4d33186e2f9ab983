#include "report/evaluation.hpp"

#include <algorithm>
#include <cmath>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr double kMostSweepSteps = 24;  // rows of the sweep that fit one screen

std::optional<double> ratio(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

bool joins_two_sources(const JobResult& result, Row left, Row right) {
  return result.row_source[left] != result.row_source[right];
}

PairScope scope_of(const JobResult& result, const Truth& truth) {
  if (result.link_type == LinkType::kLinkOnly) return PairScope::kAcrossSources;
  if (result.link_type == LinkType::kDedupeOnly) return PairScope::kWithinSource;
  const bool all_across =
      truth.of_pairs && !truth.pairs.empty() &&
      std::all_of(truth.pairs.begin(), truth.pairs.end(), [&](const std::pair<Row, Row>& pair) {
        return joins_two_sources(result, pair.first, pair.second);
      });
  return all_across ? PairScope::kAcrossSources : PairScope::kAnyPair;
}

bool in_scope(const JobResult& result, PairScope scope, Row left, Row right) {
  if (scope == PairScope::kAnyPair) return true;
  return joins_two_sources(result, left, right) == (scope == PairScope::kAcrossSources);
}

/// A scored pair that the truth judges.
struct JudgedPair {
  double weight_bits;
  Row left;
  Row right;
  bool is_true;
};

/// The judged pairs, heaviest first.
std::vector<JudgedPair> judge_pairs(const JobResult& result, const Truth& truth, PairScope scope) {
  std::vector<JudgedPair> judged;
  auto listed = truth.pairs.begin();  // scored pairs and listed pairs are in the same order
  for (const ScoredPair& pair : result.pairs) {
    const std::uint32_t left = truth.entity[pair.left];
    const std::uint32_t right = truth.entity[pair.right];
    if (left == kUnjudged || right == kUnjudged) continue;
    if (!in_scope(result, scope, pair.left, pair.right)) continue;
    bool is_true = left == right;
    if (truth.of_pairs) {
      const std::pair key(pair.left, pair.right);
      while (listed != truth.pairs.end() && *listed < key) ++listed;
      is_true = listed != truth.pairs.end() && *listed == key;
    }
    judged.push_back({pair.weight_bits, pair.left, pair.right, is_true});
  }
  std::sort(judged.begin(), judged.end(), [](const JudgedPair& a, const JudgedPair& b) {
    if (a.weight_bits != b.weight_bits) return a.weight_bits > b.weight_bits;
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  return judged;
}

/// One entry per distinct weight, heaviest first: the score if the threshold is there.
std::vector<ThresholdScore> score_every_weight(const std::vector<JudgedPair>& judged,
                                               std::uint64_t actual) {
  std::vector<ThresholdScore> curve;
  PairScore score{0, 0, actual};
  for (std::size_t i = 0; i < judged.size(); ++i) {
    ++score.found;
    if (judged[i].is_true) ++score.true_positives;
    const bool last = i + 1 == judged.size() || judged[i + 1].weight_bits != judged[i].weight_bits;
    if (last) curve.push_back({judged[i].weight_bits, score});
  }
  return curve;
}

/// The score at any threshold: of the lightest weight that still reaches it.
PairScore score_at(const std::vector<ThresholdScore>& curve, double threshold_bits,
                   std::uint64_t actual) {
  const auto below = std::partition_point(
      curve.begin(), curve.end(),
      [&](const ThresholdScore& point) { return point.threshold_bits >= threshold_bits; });
  return below == curve.begin() ? PairScore{0, 0, actual} : (below - 1)->score;
}

std::vector<ThresholdScore> sweep_bits(const std::vector<ThresholdScore>& curve, double review_bits,
                                       std::uint64_t actual) {
  if (curve.empty()) return {};
  const double lowest = std::ceil(review_bits);
  const double highest = std::floor(curve.front().threshold_bits);
  const double step = std::max(1.0, std::ceil((highest - lowest) / kMostSweepSteps));
  std::vector<ThresholdScore> sweep;
  for (double bits = lowest; bits <= highest; bits += step) {
    sweep.push_back({bits, score_at(curve, bits, actual)});
  }
  return sweep;
}

std::optional<ThresholdScore> best_of(const std::vector<ThresholdScore>& curve) {
  std::optional<ThresholdScore> best;
  for (const ThresholdScore& point :
       curve) {  // heaviest first: of equals the highest threshold stays
    if (!best || point.score.f1() > best->score.f1()) best = point;
  }
  return best;
}

/// The judged records, grouped.
template <typename GroupOf>
std::vector<GroupedRow> group_rows(const Truth& truth, GroupOf group_of) {
  std::vector<GroupedRow> rows;
  for (Row row = 0; row < truth.entity.size(); ++row) {
    if (truth.entity[row] != kUnjudged) rows.push_back({group_of(row), row});
  }
  sort_groups(rows);
  return rows;
}

/// Groups of the judged records: by true entity, by the job's, and by both at once.
struct Groups {
  std::vector<GroupedRow> by_truth;
  std::vector<GroupedRow> by_entity;
  std::vector<GroupedRow> by_both;  // group: entity in the upper half, true entity in the lower
};

Groups group_records(const JobResult& result, const Truth& truth) {
  const auto both = [&](Row row) {
    return (std::uint64_t{result.entity[row]} << 32) | truth.entity[row];
  };
  return {group_rows(truth, [&](Row row) { return std::uint64_t{truth.entity[row]}; }),
          group_rows(truth, [&](Row row) { return std::uint64_t{result.entity[row]}; }),
          group_rows(truth, both)};
}

PairCounts count_listed(const JobResult& result, const Truth& truth, bool in_one_entity) {
  PairCounts counts(result.sources.size());
  for (const auto& [left, right] : truth.pairs) {
    if (!in_one_entity || result.entity[left] == result.entity[right]) {
      counts.add(result.row_source[left], result.row_source[right], 1);
    }
  }
  return counts;
}

/// Pairs by their sources: true ones, those in one entity, and those that are both.
struct ClusterCounts {
  PairCounts actual;
  PairCounts found;
  PairCounts both;
};

ClusterCounts count_clusters(const JobResult& result, const Truth& truth, const Groups& groups) {
  const auto pairs_in = [&](const std::vector<GroupedRow>& rows) {
    return pairs_in_groups(rows, result.row_source, result.sources.size());
  };
  if (truth.of_pairs) {
    return {count_listed(result, truth, false), pairs_in(groups.by_entity),
            count_listed(result, truth, true)};
  }
  return {pairs_in(groups.by_truth), pairs_in(groups.by_entity), pairs_in(groups.by_both)};
}

/// The number of records in each group, in the order of the groups.
std::vector<std::pair<std::uint64_t, std::uint64_t>> group_sizes(
    const std::vector<GroupedRow>& rows) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes;
  for (const GroupedRow& each : rows) {
    if (sizes.empty() || sizes.back().first != each.group) sizes.emplace_back(each.group, 0);
    ++sizes.back().second;
  }
  return sizes;
}

std::uint64_t size_of(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& sizes,
                      std::uint64_t group) {
  return std::lower_bound(sizes.begin(), sizes.end(), std::pair(group, std::uint64_t{0}))->second;
}

BCubedScore score_b_cubed(const Groups& groups) {
  const auto of_truth = group_sizes(groups.by_truth);
  const auto of_entity = group_sizes(groups.by_entity);
  BCubedScore score;
  score.records = groups.by_both.size();
  if (score.records == 0) return score;
  for (const auto& [both, shared] : group_sizes(groups.by_both)) {
    const double square = static_cast<double>(shared) * static_cast<double>(shared);
    score.precision += square / static_cast<double>(size_of(of_entity, both >> 32));
    score.recall += square / static_cast<double>(size_of(of_truth, both & 0xffff'ffffU));
  }
  score.precision /= static_cast<double>(score.records);
  score.recall /= static_cast<double>(score.records);
  return score;
}

/// Calls `visit` with each true pair within the scope, left < right.
template <typename Visit>
void for_each_true_pair(const JobResult& result, const Truth& truth, const Groups& groups,
                        PairScope scope, Visit visit) {
  if (truth.of_pairs) {
    for (const auto& [left, right] : truth.pairs) {
      if (in_scope(result, scope, left, right)) visit(left, right);
    }
    return;
  }
  const std::vector<GroupedRow>& rows = groups.by_truth;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size() && rows[j].group == rows[i].group; ++j) {
      if (in_scope(result, scope, rows[i].row, rows[j].row)) visit(rows[i].row, rows[j].row);
    }
  }
}

std::vector<SourcePairScore> score_by_source(const JobResult& result,
                                             const std::vector<JudgedPair>& judged,
                                             const ClusterCounts& counts, PairScope scope) {
  PairCounts found(result.sources.size());
  PairCounts both(result.sources.size());
  for (const JudgedPair& pair : judged) {
    if (pair.weight_bits < result.link_threshold_bits) break;
    const SourceId left = result.row_source[pair.left];
    const SourceId right = result.row_source[pair.right];
    found.add(left, right, 1);
    if (pair.is_true) both.add(left, right, 1);
  }
  std::vector<SourcePairScore> scores;
  for (std::size_t a = 0; a < result.sources.size(); ++a) {
    for (std::size_t b = a; b < result.sources.size(); ++b) {
      if (scope != PairScope::kAnyPair && (a == b) != (scope == PairScope::kWithinSource)) continue;
      const SourceId left{static_cast<std::uint16_t>(a)};
      const SourceId right{static_cast<std::uint16_t>(b)};
      const std::uint64_t actual = counts.actual.of(left, right);
      scores.push_back({result.sources[a],
                        result.sources[b],
                        {both.of(left, right), found.of(left, right), actual},
                        {counts.both.of(left, right), counts.found.of(left, right), actual}});
    }
  }
  return scores;
}

bool is_kept(const JobResult& result, Row left, Row right) {
  const auto key = [](const ScoredPair& pair) { return std::pair(pair.left, pair.right); };
  return std::ranges::binary_search(result.pairs, std::pair(left, right), {}, key);
}

// Moves up to `count` pairs from the front.
std::vector<WrongPair> take_first(std::vector<WrongPair>& from, std::size_t count) {
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(count, from.size()));
  std::vector<WrongPair> taken(from.begin(), end);
  from.erase(from.begin(), end);
  return taken;
}

WrongPairs wrong_pairs(const JobResult& result, const Truth& truth,
                       const std::vector<JudgedPair>& judged, const Groups& groups, PairScope scope,
                       const EvaluationOptions& options) {
  WrongPairs wrong;
  std::vector<WrongPair> missed;
  for (const JudgedPair& pair : judged) {  // heaviest first
    const bool linked = pair.weight_bits >= result.link_threshold_bits;
    const bool together = result.entity[pair.left] == result.entity[pair.right];
    const WrongPair of{pair.left, pair.right, pair.weight_bits, together};
    if (linked && !pair.is_true && wrong.false_links.size() < options.wrong_pairs) {
      wrong.false_links.push_back(of);
    } else if (!linked && pair.is_true && !together) {
      missed.push_back(of);
    }
  }
  if (options.weigh) {
    for_each_true_pair(result, truth, groups, scope, [&](Row left, Row right) {
      if (result.entity[left] == result.entity[right] || is_kept(result, left, right)) return;
      missed.push_back({left, right, options.weigh(left, right), false});
    });
  }
  std::ranges::sort(missed, [](const WrongPair& a, const WrongPair& b) {
    if (a.weight_bits != b.weight_bits) return a.weight_bits > b.weight_bits;
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  wrong.missed_nearly = take_first(missed, options.wrong_pairs);
  std::ranges::reverse(missed);
  wrong.missed_by_far = take_first(missed, options.wrong_pairs);
  return wrong;
}

void copy_truth_facts(const Truth& truth, Evaluation& evaluation) {
  evaluation.truth_of_pairs = truth.of_pairs;
  evaluation.truth_rows = truth.rows;
  evaluation.truth_bad_rows = truth.bad_rows;
  evaluation.truth_unknown_records = truth.unknown_records;
  evaluation.truth_ambiguous_records = truth.ambiguous_records;
  evaluation.truth_repeated_rows = truth.repeated_rows;
  evaluation.truth_contradicting_rows = truth.contradicting_rows;
}

}  // namespace

std::optional<double> PairScore::precision() const {
  return ratio(true_positives, found);
}

std::optional<double> PairScore::recall() const {
  return ratio(true_positives, actual);
}

std::optional<double> PairScore::f1() const {
  return ratio(2 * true_positives, found + actual);
}

double BCubedScore::f1() const {
  const double sum = precision + recall;
  return sum == 0.0 ? 0.0 : 2.0 * precision * recall / sum;
}

std::optional<double> BlockingScore::pairs_completeness() const {
  return in_blocks ? ratio(*in_blocks, true_pairs) : std::nullopt;
}

std::optional<double> BlockingScore::reduction_ratio() const {
  const std::optional<double> kept = ratio(pairs_compared, pairs_possible);
  return kept ? std::optional(1.0 - *kept) : std::nullopt;
}

Evaluation evaluate(const JobResult& result, const Truth& truth, const EvaluationOptions& options) {
  TESSERA_CHECK(truth.entity.size() == result.size());
  Evaluation evaluation;
  copy_truth_facts(truth, evaluation);
  const PairScope scope = scope_of(result, truth);
  const Groups groups = group_records(result, truth);
  const ClusterCounts counts = count_clusters(result, truth, groups);
  const std::uint64_t actual = counts.actual.total(scope);

  evaluation.scope = scope;
  evaluation.records = result.size();
  evaluation.records_judged = groups.by_truth.size();
  evaluation.true_entities = group_sizes(groups.by_truth).size();
  evaluation.entities = group_sizes(groups.by_entity).size();
  evaluation.review_threshold_bits = result.review_threshold_bits;
  evaluation.clusters = {counts.both.total(scope), counts.found.total(scope), actual};
  evaluation.b_cubed = score_b_cubed(groups);

  const std::vector<JudgedPair> judged = judge_pairs(result, truth, scope);
  const std::vector<ThresholdScore> curve = score_every_weight(judged, actual);
  evaluation.pairs_not_judged = result.pairs.size() - judged.size();
  evaluation.sweep = sweep_bits(curve, result.review_threshold_bits, actual);
  evaluation.at_link_threshold = {result.link_threshold_bits,
                                  score_at(curve, result.link_threshold_bits, actual)};
  evaluation.best = best_of(curve);
  if (options.by_source) {
    evaluation.by_source = score_by_source(result, judged, counts, scope);
  }

  if (options.wrong_pairs > 0) {
    evaluation.wrong = wrong_pairs(result, truth, judged, groups, scope, options);
  }

  evaluation.blocking = {actual, curve.empty() ? 0 : curve.back().score.true_positives,
                         std::nullopt, result.pairs_compared, result.pairs_possible};
  if (options.shares_block) {
    std::uint64_t in_blocks = 0;
    for_each_true_pair(result, truth, groups, scope, [&](Row left, Row right) {
      if (options.shares_block(left, right)) ++in_blocks;
    });
    evaluation.blocking.in_blocks = in_blocks;
  }
  return evaluation;
}

std::string scope_name(PairScope scope) {
  switch (scope) {
    case PairScope::kAnyPair:
      return "all pairs";
    case PairScope::kAcrossSources:
      return "pairs across sources";
    case PairScope::kWithinSource:
      return "pairs within a source";
  }
  return "all pairs";
}

}  // namespace tessera
