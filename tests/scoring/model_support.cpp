#include "tests/scoring/model_support.hpp"

#include <algorithm>

namespace tessera::test {

ComparisonModel comparison(const std::string& name, const std::vector<double>& m,
                           const std::vector<double>& u) {
  ComparisonModel made;
  made.name = name;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const std::string text = i == 0              ? "exact"
                             : i + 1 == m.size() ? "else"
                                                 : "levenshtein <= " + std::to_string(i);
    made.levels.push_back({text, m[i], u[i], true});
  }
  return made;
}

PatternCounts count_patterns(std::vector<Pattern> patterns) {
  std::sort(patterns.begin(), patterns.end());
  PatternCounts counts;
  for (const Pattern pattern : patterns) {
    if (counts.empty() || counts.back().pattern != pattern) counts.push_back({pattern, 0.0, 0});
    ++counts.back().pairs;
  }
  return counts;
}

PatternCounts simulate(const std::vector<ComparisonModel>& truth, double lambda,
                       std::uint64_t pairs, double null_share, std::uint64_t seed) {
  Uniform uniform(seed);
  std::vector<Pattern> patterns;
  for (std::uint64_t i = 0; i < pairs; ++i) {
    const bool match = uniform.next() < lambda;
    Pattern pattern = 0;
    for (std::size_t c = 0; c < truth.size(); ++c) {
      const bool null = uniform.next() < null_share;
      double left = uniform.next();
      unsigned level = 1;
      for (const LevelModel& l : truth[c].levels) {
        left -= match ? l.m : l.u;
        if (left < 0.0 || level == truth[c].levels.size()) break;
        ++level;
      }
      if (!null) pattern = with_level(pattern, c, level);
    }
    patterns.push_back(pattern);
  }
  return count_patterns(std::move(patterns));
}

}  // namespace tessera::test
