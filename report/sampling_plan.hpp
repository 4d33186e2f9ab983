// How many pairs a person must judge to know the precision of the links.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tessera {

/// Pairs of like weight, from `from_bits` to under `to_bits`.
struct Stratum {
  double from_bits = 0.0;
  double to_bits = 0.0;
  std::uint64_t pairs = 0;
  double error_share = 0.0;    ///< Of the pairs that may be wrong, at most 0.5: expected, with the
                               ///< allowance of engine/expected_quality.hpp.
  std::uint64_t to_judge = 0;  ///< Drawn at random from the stratum.
};

struct SamplingPlan {
  std::vector<Stratum> strata;  ///< Those with pairs, ascending.
  std::uint64_t to_judge = 0;
  double half_width = 0.0;
};

/// Of the pairs of a stratum that are judged, how many may be wrong before more must be judged.
std::uint64_t allowed_wrong(const Stratum& stratum);

/// How many pairs of a stratum must be judged in all, once `wrong` of its `to_judge` were found so:
/// no more than planned if that is allowed; else so many that the stratum is known as well as
/// planned, since the variance of a share p of n pairs is p(1 − p) / n; p is taken
/// at the upper end of what was found. At most all of its pairs.
/// Source: Cochran (1977), Sampling Techniques, 4.7: a sample in two steps.
/// REQUIRES: wrong <= stratum.to_judge.
std::uint64_t judge_in_all(const Stratum& stratum, std::uint64_t wrong);

/// A bin of links: whole bits and how many.
struct LinkBin {
  int from_bits = 0;
  std::uint64_t pairs = 0;
};

/// The fewest pairs, over strata of weight, so that the share found right is known to ±half_width
/// with 95 % confidence if errors are as frequent as allowed for; at least ten a stratum, or all.
/// Sources: Neyman (1934), JRSS 97(4): allocation by N·S; Cochran (1977), Sampling Techniques,
/// 5.25: n = (Σ W·S)² / (V + Σ W·S² / N), V = (half_width / 1.96)².
SamplingPlan plan_sample(std::span<const LinkBin> links, double link_bits, double half_width);

}  // namespace tessera
