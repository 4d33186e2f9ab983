// The Fellegi–Sunter model: a prior, and for each comparison its levels, each with m and u.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/comparison.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// The parameters of one level. Both are in (0, 1); over a comparison's levels m sums to 1, and so
/// does u.
struct LevelModel {
  std::string text;  ///< As LevelSpec::text.
  double m = 0.0;    ///< P(level | the pair is one person, both values present)
  double u = 0.0;    ///< P(level | two persons, both values present)
  bool m_trained =
      false;  ///< False: m is a starting value, no pair in any session showed this level.
  bool term_frequency = false;  ///< The weight of this level is adjusted by the value's frequency.
  double tf_weight = 1.0;  ///< Of the adjustment at this level, times the comparison's tf_exponent.
};

/// No probability of a model is nearer to 0 or 1 than this: weights stay finite and no level is
/// beyond doubt.
inline constexpr double kLeastProbability = 1e-9;

/// At most this many kinds of related persons in a model.
inline constexpr std::size_t kMaxRelations = 5;

/// One kind of related persons, none of them one person: of one household, neighbours, namesakes.
struct RelationModel {
  std::string name;
  double prior = 0.0;  ///< P(two random records are of two persons so related)
  /// What they share they share as chance has it (namesakes), not handed on from one to the other
  /// (a household's family name): then agreeing on a rare value speaks against the relation as it
  /// does against strangers.
  bool by_chance = false;
};

/// The priors among the pairs of two sources, or within one source (left = right): registries hold
/// far fewer of their own records twice than they share with each other.
struct SourcePairPriors {
  std::string left;
  std::string right;
  double prior = 0.0;
  std::vector<double> relation_priors;  ///< per relation of the model
};

struct ComparisonModel {
  std::string name;
  std::vector<LevelModel> levels;  ///< Strongest first; level number = index + 1.
  double tf_exponent = 1.0;  ///< The adjustment is tf_exponent · tf_weight · log2(u_exact / tf).
  double tf_minimum = 0.0;   ///< Frequencies below are taken as this.
  std::vector<std::vector<double>> h;  ///< Per relation of the model and level, each relation's
                                       ///< summing to 1: P(level | two persons so related, both
                                       ///< values present). Empty: they do not share it, h = u.
};

/// What training saw, kept with the model for whoever reads it.
struct TrainingSession {
  std::string rule;  ///< The blocking rule whose pairs trained it.
  std::uint64_t pairs = 0;
  double lambda = 0.0;  ///< Share of matches among these pairs.
  std::uint32_t iterations = 0;
  bool converged = false;
  std::vector<std::vector<double>>
      m;  ///< per comparison, per level; empty where the rule fixes the comparison
  std::vector<double> lambdas;  ///< size iterations + 1, the start first; empty: not kept
  /// size iterations: natural log of the likelihood before each; empty: not kept
  std::vector<double> log_likelihoods;
};

/// The candidate pairs whose patterns weigh between `from_bits` and one bit more, adjustments for
/// rare values left out.
struct WeightBin {
  int from_bits = 0;
  std::uint64_t pairs = 0;  ///< As counted in training: drawn pairs stand for those not drawn.
  double expected_matches = 0.0;  ///< Sum of their probabilities.

  friend bool operator==(const WeightBin&, const WeightBin&) = default;
};

/// A trained model. A plain value: immutable by use, safe to read from any thread.
struct Model {
  double prior = 0.0;  ///< P(two random records that may be paired are one person), in (0, 1)
  /// Kinds of related persons. Empty: the model knows only strangers, and weights are those of
  /// Fellegi and Sunter.
  std::vector<RelationModel> relations;
  /// Where the sources differ in it; the pairs of all others have `prior` and the relations' own.
  std::vector<SourcePairPriors> source_pairs;
  std::vector<ComparisonModel> comparisons;
  std::vector<TrainingSession> sessions;
  std::vector<WeightBin> weights;  ///< Of all pairs that training counted, ascending.
  std::vector<std::string>
      warnings;  ///< Label switching, no convergence, unobserved levels, sessions that disagree.

  /// log2(m / u) of a level; 0 for null. REQUIRES: level <= levels of c.
  double level_bits(std::size_t c, unsigned level) const;

  /// log2(prior / (1 - prior)).
  double prior_bits() const;

  /// log2(m / h) of a level under a relation; 0 for null.
  /// REQUIRES: relation < relations.size().
  double related_bits(std::size_t c, unsigned level, std::size_t relation) const;

  /// log2(prior / relations[relation].prior).
  double relation_prior_bits(std::size_t relation) const;

  /// The evidence in one comparison vector, in bits: log2(prior odds) + Σ log2(m / u), comparisons
  /// in order; with relations, against strangers and each relation together (see against_all).
  /// Term-frequency adjustments are the caller's (engine/pair_weigher.hpp). Always finite.
  /// Source: Fellegi & Sunter (1969), JASA 64(328), p. 1187, with γ's parts taken as independent.
  double weight_bits(Pattern pattern) const;
};

/// The weight against alternatives that exclude each other, from the weights against each:
/// −log2 Σ 2^−w. Never more than the least of them. REQUIRES: at least one.
double against_all(std::span<const double> weights_bits);

/// 2^w / (1 + 2^w), without overflow.
double probability_from_bits(double weight_bits);

/// log2(p / (1 - p)). REQUIRES: 0 < p < 1.
double bits_from_probability(double probability);

/// `shares` (at least 0) scaled to sum to `total`, those under kLeastProbability raised to it and
/// the others lowered for it: the probabilities that maximise Σ shares · log p under that bound.
/// Equal ones if all shares are 0.
std::vector<double> to_probabilities(std::span<const double> shares, double total = 1.0);

/// Model as JSON text; the same model gives the same bytes, and read_model_json gives equal weights
/// back.
std::string model_json(const Model& model);

/// Reads model_json's text. Throws Error(kUsage) naming the place in it
/// (`comparisons[2].levels[1].m is 1.3; …`).
Model read_model_json(std::string_view text, const std::string& where);

}  // namespace tessera
