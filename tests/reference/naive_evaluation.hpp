// The measures of report/evaluation.hpp from their definitions: every pair of records looked at.
#pragma once

#include "report/evaluation.hpp"

namespace tessera::test {

struct NaiveEvaluation {
  PairScore at_threshold;  ///< Of scored pairs at or over `threshold_bits`.
  PairScore clusters;
  BCubedScore b_cubed;
};

/// Cost: quadratic in records, and for each pair a search of the scored ones.
NaiveEvaluation naive_evaluation(const JobResult& result, const Truth& truth, PairScope scope,
                                 double threshold_bits);

}  // namespace tessera::test
