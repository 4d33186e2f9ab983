#include "scoring/mixture.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr double kLeastPrior = 1e-12;
// Pairs of one household are about as many as matches before anything is known.
constexpr double kStartHouseholdShare = 1.0;
// Fewer expected household pairs than this teach nothing: the class is dropped.
constexpr double kLeastHouseholdPairs = 20.0;

using LevelTable = std::array<std::array<double, kMaxLevels + 1>, kMaxComparisons>;

struct Parameters {
  double prior = 0.0;
  double household = 0.0;
  std::vector<ComparisonModel> comparisons;
};

struct Tables {
  double match = 0.0;  // log2 of the class's share
  double household = 0.0;
  double stranger = 0.0;
  LevelTable m{};  // log2, by level; null 0
  LevelTable h{};
  LevelTable u{};
};

struct Expected {
  double matches = 0.0;
  double households = 0.0;
  LevelTable match{};
  LevelTable household{};
};

std::vector<double> start_h(const ComparisonModel& comparison, HouseholdRole role) {
  // Shared attributes start as in matches; open ones between matches and strangers, near neither.
  const double of_m = role == HouseholdRole::kShared ? 0.9 : 0.3;
  std::vector<double> h;
  for (const LevelModel& level : comparison.levels)
    h.push_back(of_m * level.m + (1 - of_m) * level.u);
  return h;
}

Tables make_tables(const Parameters& at) {
  Tables tables;
  tables.match = std::log2(at.prior);
  tables.household = at.household > 0 ? std::log2(at.household) : -1e9;
  tables.stranger = std::log2(1.0 - at.prior - at.household);
  for (std::size_t c = 0; c < at.comparisons.size(); ++c) {
    const ComparisonModel& comparison = at.comparisons[c];
    for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
      tables.m[c][i + 1] = std::log2(comparison.levels[i].m);
      tables.u[c][i + 1] = std::log2(comparison.levels[i].u);
      tables.h[c][i + 1] = comparison.h.empty() ? tables.u[c][i + 1] : std::log2(comparison.h[i]);
    }
  }
  return tables;
}

Expected expect(const PatternCounts& candidates, std::size_t comparisons, const Tables& tables) {
  Expected expected;
  for (const PatternCount& count : candidates) {
    double match = tables.match;
    double household = tables.household;
    double stranger = tables.stranger;
    for (std::size_t c = 0; c < comparisons; ++c) {
      const unsigned level = level_of(count.pattern, c);
      match += tables.m[c][level];
      household += tables.h[c][level];
      stranger += tables.u[c][level];
    }
    const double most = std::max({match, household, stranger});
    const double a = std::exp2(match - most);
    const double b = std::exp2(household - most);
    const double all = a + b + std::exp2(stranger - most);
    const double pairs = static_cast<double>(count.pairs);
    const double matches = pairs * a / all;
    const double households = pairs * b / all;
    expected.matches += matches;
    expected.households += households;
    for (std::size_t c = 0; c < comparisons; ++c) {
      const unsigned level = level_of(count.pattern, c);
      expected.match[c][level] += matches;
      expected.household[c][level] += households;
    }
  }
  return expected;
}

// New probabilities from expected counts; the starting ones weigh `pseudo` pairs.
std::vector<double> learn(const std::array<double, kMaxLevels + 1>& expected,
                          const std::vector<double>& start, double pseudo) {
  std::vector<double> shares;
  for (std::size_t i = 0; i < start.size(); ++i)
    shares.push_back(expected[i + 1] + pseudo * start[i]);
  return to_probabilities(shares);
}

std::vector<double> m_of(const ComparisonModel& comparison) {
  std::vector<double> m;
  for (const LevelModel& level : comparison.levels) m.push_back(level.m);
  return m;
}

class Mixture {
 public:
  Mixture(const std::vector<ComparisonModel>& start, double prior, std::uint64_t possible_pairs,
          const MixtureOptions& options)
      : options_(options), possible_(static_cast<double>(possible_pairs)) {
    at_.comparisons = start;
    at_.prior = std::clamp(prior, kLeastPrior, 0.4);
    with_households_ = !options.roles.empty();
    at_.household = with_households_ ? at_.prior * kStartHouseholdShare : 0.0;
    for (std::size_t c = 0; c < start.size(); ++c) {
      start_m_.push_back(m_of(start[c]));
      const bool own = with_households_ && options.roles[c] != HouseholdRole::kPersonal;
      at_.comparisons[c].h = own ? start_h(start[c], options.roles[c]) : std::vector<double>();
      start_h_.push_back(at_.comparisons[c].h);
    }
  }

  // One step; returns the largest change of an m or h.
  double step(const PatternCounts& candidates) {
    const Expected expected = expect(candidates, at_.comparisons.size(), make_tables(at_));
    at_.prior = std::clamp(expected.matches / possible_, kLeastPrior, 0.45);
    if (with_households_ && expected.households < kLeastHouseholdPairs) drop_households();
    if (with_households_) {
      at_.household = std::clamp(expected.households / possible_, kLeastPrior, 0.45);
    }
    double change = 0.0;
    for (std::size_t c = 0; c < at_.comparisons.size(); ++c) {
      ComparisonModel& comparison = at_.comparisons[c];
      const std::vector<double> m = learn(expected.match[c], start_m_[c], options_.pseudo_pairs);
      for (std::size_t i = 0; i < m.size(); ++i) {
        change = std::max(change, std::abs(comparison.levels[i].m - m[i]));
        comparison.levels[i].m = m[i];
        if (expected.match[c][i + 1] > 0.5) comparison.levels[i].m_trained = true;
      }
      if (comparison.h.empty()) continue;
      std::vector<double> h = learn(expected.household[c], start_h_[c], options_.pseudo_pairs);
      for (std::size_t i = 0; i < h.size(); ++i) {
        change = std::max(change, std::abs(comparison.h[i] - h[i]));
      }
      comparison.h = std::move(h);
    }
    return change;
  }

  Parameters take() { return std::move(at_); }

 private:
  void drop_households() {
    with_households_ = false;
    at_.household = 0.0;
    for (ComparisonModel& comparison : at_.comparisons) comparison.h.clear();
  }

  const MixtureOptions& options_;
  double possible_;
  bool with_households_ = false;
  Parameters at_;
  std::vector<std::vector<double>> start_m_;
  std::vector<std::vector<double>> start_h_;
};

}  // namespace

MixtureResult estimate_mixture(const PatternCounts& candidates,
                               const std::vector<ComparisonModel>& start, double prior,
                               std::uint64_t possible_pairs, const MixtureOptions& options) {
  TESSERA_CHECK(options.roles.empty() || options.roles.size() == start.size());
  Mixture mixture(start, prior, possible_pairs, options);
  MixtureResult result;
  while (result.iterations < options.max_iterations && !result.converged) {
    ++result.iterations;
    result.converged = mixture.step(candidates) <= options.tolerance;
  }
  Parameters parameters = mixture.take();
  result.prior = parameters.prior;
  result.household_prior = parameters.household;
  result.comparisons = std::move(parameters.comparisons);
  return result;
}

}  // namespace tessera
