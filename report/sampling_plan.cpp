#include "report/sampling_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/expected_quality.hpp"
#include "scoring/model.hpp"

namespace tessera {
namespace {

// Where errors are told apart: probabilities of 0.94, 0.985, 0.998, 0.9998.
constexpr std::array<double, 5> kCuts = {4.0, 6.0, 9.0, 12.0, 1e9};
constexpr std::uint64_t kLeastJudged = 10;

double error_of(double bits) {
  const double error = 1 - probability_from_bits(bits);
  return std::min(0.5, error * kPrecisionFactor + kErrorRemainder);
}

double variance_of(double share) {
  return share * (1 - share);
}

}  // namespace

std::uint64_t allowed_wrong(const Stratum& stratum) {
  return static_cast<std::uint64_t>(static_cast<double>(stratum.to_judge) * stratum.error_share);
}

std::uint64_t judge_in_all(const Stratum& stratum, std::uint64_t wrong) {
  if (wrong <= allowed_wrong(stratum)) return stratum.to_judge;
  const auto judged = static_cast<double>(stratum.to_judge);
  const double found = static_cast<double>(wrong) / judged;
  // By chance fewer may be found than there are: the bound that is over them 19 times in 20.
  const double bound = std::min(0.5, found + 1.645 * std::sqrt(variance_of(found) / judged));
  const double times = variance_of(bound) / variance_of(stratum.error_share);
  const auto in_all = static_cast<std::uint64_t>(std::ceil(judged * std::max(1.0, times)));
  return std::min(stratum.pairs, in_all);
}

SamplingPlan plan_sample(std::span<const LinkBin> links, double link_bits, double half_width) {
  SamplingPlan plan;
  plan.half_width = half_width;
  double from = link_bits;
  double all = 0.0;
  for (const double cut : kCuts) {
    if (cut <= from) continue;
    Stratum stratum{from, cut};
    double errors = 0.0;
    for (const LinkBin& bin : links) {
      const double middle = std::max(bin.from_bits + 0.5, link_bits);
      if (middle < from || middle >= cut) continue;
      stratum.pairs += bin.pairs;
      errors += static_cast<double>(bin.pairs) * error_of(middle);
    }
    from = cut;
    if (stratum.pairs == 0) continue;
    stratum.error_share = errors / static_cast<double>(stratum.pairs);
    all += static_cast<double>(stratum.pairs);
    plan.strata.push_back(stratum);
  }
  if (plan.strata.empty()) return plan;
  double spread = 0.0;   // Σ W·S
  double squares = 0.0;  // Σ W·S²
  const auto deviation = [](const Stratum& of) { return std::sqrt(variance_of(of.error_share)); };
  for (const Stratum& of : plan.strata) {
    const double weight = static_cast<double>(of.pairs) / all;
    spread += weight * deviation(of);
    squares += weight * variance_of(of.error_share);
  }
  const double variance = half_width * half_width / (1.96 * 1.96);
  const double needed = spread * spread / (variance + squares / all);
  for (Stratum& of : plan.strata) {
    const double share = static_cast<double>(of.pairs) / all * deviation(of) / spread;
    const auto judged = static_cast<std::uint64_t>(std::ceil(needed * share));
    of.to_judge = std::min(of.pairs, std::max(judged, kLeastJudged));
    plan.to_judge += of.to_judge;
  }
  return plan;
}

}  // namespace tessera
