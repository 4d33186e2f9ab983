// Models and simulated comparison vectors for the tests of scoring.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "scoring/model.hpp"
#include "scoring/pattern.hpp"

namespace tessera::test {

/// A comparison whose levels are named exact, level 2, …, else. REQUIRES: m and u of one size.
ComparisonModel comparison(const std::string& name, const std::vector<double>& m,
                           const std::vector<double>& u);

/// Uniform numbers in [0, 1), the same on every machine.
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed) : engine_(seed) {}
  double next() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_;
};

/// `pairs` comparison vectors drawn from the model with a share `lambda` of matches; each value is
/// missing with probability `null_share`.
PatternCounts simulate(const std::vector<ComparisonModel>& truth, double lambda,
                       std::uint64_t pairs, double null_share, std::uint64_t seed);

/// Counts of a list of patterns, sorted.
PatternCounts count_patterns(std::vector<Pattern> patterns);

}  // namespace tessera::test
