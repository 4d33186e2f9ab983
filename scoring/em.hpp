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
  std::vector<bool> fix_m;         ///< per comparison; empty: none. A blocked-on comparison is fixed.
  std::uint32_t max_iterations = 200;
  double tolerance = 1e-6;         ///< Ends when no parameter changed by more.
  bool keep_history = false;
  double pseudo_pairs = 0.0;       ///< Added to every level's expected match count in the M-step (Dirichlet prior on start m).
};

struct EmStep {
  double lambda = 0.0;
  std::vector<ComparisonModel> comparisons;
};

struct EmResult {
  double lambda = 0.0;                        ///< Share of matches among the counted pairs.
  std::vector<ComparisonModel> comparisons;   ///< m and u after the last step
  std::vector<double> expected_matches;       ///< per comparison: matches with both values present
  std::vector<double> log_likelihood;         ///< natural log, at the parameters that each step started from
  std::uint32_t iterations = 0;
  bool converged = false;
  std::vector<EmStep> history;                ///< [0] = start, when kept
};

/// Runs EM from `start` (its m and u) and `lambda`. counts: integer counts of patterns; the sums run in the order of
/// `counts`, so the result is the same at any thread count. Cost: iterations × patterns × comparisons.
/// Source: Dempster, Laird & Rubin (1977), JRSS B 39; Winkler (1988) for record linkage.
EmResult estimate_m(const PatternCounts& counts, const std::vector<ComparisonModel>& start, double lambda,
                    const EmOptions& options);

}  // namespace tessera
