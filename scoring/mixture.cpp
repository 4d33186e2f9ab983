#include "scoring/mixture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr double kLeastPrior = 1e-12;
constexpr double kMostPrior = 0.45;
// Before anything is known, pairs of each relation are taken to be as many as matches.
constexpr double kStartRelationShare = 1.0;
// Fewer expected pairs than this teach nothing: the relation is given up.
constexpr double kLeastRelatedPairs = 20.0;
constexpr std::array<std::string_view, kRelations> kRelationNames = {
    "household", "neighbours", "namesakes", "full namesakes", "local namesakes"};

// Of full namesakes, at most this share can be expected to live in one place.
constexpr double kMostLocalShare = 0.1;
constexpr std::size_t kMatch = 0;  // classes: matches, strangers, then the relations
constexpr std::size_t kStranger = 1;
constexpr std::size_t kFirstRelation = 2;
constexpr std::size_t kClasses = kFirstRelation + kRelations;

constexpr std::size_t kLanes = (kClasses + 1) / 2 * 2;  // classes side by side, in whole registers

using Shares = std::array<double, kLanes>;
// By comparison and level, a value of each class: log2 of its probability (null 0), or pairs.
using Tables = std::array<std::array<Shares, kMaxLevels + 1>, kMaxComparisons>;

struct Expected {
  std::vector<Shares> pairs;  // by pair of sources
  Tables levels{};            // strangers have none: u is fixed
};

// Local namesakes share names and place as records of one person do: h = m, whatever m becomes.
bool is_tied_to_m(RelationRole role, Relation relation) {
  if (relation != Relation::kLocalNamesakes) return false;
  return role == RelationRole::kGiven || role == RelationRole::kFamily ||
         role == RelationRole::kSex || role == RelationRole::kPlace;
}

