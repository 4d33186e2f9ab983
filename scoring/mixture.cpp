#include "scoring/mixture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr double kLeastPrior = 1e-12;
constexpr double kMostPrior = 0.45;
// Before anything is known, pairs of each relation are taken to be as many as matches.
constexpr double kStartRelationShare = 1.0;
// Fewer expected pairs than this teach nothing: the relation is given up.
constexpr double kLeastRelatedPairs = 20.0;
constexpr std::size_t kMatch = 0;  // classes: matches, strangers, then the relations
constexpr std::size_t kStranger = 1;
constexpr std::size_t kFirstRelation = 2;
constexpr std::size_t kClasses = kFirstRelation + kRelations;

using LevelTable = std::array<std::array<double, kMaxLevels + 1>, kMaxComparisons>;

struct Tables {
  std::array<double, kClasses> share{};       // log2
  std::array<LevelTable, kClasses> levels{};  // log2, by class; null 0
};

struct Expected {
  std::array<double, kClasses> pairs{};
  std::array<LevelTable, kClasses> levels{};  // strangers are not counted: u is fixed
};

// How much of m, the rest being u, a relation's h starts with; nothing where h stays u.
std::optional<double> start_share_of_m(RelationRole role, Relation relation) {
  const bool household = relation == Relation::kHousehold;
  if (relation == Relation::kNamesakes) {
    if (role == RelationRole::kGiven || role == RelationRole::kSex) return 0.9;
    if (role == RelationRole::kPlace) return 0.1;
    return std::nullopt;
  }
  if (relation == Relation::kFullNamesakes) {
    const bool name = role == RelationRole::kGiven || role == RelationRole::kFamily;
    return name || role == RelationRole::kSex ? std::optional<double>(0.9) : std::nullopt;
  }
  switch (role) {
    case RelationRole::kFamily:
    case RelationRole::kHousehold:
      return household ? 0.9 : 0.0;
    case RelationRole::kPlace:
      return 0.9;
    case RelationRole::kOpen:
      return household ? 0.3 : 0.0;
    default:
      return std::nullopt;
  }
}

std::vector<double> start_h(const ComparisonModel& comparison, RelationRole role,
                            Relation relation) {
  std::vector<double> h;
  const double of_m = start_share_of_m(role, relation).value_or(0.0);
  for (const LevelModel& level : comparison.levels) {
    h.push_back(of_m * level.m + (1 - of_m) * level.u);
  }
  if (role == RelationRole::kBirth && relation == Relation::kHousehold) {
    for (double& share : h) share *= 1.0 - kTwinShare;
    h[0] += kTwinShare;
  }
  return to_probabilities(h);
}

// New probabilities from expected counts; the starting ones weigh `pseudo` pairs.
std::vector<double> learn(const std::array<double, kMaxLevels + 1>& expected,
                          const std::vector<double>& start, double pseudo) {
  std::vector<double> shares;
  for (std::size_t i = 0; i < start.size(); ++i) {
    shares.push_back(expected[i + 1] + pseudo * start[i]);
  }
  return to_probabilities(shares);
}

std::vector<double> m_of(const ComparisonModel& comparison) {
  std::vector<double> m;
  for (const LevelModel& level : comparison.levels) m.push_back(level.m);
  return m;
}

Expected expect(const PatternCounts& candidates, std::size_t comparisons, const Tables& tables) {
  Expected expected;
  for (const PatternCount& count : candidates) {
    std::array<double, kClasses> bits = tables.share;
    for (std::size_t c = 0; c < comparisons; ++c) {
      const unsigned level = level_of(count.pattern, c);
      for (std::size_t k = 0; k < kClasses; ++k) bits[k] += tables.levels[k][c][level];
    }
    const double most = *std::max_element(bits.begin(), bits.end());
    double all = 0.0;
    for (double& b : bits) all += b = std::exp2(b - most);
    for (std::size_t k = 0; k < kClasses; ++k) {
      if (k == kStranger) continue;
      const double pairs = static_cast<double>(count.pairs) * bits[k] / all;
      expected.pairs[k] += pairs;
      for (std::size_t c = 0; c < comparisons; ++c) {
        expected.levels[k][c][level_of(count.pattern, c)] += pairs;
      }
    }
  }
  return expected;
}

class Mixture {
 public:
  Mixture(const std::vector<ComparisonModel>& start, double prior, std::uint64_t possible_pairs,
          const MixtureOptions& options)
      : options_(options), possible_(static_cast<double>(possible_pairs)), comparisons_(start) {
    prior_ = std::clamp(prior, kLeastPrior, kMostPrior);
    if (!options.roles.empty()) relation_priors_.fill(prior_ * kStartRelationShare);
    // Only a birth date can tell namesakes from matches.
    if (std::find(options.roles.begin(), options.roles.end(), RelationRole::kBirth) ==
        options.roles.end()) {
      relation_priors_[static_cast<std::size_t>(Relation::kNamesakes)] = 0.0;
      relation_priors_[static_cast<std::size_t>(Relation::kFullNamesakes)] = 0.0;
    }
    for (std::size_t c = 0; c < start.size(); ++c) {
      start_m_.push_back(m_of(start[c]));
      comparisons_[c].h.clear();
      for (std::size_t k = 0; k < kRelations && !options.roles.empty(); ++k) {
        comparisons_[c].h.push_back(start_h(start[c], options.roles[c], static_cast<Relation>(k)));
      }
      start_h_.push_back(comparisons_[c].h);
    }
  }

