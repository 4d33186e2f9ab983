// What reviewers' verdicts on pairs teach a model that was trained without them.
#pragma once

#include <cstdint>
#include <span>

#include "scoring/model.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// A pair that the model weighed. Labelled: a person said what it is.
struct LabelledPattern {
  Pattern pattern = 0;
  double weight_bits = 0.0;  ///< Under the model, term frequencies and all.
  bool labelled = false;
  bool is_match = false;  ///< Of a labelled pair.
};

/// Pseudo-counts: the model's own word counts as much as so many labels in a stratum of weights
/// where it finds every other pair a match (elsewhere as more), and as so many matches at a
/// comparison.
inline constexpr double kStratumPseudoLabels = 10.0;
inline constexpr double kLevelPseudoMatches = 50.0;

/// What was made of the labels.
struct LabelFacts {
  std::uint64_t matches = 0;
  std::uint64_t non_matches = 0;
  double expected_before = 0.0;  ///< Matches among the pairs, as the model has it.
  double expected_after = 0.0;   ///< And as the labels correct it.
};

struct LabelledModel {
  Model model;
  LabelFacts facts;
};

/// Moves m of every comparison, and the priors, by what the labels say of the pairs like theirs.
///
/// Labels come from a queue, that is from the pairs that the model finds doubtful: a biased sample,
/// in which few pairs agree on everything. Their level shares are no estimate of m. But which pairs
/// were labelled depends on their weight alone, and within a stratum of weights (4 bits wide) the
/// labels are as good as drawn: they tell which share of the stratum is matches,
///
///   share = (matches + κ · p̄) / (labels + κ),   κ = kStratumPseudoLabels / (4 p̄ (1 − p̄)),
///
/// p being the model's probability of a match, p̄ its mean in the stratum: the surer the model, the
/// more labels it takes. A stratum counts for as many pairs as it has, not as were labelled. Each
/// pair gets p': 0 or 1 where labelled; in a stratum with labels p, its odds scaled so that their
/// mean is the share; elsewhere p. Then
///
///   m'(level) ∝ m(level) · (C' + κ_m · m) / (C + κ_m · m),   κ_m = kLevelPseudoMatches,
///
/// C and C' being the expected matches at the level, Σ p and Σ p'. The model is one that EM found:
/// its m is what C gives, but for what blocking does to it (pairs found by a key agree on it), and
/// that is in both sums. The priors are scaled by Σ p' / Σ p. Without labels the model stays as it
/// is; u is not touched.
///
/// pairs: all pairs that the model holds possible, over some low weight, each once. REQUIRES:
/// patterns of this model. Cost: the pairs once, then their distinct patterns and weights (to a
/// quarter of a bit) some fifty times.
/// Source: selection on what is observed is ignorable (Rubin 1976, Biometrika 63, 581–592);
/// post-stratification (Holt & Smith 1979, JRSS A 142, 33–46).
LabelledModel learn_from_labels(const Model& model, std::span<const LabelledPattern> pairs);

}  // namespace tessera
