// How many matches blocking rules miss, without labels: from how the rules that found the others
// overlap.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tessera {

/// A set of blocking rules: bit r stands for rule r.
using RuleSet = std::uint64_t;

/// Matches that agree alike. Attributes are taken in groups: those that rules read together in one
/// key stand in one.
struct CaptureCell {
  /// Per group: the rules all of whose keys in the group agree; a rule without a key there is in
  /// the set. The rules in all sets are those that make the pair.
  std::vector<RuleSet> agreeing;
  double matches = 0.0;  ///< How many matches are expected among the pairs that agree so.

  /// The rules that make such a pair.
  RuleSet made_by() const;
};

/// All of them, and which rules read which attributes.
struct CaptureCells {
  std::vector<RuleSet> reads;      ///< Per group: the rules with a key there.
  std::vector<CaptureCell> cells;  ///< Each as long as `reads`.
};

struct CaptureOptions {
  std::uint64_t seed = 1;      ///< Of the bootstrap.
  unsigned resamples = 20;     ///< Per number of classes.
  unsigned iterations = 300;   ///< At most, of EM.
  double known_missed = 0.0;   ///< Matches known in another way that no rule makes: as expected.
  double surely_missed = 0.0;  ///< Of those, so many at least: the interval's floor.
};

struct CaptureEstimate {
  double found = 0.0;    ///< Matches that some rule makes: Σ over cells.
  double missed = 0.0;   ///< Matches that none makes, estimated.
  double low = 0.0;      ///< Of the recall found / (found + missed): about 95 % lie between, over
  double high = 1.0;     ///< resampled matches and models of different complexity.
  unsigned classes = 0;  ///< Of the model that the estimate is taken from.

  double recall() const { return found + missed > 0.0 ? found / (found + missed) : 1.0; }
};

/// Estimates how many matches no rule makes, from those that some do: a capture–recapture estimate
/// in which each rule is an occasion to be caught.
///
/// Rules are far from independent: several read one attribute, and where that is wrong all of them
/// fail. But whether one attribute agrees says little of another. So the model is of attributes,
/// not of rules: matches are of a few latent classes (clean records, poor ones), and within a class
/// the groups of attributes agree independently of each other, each with probabilities of its own
/// for each set of rules that it lets through. The share of matches that no rule makes follows from
/// these. They are found by EM on the truncated sample: the cells that nobody can see are filled in
/// at their expected size.
///
/// The number of classes is taken by the Bayesian information criterion, among 1 to 4 that the
/// number of groups lets be told apart (1 for two groups, 2 for three; groups that the same rules
/// read count once). The interval spans the model taken and all others, one class for the least
/// that is missed alone (matches that differ in how easily they are caught only add to what is
/// missed: Chao 1987, Biometrics 43(4)), each with ±1.96 standard deviations of log(missed share)
/// over resampled matches and over how many of those expected there are (Poisson), and an allowance
/// for what none of them knows: a factor of 1.8 on the missed share, taken from labelled sets, and
/// 0.1 % of the matches or three of them, which is what none seen leaves possible (Hanley &
/// Lippman-Hand 1983, JAMA 249(13)).
///
/// nullopt if there is nothing to go by: under 50 matches, all rules read one attribute (how often
/// it fails is then never seen), fewer than two groups, or too many combinations of sets. Cells
/// that no rule makes are left out. Deterministic. Cost: some hundred passes over the cells per
/// class number, and over the combinations of sets. Source: Fienberg (1972), Biometrika 59(3),
/// incomplete tables; Stanghellini & van der Heijden (2004), Biometrics 60(2), latent classes for
/// population size; EM on truncated data: Dempster, Laird & Rubin (1977), JRSS B 39, section 4.2.
std::optional<CaptureEstimate> estimate_capture(const CaptureCells& of,
                                                const CaptureOptions& options);

}  // namespace tessera
