// Estimates m (and, if asked, u and lambda) from counted patterns by expectation–maximisation.
#pragma once

#include <cstdint>
#include <vector>

#include "scoring/model.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

struct EmOptions {
  bool fix_u = true;
  bool fix_lambda = false;
  /// per comparison; empty: none. A comparison on what the pairs were blocked on: it takes no part,
  /// as all pairs agree on it by choice; its m and u stay, and its level is not counted as
  /// evidence.
  std::vector<bool> fix_m;
  std::uint32_t max_iterations = 200;
  double tolerance = 1e-6;  ///< Ends when no parameter changed by more.
  /// The adjustments of the counts, made with the start's u of `exact`, move along as u is
  /// estimated (levels with term_frequency). Without effect when u is fixed.
  bool adjustments_follow_u = false;
  bool keep_history = false;  ///< Fill history and log_likelihood.
  double pseudo_pairs = 0.0;  ///< Matches added to a comparison's in each M-step, spread as start m
                              ///< (a Dirichlet prior).
};

struct EmStep {
  double lambda = 0.0;
  std::vector<ComparisonModel> comparisons;
};

struct EmResult {
  double lambda = 0.0;                       ///< Share of matches among the counted pairs.
  std::vector<ComparisonModel> comparisons;  ///< m and u after the last step
  std::vector<double> expected_matches;      ///< per comparison: matches with both values present
  std::vector<double>
      log_likelihood;  ///< per iteration, when kept: natural log, before that iteration
  std::uint32_t iterations = 0;
  bool converged = false;
  std::vector<EmStep> history;  ///< [0] = start, when kept
};

/// Runs EM from `start` (its m and u, held to at least kLeastProbability) and `lambda`. A level
/// that no pair reached keeps its start m (and u), with m_trained false; the others share the rest.
/// The adjustments of `counts` weigh in the E-step. The sums run in the order of `counts`, so the
/// result is the same at any thread count. REQUIRES: 0 < lambda < 1. Cost: iterations × patterns ×
/// comparisons. Source: Dempster, Laird & Rubin (1977), JRSS B 39; Winkler (1988) for record
/// linkage.
EmResult estimate_m(const PatternCounts& counts, const std::vector<ComparisonModel>& start,
                    double lambda, const EmOptions& options);

}  // namespace tessera
