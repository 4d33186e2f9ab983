#include "scoring/model.hpp"

#include <algorithm>
#include <cmath>

namespace tessera {

double bits_from_probability(double probability) {
  return std::log2(probability / (1.0 - probability));
}

double probability_from_bits(double weight_bits) {
  if (weight_bits >= 0.0) return 1.0 / (1.0 + std::exp2(-weight_bits));
  const double odds = std::exp2(weight_bits);  // under 1, so nothing overflows
  return odds / (1.0 + odds);
}

double Model::level_bits(std::size_t c, unsigned level) const {
  if (level == kNullLevel) return 0.0;
  const LevelModel& parameters = comparisons[c].levels[level - 1];
  return std::log2(parameters.m / parameters.u);
}

double Model::prior_bits() const {
  return bits_from_probability(prior);
}

double Model::related_bits(std::size_t c, unsigned level, std::size_t relation) const {
  if (level == kNullLevel) return 0.0;
  const ComparisonModel& comparison = comparisons[c];
  if (comparison.h.empty()) return level_bits(c, level);
  return std::log2(comparison.levels[level - 1].m / comparison.h[relation][level - 1]);
}

double Model::relation_prior_bits(std::size_t relation) const {
  return std::log2(prior / relations[relation].prior);
}

double Model::weight_bits(Pattern pattern) const {
  double bits = prior_bits();
  for (std::size_t c = 0; c < comparisons.size(); ++c) bits += level_bits(c, level_of(pattern, c));
  if (relations.empty()) return bits;
  std::vector<double> alternatives = {bits};
  for (std::size_t relation = 0; relation < relations.size(); ++relation) {
    double related = relation_prior_bits(relation);
    for (std::size_t c = 0; c < comparisons.size(); ++c) {
      related += related_bits(c, level_of(pattern, c), relation);
    }
    alternatives.push_back(related);
  }
  return against_all(alternatives);
}

double against_all(std::span<const double> weights_bits) {
  const double least = *std::min_element(weights_bits.begin(), weights_bits.end());
  double sum = 0.0;
  for (const double bits : weights_bits) sum += std::exp2(least - bits);
  return least - std::log2(sum);
}

std::vector<double> to_probabilities(std::span<const double> shares, double total) {
  std::vector<double> probabilities(shares.begin(), shares.end());
  std::vector<bool> floored(shares.size(), false);
  double left = total;
  // Raising one share to the floor shrinks the others, which may bring the next under it: at most
  // one round a share.
  for (std::size_t round = 0; round <= shares.size(); ++round) {
    double sum = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i) sum += floored[i] ? 0.0 : shares[i];
    bool changed = false;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (floored[i]) continue;
      probabilities[i] = sum > 0.0 ? shares[i] / sum * left : left / double(shares.size());
      changed = changed || probabilities[i] < kLeastProbability;
    }
    if (!changed) break;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (floored[i] || probabilities[i] >= kLeastProbability) continue;
      floored[i] = true;
      probabilities[i] = kLeastProbability;
      left -= kLeastProbability;
    }
  }
  // A lone level would be certain; it must not be.
  for (double& p : probabilities) p = std::min(p, 1.0 - kLeastProbability);
  return probabilities;
}

}  // namespace tessera
