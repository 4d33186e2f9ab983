// Estimates m, h and all priors over all candidate pairs at once: matches, related persons,
// strangers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scoring/model.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// How a comparison takes part among related persons.
enum class RelationRole : std::uint8_t {
  kGiven,      ///< They differ in it as strangers do: h = u; namesakes agree on it.
  kSex,        ///< Likewise.
  kBirth,      ///< Likewise, but for twins (birth date): h = u with kTwinShare moved to level 1.
  kFamily,     ///< A household mostly agrees on it, neighbours do not: the family name.
  kHousehold,  ///< Likewise, but namesakes differ in it (phone).
  kPlace,      ///< Households and neighbours mostly agree on it (village, postcode, address).
  kOpen,       ///< Not known before (an identifier may be the household's).
};

/// Among pairs of one household, about this share are twins: 12 in 1,000 births are of twins
/// (Monden, Pison & Smits 2021, Human Reproduction 36(6)), and a member has about three others to
/// be paired with.
inline constexpr double kTwinShare = 0.005;

struct MixtureOptions {
  std::vector<RelationRole> roles;  ///< per comparison; empty: no relations, two classes
  std::uint32_t max_iterations = 30;
  double tolerance = 1e-4;    ///< Ends when no m or h changed by more.
  double pseudo_pairs = 1.0;  ///< Weight of the starting values in each M-step, in pairs.
  /// A pair of sources in which so many pairs of a class are expected, at the rate of all pairs,
  /// gets a share halfway between its own and that of all.
  double shrink_pairs = 20.0;
};

/// The candidate pairs of one pair of sources, or of one source.
struct SourcePairCounts {
  PatternCounts patterns;
  std::uint64_t possible_pairs = 0;  ///< Candidates or not.
};

struct SourcePairShares {
  double prior = 0.0;
  std::vector<double> relation_priors;  ///< per relation of the result
};

struct MixtureResult {
  double prior = 0.0;
  std::vector<RelationModel> relations;        ///< Those in which pairs were found.
  std::vector<SourcePairShares> source_pairs;  ///< per entry of the candidates
  std::vector<ComparisonModel> comparisons;    ///< m and h estimated, u as given
  std::uint32_t iterations = 0;
  bool converged = false;
};

/// The relations. Namesakes are strangers who bear one given name and with it mostly one sex, and
/// come from one place: names follow sex, region and language, which u, taken attribute by
/// attribute, does not know. Full namesakes share both names, far more often than the two
/// frequencies say. Local namesakes share names and place as records of one person do: the many
/// bearers of a village's common names; only their birth dates are those of strangers.
enum class Relation : std::uint8_t {
  kHousehold,
  kNeighbours,
  kNamesakes,
  kFullNamesakes,
  kLocalNamesakes,
};
inline constexpr std::size_t kRelations = 5;

/// Runs EM over the candidate pairs' patterns with u fixed. Shares are of the possible pairs: the
/// pairs that are no candidates are strangers. So nothing is conditioned on a blocking rule, which
/// a session on one rule's pairs cannot avoid. m and h are the same in every pair of sources; the
/// shares of the classes are each pair's own, held towards those of all pairs by `shrink_pairs`.
///
/// Why more classes than two: members of a household agree on family name, address and phone,
/// neighbours on place and postcode, without being one person. With two classes they look so unlike
/// random pairs that EM takes them for matches. With relations, a pair is a match only if what
/// tells related persons apart agrees too. A relation's given names and birth dates are held at
/// those of strangers (twins aside), so that it cannot take matches with errors.
/// Cost: iterations · patterns · comparisons. Sums run in the order of `candidates`.
/// Source: Larsen & Rubin (2001), JASA 96(453): mixtures of more than two classes for linkage.
MixtureResult estimate_mixture(std::span<const SourcePairCounts> candidates,
                               const std::vector<ComparisonModel>& start, double prior,
                               const MixtureOptions& options);

}  // namespace tessera
