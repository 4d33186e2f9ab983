#include "tests/reference/naive_evaluation.hpp"

#include <algorithm>

namespace tessera::test {
namespace {

bool is_true_pair(const Truth& truth, Row left, Row right) {
  if (!truth.of_pairs) return truth.entity[left] == truth.entity[right];
  return std::find(truth.pairs.begin(), truth.pairs.end(), std::pair(left, right)) !=
         truth.pairs.end();
}

bool is_counted(const JobResult& result, const Truth& truth, PairScope scope, Row left, Row right) {
  if (truth.entity[left] == kUnjudged || truth.entity[right] == kUnjudged) return false;
  const bool across = result.row_source[left] != result.row_source[right];
  return scope == PairScope::kAnyPair || across == (scope == PairScope::kAcrossSources);
}

void count(bool found, bool is_true, PairScore& score) {
  if (found) ++score.found;
  if (is_true) ++score.actual;
  if (found && is_true) ++score.true_positives;
}

}  // namespace

NaiveEvaluation naive_evaluation(const JobResult& result, const Truth& truth, PairScope scope,
                                 double threshold_bits) {
  NaiveEvaluation naive;
  double precision = 0;
  double recall = 0;
  for (Row a = 0; a < result.size(); ++a) {
    if (truth.entity[a] == kUnjudged) continue;
    double of_entity = 0;
    double of_truth = 0;
    double of_both = 0;
    for (Row b = 0; b < result.size(); ++b) {
      if (truth.entity[b] == kUnjudged) continue;
      const bool same_entity = result.entity[a] == result.entity[b];
      const bool same_truth = truth.entity[a] == truth.entity[b];
      of_entity += same_entity ? 1 : 0;
      of_truth += same_truth ? 1 : 0;
      of_both += same_entity && same_truth ? 1 : 0;
      if (b <= a || !is_counted(result, truth, scope, a, b)) continue;
      const bool scored =
          std::any_of(result.pairs.begin(), result.pairs.end(), [&](const ScoredPair& pair) {
            return pair.left == a && pair.right == b && pair.weight_bits >= threshold_bits;
          });
      count(scored, is_true_pair(truth, a, b), naive.at_threshold);
      count(same_entity, is_true_pair(truth, a, b), naive.clusters);
    }
    precision += of_both / of_entity;
    recall += of_both / of_truth;
    ++naive.b_cubed.records;
  }
  if (naive.b_cubed.records != 0) {
    naive.b_cubed.precision = precision / static_cast<double>(naive.b_cubed.records);
    naive.b_cubed.recall = recall / static_cast<double>(naive.b_cubed.records);
  }
  return naive;
}

}  // namespace tessera::test