// How much of m, the rest being u, a relation's h starts with; nothing where it is not learned.
std::optional<double> start_share_of_m(RelationRole role, Relation relation) {
  const bool household = relation == Relation::kHousehold;
  if (relation == Relation::kLocalNamesakes) return std::nullopt;
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

// New probabilities from the expected counts of a class; the starting ones weigh `pseudo` pairs.
std::vector<double> learn(const std::array<Shares, kMaxLevels + 1>& expected, std::size_t k,
                          const std::vector<double>& start, double pseudo) {
  std::vector<double> shares;
  for (std::size_t i = 0; i < start.size(); ++i) {
    shares.push_back(expected[i + 1][k] + pseudo * start[i]);
  }
  return to_probabilities(shares);
}

std::vector<double> m_of(const ComparisonModel& comparison) {
  std::vector<double> m;
  for (const LevelModel& level : comparison.levels) m.push_back(level.m);
  return m;
}

// Adds what the pairs of one pair of sources, whose classes have `shares` (log2), are expected to
// be.
void expect(const PatternCounts& candidates, std::size_t comparisons, const Shares& shares,
            const Tables& tables, Expected& expected) {
  Shares& of_class = expected.pairs.emplace_back();
  of_class.fill(0.0);
  std::array<unsigned, kMaxComparisons> levels{};
  for (const PatternCount& count : candidates) {
    Shares bits = shares;
    for (std::size_t c = 0; c < comparisons; ++c) {
      levels[c] = level_of(count.pattern, c);
      const Shares& of_level = tables[c][levels[c]];
      for (std::size_t k = 0; k < kLanes; ++k) bits[k] += of_level[k];
    }
    const double most = *std::max_element(bits.begin(), bits.begin() + kClasses);
    double all = 0.0;
    for (std::size_t k = 0; k < kClasses; ++k) all += bits[k] = std::exp2(bits[k] - most);
    Shares pairs;
    for (std::size_t k = 0; k < kLanes; ++k) {
      pairs[k] = static_cast<double>(count.pairs) * bits[k] / all;
    }
    pairs[kStranger] = 0.0;
    for (std::size_t k = 0; k < kLanes; ++k) of_class[k] += pairs[k];
    for (std::size_t c = 0; c < comparisons; ++c) {
      Shares& of_level = expected.levels[c][levels[c]];
      for (std::size_t k = 0; k < kLanes; ++k) of_level[k] += pairs[k];
    }
  }
}

class Mixture {
 public:
  Mixture(std::span<const SourcePairCounts> candidates, const std::vector<ComparisonModel>& start,
          double prior, const MixtureOptions& options)
      : candidates_(candidates), options_(options), comparisons_(start) {
    Shares shares{};
    shares[kMatch] = std::clamp(prior, kLeastPrior, kMostPrior);
    for (std::size_t k = 0; k < kRelations && !options.roles.empty(); ++k) {
      if (is_possible(static_cast<Relation>(k))) {
        shares[kFirstRelation + k] = shares[kMatch] * kStartRelationShare;
      }
    }
    all_ = shares;
    shares_.assign(candidates.size(), shares);
    for (const SourcePairCounts& pair : candidates) {
      possible_ += static_cast<double>(pair.possible_pairs);
    }
    possible_ = std::max(possible_, 1.0);  // nothing may be linked: the shares are 0, not 0 / 0
    for (std::size_t c = 0; c < start.size(); ++c) {
      start_m_.push_back(m_of(start[c]));
      comparisons_[c].h.clear();
      for (std::size_t k = 0; k < kRelations && !options.roles.empty(); ++k) {
        comparisons_[c].h.push_back(start_h(start[c], options.roles[c], static_cast<Relation>(k)));
      }
      start_h_.push_back(comparisons_[c].h);
    }
    tie_to_m();
  }

  // One step; returns the largest change of an m or h.
  double step() {
    Expected expected;
    const Tables tables = make_tables();
    for (std::size_t p = 0; p < candidates_.size(); ++p) {
      expect(candidates_[p].patterns, comparisons_.size(), log2_shares(shares_[p]), tables,
             expected);
    }
    learn_shares(expected);
    double change = 0.0;
    for (std::size_t c = 0; c < comparisons_.size(); ++c) {
      change = std::max({change, learn_m(c, expected), learn_h(c, expected)});
    }
    tie_to_m();
    return change;
  }

  MixtureResult take() {
    MixtureResult result;
    result.prior = all_[kMatch];
    std::vector<std::size_t> kept;  // relations in which pairs were found
    for (std::size_t k = 0; k < kRelations; ++k) {
      if (all_[kFirstRelation + k] > 0.0) kept.push_back(k);
    }
    for (const std::size_t k : kept) {
      const auto relation = static_cast<Relation>(k);
      const bool by_chance = relation != Relation::kHousehold;
      result.relations.push_back(
          {std::string(kRelationNames[k]), all_[kFirstRelation + k], by_chance});
    }
    for (const Shares& shares : shares_) {
      SourcePairShares& pair = result.source_pairs.emplace_back();
      pair.prior = shares[kMatch];
      for (const std::size_t k : kept) pair.relation_priors.push_back(shares[kFirstRelation + k]);
    }
    for (ComparisonModel& comparison : comparisons_) {
      std::vector<std::vector<double>> h;
      for (const std::size_t k : kept) h.push_back(std::move(comparison.h[k]));
      comparison.h = std::move(h);
    }
    result.comparisons = std::move(comparisons_);
    return result;
  }

 private:
  bool has(RelationRole role) const {
    return std::find(options_.roles.begin(), options_.roles.end(), role) != options_.roles.end();
  }

  // Only a birth date can tell namesakes from matches.
  bool is_possible(Relation relation) const {
    if (relation == Relation::kHousehold || relation == Relation::kNeighbours) return true;
    return has(RelationRole::kBirth);
  }

  static Shares log2_shares(const Shares& shares) {
    Shares bits{};
    double others = 0.0;
    for (std::size_t k = 0; k < kClasses; ++k) {
      if (k == kStranger) continue;
      others += shares[k];
      bits[k] = shares[k] > 0.0 ? std::log2(shares[k]) : -std::numeric_limits<double>::infinity();
    }
    bits[kStranger] = std::log2(std::max(1.0 - others, kLeastPrior));
    return bits;
  }

  void learn_shares(Expected expected) {
    Shares total{};
    for (const Shares& pairs : expected.pairs) {
      for (std::size_t k = 0; k < kClasses; ++k) total[k] += pairs[k];
    }
    // Matches with wrong dates look alike: no more local namesakes than namesakes elsewhere allow.
    constexpr std::size_t kFull =
        kFirstRelation + static_cast<std::size_t>(Relation::kFullNamesakes);
    constexpr std::size_t kLocal =
        kFirstRelation + static_cast<std::size_t>(Relation::kLocalNamesakes);
    const double most = kMostLocalShare * total[kFull];
    if (total[kLocal] > most) {
      for (Shares& pairs : expected.pairs) pairs[kLocal] *= most / total[kLocal];
      total[kLocal] = most;
    }
    for (std::size_t k = 0; k < kClasses; ++k) {
      if (k == kStranger) continue;
      const double least = k == kMatch ? kLeastPrior : 0.0;
      // Once given up a relation stays so: its posterior is then 0.
      const bool given_up = k != kMatch && total[k] < kLeastRelatedPairs;
      all_[k] = given_up ? 0.0 : std::clamp(total[k] / possible_, least, kMostPrior);
      for (std::size_t p = 0; p < shares_.size(); ++p) {
        const double pseudo = options_.shrink_pairs;
        const double possible = static_cast<double>(candidates_[p].possible_pairs);
        shares_[p][k] =
            given_up ? 0.0
                     : std::clamp((expected.pairs[p][k] + pseudo) / (possible + pseudo / all_[k]),
                                  least, kMostPrior);
      }
    }
  }

  void tie_to_m() {
    for (std::size_t c = 0; c < comparisons_.size() && !options_.roles.empty(); ++c) {
      for (std::size_t k = 0; k < kRelations; ++k) {
        if (is_tied_to_m(options_.roles[c], static_cast<Relation>(k))) {
          comparisons_[c].h[k] = m_of(comparisons_[c]);
        }
      }
    }
  }

  Tables make_tables() const {
    Tables tables{};
    for (std::size_t c = 0; c < comparisons_.size(); ++c) {
      const ComparisonModel& comparison = comparisons_[c];
      for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
        const double u = comparison.levels[i].u;
        Shares& of_level = tables[c][i + 1];
        of_level[kMatch] = std::log2(comparison.levels[i].m);
        of_level[kStranger] = std::log2(u);
        for (std::size_t k = 0; k < kRelations; ++k) {
          of_level[kFirstRelation + k] = std::log2(comparison.h.empty() ? u : comparison.h[k][i]);
        }
      }
    }
    return tables;
  }

  double learn_m(std::size_t c, const Expected& expected) {
    std::vector<LevelModel>& levels = comparisons_[c].levels;
    const std::array<Shares, kMaxLevels + 1>& pairs = expected.levels[c];
    const std::vector<double> m = learn(pairs, kMatch, start_m_[c], options_.pseudo_pairs);
    double change = 0.0;
    for (std::size_t i = 0; i < m.size(); ++i) {
      change = std::max(change, std::abs(levels[i].m - m[i]));
      levels[i].m = m[i];
      if (pairs[i + 1][kMatch] > 0.5) levels[i].m_trained = true;
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
          learn(expected.levels[c], kFirstRelation + k, start_h_[c][k], options_.pseudo_pairs);
      for (std::size_t i = 0; i < h.size(); ++i) {
        change = std::max(change, std::abs(comparison.h[k][i] - h[i]));
      }
      comparison.h[k] = std::move(h);
    }
    return change;
  }

  std::span<const SourcePairCounts> candidates_;
  const MixtureOptions& options_;
  double possible_ = 0.0;
  Shares all_{};                // of all possible pairs; strangers have the rest
  std::vector<Shares> shares_;  // by pair of sources
  std::vector<ComparisonModel> comparisons_;
  std::vector<std::vector<double>> start_m_;
  std::vector<std::vector<std::vector<double>>> start_h_;
};

}  // namespace

MixtureResult estimate_mixture(std::span<const SourcePairCounts> candidates,
                               const std::vector<ComparisonModel>& start, double prior,
                               const MixtureOptions& options) {
  TESSERA_CHECK(options.roles.empty() || options.roles.size() == start.size());
  Mixture mixture(candidates, start, prior, options);
  std::uint32_t iterations = 0;
  bool converged = false;
  while (iterations < options.max_iterations && !converged) {
    ++iterations;
    converged = mixture.step() <= options.tolerance;
  }
  MixtureResult result = mixture.take();
  result.iterations = iterations;
  result.converged = converged;
  return result;
}

}  // namespace tessera