  // One step; returns the largest change of an m or h.
  double step(const PatternCounts& candidates) {
    const Expected expected = expect(candidates, comparisons_.size(), make_tables());
    prior_ = std::clamp(expected.pairs[kMatch] / possible_, kLeastPrior, kMostPrior);
    for (std::size_t k = 0; k < kRelations; ++k) {
      // Once given up it stays so: its posterior is then 0.
      const double pairs = expected.pairs[kFirstRelation + k];
      relation_priors_[k] =
          pairs < kLeastRelatedPairs ? 0.0 : std::min(pairs / possible_, kMostPrior);
    }
    double change = 0.0;
    for (std::size_t c = 0; c < comparisons_.size(); ++c) {
      change = std::max({change, learn_m(c, expected), learn_h(c, expected)});
    }
    return change;
  }

  MixtureResult take() {
    MixtureResult result;
    result.prior = prior_;
    for (const double prior : relation_priors_) {
      if (prior > 0.0) result.relation_priors.push_back(prior);
    }
    for (ComparisonModel& comparison : comparisons_) {
      std::vector<std::vector<double>> kept;
      for (std::size_t k = 0; k < comparison.h.size(); ++k) {
        if (relation_priors_[k] > 0.0) kept.push_back(std::move(comparison.h[k]));
      }
      comparison.h = std::move(kept);
    }
    result.comparisons = std::move(comparisons_);
    return result;
  }

 private:
  Tables make_tables() const {
    Tables tables;
    double related = 0.0;
    for (std::size_t k = 0; k < kRelations; ++k) {
      related += relation_priors_[k];
      tables.share[kFirstRelation + k] = relation_priors_[k] > 0
                                             ? std::log2(relation_priors_[k])
                                             : -std::numeric_limits<double>::infinity();
    }
    tables.share[kMatch] = std::log2(prior_);
    tables.share[kStranger] = std::log2(std::max(1.0 - prior_ - related, kLeastPrior));
    for (std::size_t c = 0; c < comparisons_.size(); ++c) {
      const ComparisonModel& comparison = comparisons_[c];
      for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
        const double u = comparison.levels[i].u;
        tables.levels[kMatch][c][i + 1] = std::log2(comparison.levels[i].m);
        tables.levels[kStranger][c][i + 1] = std::log2(u);
        for (std::size_t k = 0; k < kRelations; ++k) {
          tables.levels[kFirstRelation + k][c][i + 1] =
              std::log2(comparison.h.empty() ? u : comparison.h[k][i]);
        }
      }
    }
    return tables;
  }

  double learn_m(std::size_t c, const Expected& expected) {
    std::vector<LevelModel>& levels = comparisons_[c].levels;
    const std::array<double, kMaxLevels + 1>& pairs = expected.levels[kMatch][c];
    const std::vector<double> m = learn(pairs, start_m_[c], options_.pseudo_pairs);
    double change = 0.0;
    for (std::size_t i = 0; i < m.size(); ++i) {
      change = std::max(change, std::abs(levels[i].m - m[i]));
      levels[i].m = m[i];
      if (pairs[i + 1] > 0.5) levels[i].m_trained = true;
    }
    return change;
  }

  double learn_h(std::size_t c, const Expected& expected) {
    ComparisonModel& comparison = comparisons_[c];
    if (comparison.h.empty()) return 0.0;
    double change = 0.0;
    for (std::size_t k = 0; k < kRelations; ++k) {
      if (!start_share_of_m(options_.roles[c], static_cast<Relation>(k))) continue;
      std::vector<double> h =
          learn(expected.levels[kFirstRelation + k][c], start_h_[c][k], options_.pseudo_pairs);
      for (std::size_t i = 0; i < h.size(); ++i) {
        change = std::max(change, std::abs(comparison.h[k][i] - h[i]));
      }
      comparison.h[k] = std::move(h);
    }
    return change;
  }

  const MixtureOptions& options_;
  double possible_;
  double prior_ = 0.0;
  std::array<double, kRelations> relation_priors_{};
  std::vector<ComparisonModel> comparisons_;
  std::vector<std::vector<double>> start_m_;
  std::vector<std::vector<std::vector<double>>> start_h_;
};

}  // namespace

MixtureResult estimate_mixture(const PatternCounts& candidates,
                               const std::vector<ComparisonModel>& start, double prior,
                               std::uint64_t possible_pairs, const MixtureOptions& options) {
  TESSERA_CHECK(options.roles.empty() || options.roles.size() == start.size());
  Mixture mixture(start, prior, possible_pairs, options);
  std::uint32_t iterations = 0;
  bool converged = false;
  while (iterations < options.max_iterations && !converged) {
    ++iterations;
    converged = mixture.step(candidates) <= options.tolerance;
  }
  MixtureResult result = mixture.take();
  result.iterations = iterations;
  result.converged = converged;
  return result;
}

}  // namespace tessera
