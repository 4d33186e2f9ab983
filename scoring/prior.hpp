// The prior: how likely two random records that may be linked are one person.
#pragma once

#include <cstdint>
#include <vector>

#include "scoring/model.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

struct PriorEstimate {
  double prior = 0.0;
  double expected_matches = 0.0;  ///< prior · possible pairs
  bool at_limit = false;  ///< The data put it at or beyond an end of [1 / possible pairs, 0.5].
};

/// The self-consistent prior: the λ for which λ = Σ P(match | pattern; λ) / possible_pairs, the sum
/// over all candidate pairs, each once; pairs that are no candidates count as surely different. It
/// is the maximum-likelihood λ at fixed m and u, unique since the log-likelihood is concave (see
/// prior.cpp). Clamped to [1 / possible_pairs, 0.5]. `candidates` may carry term-frequency
/// adjustments. REQUIRES: possible_pairs >= Σ candidates.pairs. Cost: about 100 · patterns.
PriorEstimate estimate_prior(const PatternCounts& candidates,
                             const std::vector<ComparisonModel>& comparisons,
                             std::uint64_t possible_pairs);

/// The prior from rules so strict that their pairs are taken as matches: pairs_found / (recall ·
/// possible_pairs), clamped likewise. `recall` in (0, 1]: the share of all matches that the rules
/// find. Throws Error(kUsage) for a recall outside. Source: Splink,
/// estimate_probability_two_random_records_match.
PriorEstimate prior_from_rules(std::uint64_t pairs_found, double recall,
                               std::uint64_t possible_pairs);

}  // namespace tessera
