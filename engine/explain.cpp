#include "engine/explain.hpp"

#include <algorithm>
#include <cmath>

#include "engine/candidates.hpp"
#include "engine/explain_blocking.hpp"
#include "engine/explain_cluster.hpp"
#include "engine/explain_flip.hpp"

namespace tessera {
namespace {

RecordName name_of(const Table& table, Row row) {
  return {table.sources[static_cast<std::size_t>(table.row_source[row])].name,
          std::string(table.record_ids[row])};
}

ExplainedValue value_of(const Column& column, Row row) {
  ExplainedValue value;
  const Code code = column.codes[row];
  value.present = code != kMissing;
  value.as_compared = column.values[code];
  if (!column.raw_codes.empty()) value.as_written = column.raw_values[column.raw_codes[row]];
  return value;
}

ExplainedComparison explain_comparison(const ExplainInput& input, std::size_t c, unsigned level,
                                       Row left, Row right) {
  const Column& column = input.weigher.comparer().column(c);
  const ComparisonModel& model = input.model.comparisons[c];
  ExplainedComparison of;
  of.name = model.name;
  of.attribute = input.job.column_name(input.job.comparisons[c].attribute);
  of.left = value_of(column, left);
  of.right = value_of(column, right);
  const Code a = column.codes[left];
  const Code b = column.codes[right];
  const PairWeigher::Bits bits = input.weigher.part_bits(c, level, a, b);
  of.bits.assign(bits.begin(),
                 bits.begin() + static_cast<std::ptrdiff_t>(input.weigher.alternatives()));
  of.level = kNullLevelText;
  if (level == kNullLevel) return of;
  const LevelModel& reached = model.levels[level - 1];
  of.level = reached.text;
  of.m = reached.m;
  of.u = reached.u;
  of.m_trained = reached.m_trained;
  of.level_bits = input.model.level_bits(c, level);
  of.tf_bits = of.bits[0] - of.level_bits;
  if (reached.term_frequency) {
    of.frequency =
        std::exp2(-std::min(input.weigher.rarity_bits(c, a), input.weigher.rarity_bits(c, b)));
  }
  return of;
}

std::vector<ExplainedAlternative> explain_alternatives(const ExplainInput& input,
                                                       const PairWeigher::Bits& start,
                                                       const Explanation& explanation) {
  std::vector<ExplainedAlternative> alternatives;
  for (std::size_t k = 0; k < input.weigher.alternatives(); ++k) {
    ExplainedAlternative& of = alternatives.emplace_back();
    of.name = k == 0 ? "strangers" : input.model.relations[k - 1].name;
    of.prior_bits = start[k];
    of.weight_bits = start[k];
    for (const ExplainedComparison& comparison : explanation.comparisons) {
      of.weight_bits += comparison.bits[k];
    }
  }
  const auto weakest = std::ranges::min(alternatives, {}, &ExplainedAlternative::weight_bits);
  double sum = 0.0;
  for (ExplainedAlternative& of : alternatives) {
    of.share = std::exp2(weakest.weight_bits - of.weight_bits);
    sum += of.share;
  }
  for (ExplainedAlternative& of : alternatives) of.share /= sum;
  return alternatives;
}

std::string why_not_linked(const ExplainInput& input, Row left, Row right) {
  if (may_be_linked(input.table, input.space, left, right)) return {};
  const SourceId source = input.table.row_source[left];
  if (source != input.table.row_source[right]) {
    return "the job links records of one source only (dedupe_only)";
  }
  if (input.space.scope == PairScope::kAcrossSources) {
    return "the job links records of different sources only (link_only)";
  }
  return "both are of source " + input.table.sources[static_cast<std::size_t>(source)].name +
         ", which holds each person once (duplicate_free)";
}

std::optional<double> decided_weight(std::span<const WeightedPair> links, Row left, Row right) {
  const std::pair<Row, Row> wanted = std::minmax(left, right);
  const auto found = std::lower_bound(links.begin(), links.end(), wanted,
                                      [](const WeightedPair& pair, const std::pair<Row, Row>& key) {
                                        return std::pair(pair.left, pair.right) < key;
                                      });
  if (found == links.end() || std::pair(found->left, found->right) != wanted) return std::nullopt;
  return found->weight_bits;
}

}  // namespace

Verdict verdict_of(double weight_bits, double link_bits, double review_bits) {
  if (weight_bits >= link_bits) return Verdict::kLink;
  return weight_bits >= review_bits ? Verdict::kReview : Verdict::kNoLink;
}

Explanation explain_evidence(const ExplainInput& input, Row left, Row right) {
  const Table& table = input.table;
  const Pattern pattern = input.weigher.comparer().pattern(left, right);
  const PairWeigher::Bits& start =
      input.weigher.start(table.row_source[left], table.row_source[right]);
  Explanation explanation;
  explanation.left = name_of(table, left);
  explanation.right = name_of(table, right);
  explanation.may_not_be_linked = why_not_linked(input, left, right);
  explanation.prior = probability_from_bits(start[0]);
  for (std::size_t c = 0; c < input.model.comparisons.size(); ++c) {
    explanation.comparisons.push_back(
        explain_comparison(input, c, level_of(pattern, c), left, right));
  }
  explanation.alternatives = explain_alternatives(input, start, explanation);
  explanation.weight_bits = input.weigher.weight_bits(pattern, left, right);
  std::vector<double> against;
  for (const ExplainedAlternative& of : explanation.alternatives) against.push_back(of.weight_bits);
  explanation.relations_bits = against_all(against) - against.front();
  explanation.probability = probability_from_bits(explanation.weight_bits);
  explanation.link_threshold_bits = input.job.link_threshold.bits();
  explanation.review_threshold_bits =
      std::min(explanation.link_threshold_bits, input.job.review_threshold.bits());
  explanation.verdict = verdict_of(explanation.weight_bits, explanation.link_threshold_bits,
                                   explanation.review_threshold_bits);
  return explanation;
}

Explanation explain_pair(const ExplainInput& input, Row left, Row right) {
  const Table& table = input.table;
  const Pattern pattern = input.weigher.comparer().pattern(left, right);
  Explanation explanation = explain_evidence(input, left, right);
  explanation.decided_weight_bits = decided_weight(input.links, left, right);
  explanation.blocking =
      explain_blocking(input.job, table, left, right, explanation.decided_weight_bits.has_value());
  explanation.cluster = explain_cluster(input, left, right);
  explanation.flips = find_flips(input, pattern, left, right);
  return explanation;
}

}  // namespace tessera
