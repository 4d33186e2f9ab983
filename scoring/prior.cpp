// The prior that explains itself: the share of matches that the posteriors, computed with it, add
// up to.
//
// With r = m(γ)/u(γ) of a candidate pair and r = 0 for the pairs that are no candidates, the
// log-likelihood of λ is
//   L(λ) = Σ log(1 + (r − 1) λ) + const, over all T possible pairs.
// Each term is the logarithm of an affine function of λ, so L is concave and its maximum is unique.
// Further
//   λ (1 − λ) L'(λ) = Σ p(λ) − T λ,
// p(λ) = r λ / (1 + (r − 1) λ) being the posterior (0 where r is 0). So the maximum is the fixed
// point λ = Σ p / T, and Σ p − T λ changes its sign once, from + to −: bisection finds it, whereas
// plain iteration (which is EM) needs thousands of steps when matches are rare.
//
// An example: 1000 candidates with r = 10⁶ among T = 10⁹ pairs give λ just under 10⁻⁶. One where it
// fails: if every r is so small that Σ r < T, no λ > 0 explains anything, and the answer is the
// lower end, one match in all pairs.
#include "scoring/prior.hpp"

#include <algorithm>
#include <cmath>

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr double kLargestPrior = 0.5;
constexpr int kBisections = 64;  // halves an interval of at most 64 bits to under 1e-17

PriorEstimate clamped(double prior, std::uint64_t possible_pairs) {
  const double pairs = static_cast<double>(std::max<std::uint64_t>(possible_pairs, 2));
  const double least = std::min(1.0 / pairs, kLargestPrior);
  PriorEstimate estimate;
  estimate.prior = std::clamp(prior, least, kLargestPrior);
  estimate.at_limit = !(prior > least && prior < kLargestPrior);
  estimate.expected_matches = estimate.prior * static_cast<double>(possible_pairs);
  return estimate;
}

struct WeighedPairs {
  double bits = 0.0;
  double pairs = 0.0;
};

std::vector<WeighedPairs> weigh(const PatternCounts& candidates,
                                const std::vector<ComparisonModel>& comparisons) {
  Model model;
  model.comparisons = comparisons;
  std::vector<WeighedPairs> weighed;
  weighed.reserve(candidates.size());
  for (const PatternCount& count : candidates) {
    double bits = count.adjustment_bits;
    for (std::size_t c = 0; c < comparisons.size(); ++c) {
      bits += model.level_bits(c, level_of(count.pattern, c));
    }
    weighed.push_back({bits, static_cast<double>(count.pairs)});
  }
  return weighed;
}

}  // namespace

PriorEstimate estimate_prior(const PatternCounts& candidates,
                             const std::vector<ComparisonModel>& comparisons,
                             std::uint64_t possible_pairs) {
  const std::vector<WeighedPairs> weighed = weigh(candidates, comparisons);
  const double total = static_cast<double>(possible_pairs);
  const auto too_low = [&](double prior_bits) {
    double matches = 0.0;
    for (const WeighedPairs& w : weighed) {
      matches += w.pairs * probability_from_bits(prior_bits + w.bits);
    }
    return matches > total * probability_from_bits(prior_bits);
  };
  if (possible_pairs <= 2 || too_low(0.0)) return clamped(kLargestPrior, possible_pairs);
  double low = bits_from_probability(1.0 / total);
  double high = 0.0;
  if (!too_low(low)) return clamped(0.0, possible_pairs);
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (low + high) / 2.0;
    (too_low(middle) ? low : high) = middle;
  }
  return clamped(probability_from_bits((low + high) / 2.0), possible_pairs);
}

PriorEstimate prior_from_rules(std::uint64_t pairs_found, double recall,
                               std::uint64_t possible_pairs) {
  if (!(recall > 0.0 && recall <= 1.0)) {
    throw Error(ErrorCode::kUsage, "recall",
                "the share of matches that the deterministic rules find must be over 0 and at "
                "most 1; 0.7 to 0.9 is usual");
  }
  const double pairs = static_cast<double>(std::max<std::uint64_t>(possible_pairs, 1));
  return clamped(static_cast<double>(pairs_found) / (recall * pairs), possible_pairs);
}

}  // namespace tessera
