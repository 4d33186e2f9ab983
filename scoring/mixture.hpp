// Estimates m, h and both priors over all candidate pairs at once: matches, two persons of one
// household, strangers.
#pragma once

#include <cstdint>
#include <vector>

#include "scoring/model.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// How a comparison takes part in the household class.
enum class HouseholdRole : std::uint8_t {
  kPersonal,  ///< Members differ in it as strangers do (given name, sex): h = u.
  kShared,    ///< Members mostly agree on it (family name, phone, village): h is learned, from m.
  kOpen,      ///< Not known before (birth date: twins; an identifier may be the household's): h is
              ///< learned.
};

struct MixtureOptions {
  std::vector<HouseholdRole> roles;  ///< per comparison; empty: no household class
  std::uint32_t max_iterations = 60;
  double tolerance = 1e-5;    ///< Ends when no m or h changed by more.
  double pseudo_pairs = 1.0;  ///< Weight of the starting values in each M-step, in pairs.
};

struct MixtureResult {
  double prior = 0.0;
  double household_prior = 0.0;              ///< 0 without the class, or if no pair was found in it
  std::vector<ComparisonModel> comparisons;  ///< m and h estimated, u as given
  std::uint32_t iterations = 0;
  bool converged = false;
};

/// Runs EM over the candidate pairs' patterns with u fixed. Shares are of `possible_pairs`: the
/// pairs that are no candidates are strangers. So nothing is conditioned on a blocking rule, which
/// a session on one rule's pairs cannot avoid.
///
/// Why a third class: members of a household agree on family name, address and phone without being
/// one person. With two classes they look so unlike random pairs that EM takes them for matches.
/// With three, a pair is a match only if what tells members apart agrees too. Cost: iterations ·
/// patterns · comparisons. Sums run in the order of `candidates`. Source: Larsen & Rubin (2001),
/// JASA 96(453): mixtures of more than two classes for record linkage.
MixtureResult estimate_mixture(const PatternCounts& candidates,
                               const std::vector<ComparisonModel>& start, double prior,
                               std::uint64_t possible_pairs, const MixtureOptions& options);

}  // namespace tessera
