// EM for a mixture of two classes, matches and others, over counted patterns.
//
// E-step: a pattern's posterior is probability_from_bits(log2 odds of lambda + Σ log2(m / u)).
// M-step: m of a level is the share of expected matches that show it, among those with both values
// present; u likewise of the others. Nothing is multiplied: weights are summed in bits, so sixteen
// comparisons neither under- nor overflow.
//
// The M-step maximises Σ expected · log(parameter) over probabilities of at least kLeastProbability
// (to_probabilities is that maximum), so the likelihood never falls, clamped or not.
#include "scoring/em.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "data/check.hpp"

namespace tessera {
namespace {

using LevelTable = std::array<std::array<double, kMaxLevels + 1>, kMaxComparisons>;

/// One step's parameters as sums need them; row 0 (null) is 0 everywhere.
struct BitTables {
  double prior_bits = 0.0;
  double log2_other = 0.0;  // log2(1 - lambda)
  LevelTable weight{};      // log2(m / u)
  LevelTable log2_u{};
};

/// Expected counts, by comparison and level.
struct Expected {
  double pairs = 0.0;
  double matches = 0.0;
  double log_likelihood = 0.0;
  LevelTable match{};
  LevelTable other{};
};

bool left_out(const EmOptions& options, std::size_t c) {
  return !options.fix_m.empty() && options.fix_m[c];
}

BitTables make_tables(const EmStep& at, const EmOptions& options) {
  BitTables tables;
  tables.prior_bits = bits_from_probability(at.lambda);
  tables.log2_other = std::log2(1.0 - at.lambda);
  for (std::size_t c = 0; c < at.comparisons.size(); ++c) {
    if (left_out(options, c)) continue;
    const auto& levels = at.comparisons[c].levels;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      tables.weight[c][i + 1] = std::log2(levels[i].m / levels[i].u);
      tables.log2_u[c][i + 1] = std::log2(levels[i].u);
    }
  }
  return tables;
}

/// log2(2^0 + 2^bits), without overflow.
double log2_one_plus(double bits) {
  return std::max(bits, 0.0) + std::log1p(std::exp2(-std::abs(bits))) / std::numbers::ln2;
}

/// log2 u of the level that term-frequency adjustments of level i refer to.
double adjusted_log2_u(const ComparisonModel& comparison, std::size_t i) {
  const auto exact = std::find_if(comparison.levels.begin(), comparison.levels.end(),
                                  [](const LevelModel& level) { return level.text == "exact"; });
  return std::log2(exact == comparison.levels.end() ? comparison.levels[i].u : exact->u);
}

/// Adds to the weights what the adjustments have moved by since the start.
void move_adjustments(BitTables& tables, const EmStep& first, const EmStep& at) {
  for (std::size_t c = 0; c < at.comparisons.size(); ++c) {
    const ComparisonModel& comparison = at.comparisons[c];
    for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
      if (!comparison.levels[i].term_frequency) continue;
      const double moved =
          adjusted_log2_u(comparison, i) - adjusted_log2_u(first.comparisons[c], i);
      tables.weight[c][i + 1] += comparison.tf_exponent * comparison.levels[i].tf_weight * moved;
    }
  }
}

Expected expect(const PatternCounts& counts, std::size_t comparisons, const BitTables& tables,
                bool with_likelihood) {
  Expected expected;
  for (const PatternCount& count : counts) {
    double bits = tables.prior_bits + count.adjustment_bits;
    for (std::size_t c = 0; c < comparisons; ++c) {
      bits += tables.weight[c][level_of(count.pattern, c)];
    }
    const double pairs = static_cast<double>(count.pairs);
    const double matches = pairs * probability_from_bits(bits);
    const double others = pairs * probability_from_bits(-bits);
    expected.pairs += pairs;
    expected.matches += matches;
    for (std::size_t c = 0; c < comparisons; ++c) {
      const unsigned level = level_of(count.pattern, c);
      expected.match[c][level] += matches;
      expected.other[c][level] += others;
    }
    if (!with_likelihood) continue;
    double log2_others = tables.log2_other + log2_one_plus(bits);
    for (std::size_t c = 0; c < comparisons; ++c) {
      log2_others += tables.log2_u[c][level_of(count.pattern, c)];
    }
    expected.log_likelihood += pairs * log2_others * std::numbers::ln2;
  }
  return expected;
}

/// Whether any counted pair reached each level.
std::array<std::uint32_t, kMaxComparisons> observed_levels(const PatternCounts& counts,
                                                           std::size_t comparisons) {
  std::array<std::uint32_t, kMaxComparisons> observed{};
  for (const PatternCount& count : counts) {
    if (count.pairs == 0) continue;
    for (std::size_t c = 0; c < comparisons; ++c) {
      observed[c] |= 1U << level_of(count.pattern, c);
    }
  }
  return observed;
}

/// The maximising probabilities of one comparison. Levels that no pair reached keep `start`; the
/// others share the rest as `expected` does. Empty when there is nothing to learn from.
std::vector<double> maximise(const std::vector<double>& start,
                             const std::array<double, kMaxLevels + 1>& expected,
                             std::uint32_t observed, double pseudo_pairs) {
  double total = 0.0;
  double rest = 1.0;
  std::vector<double> shares;
  for (std::size_t i = 0; i < start.size(); ++i) {
    if ((observed >> (i + 1) & 1U) == 0) {
      rest -= start[i];
      continue;
    }
    shares.push_back(expected[i + 1] + pseudo_pairs * start[i]);
    total += shares.back();
  }
  if (!(total > 0.0) || !(rest > 0.0)) return {};
  const std::vector<double> learned = to_probabilities(shares, rest);
  std::vector<double> probabilities = start;
  std::size_t next = 0;
  for (std::size_t i = 0; i < start.size(); ++i) {
    if ((observed >> (i + 1) & 1U) != 0) probabilities[i] = learned[next++];
  }
  return probabilities;
}

std::vector<double> parameters(const ComparisonModel& comparison, double LevelModel::*which) {
  std::vector<double> values;
  for (const LevelModel& level : comparison.levels) values.push_back(level.*which);
  return values;
}

/// Stores new values and returns the largest change; empty `values` change nothing.
double store(ComparisonModel& comparison, double LevelModel::*which,
             const std::vector<double>& values) {
  double change = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    double& parameter = comparison.levels[i].*which;
    change = std::max(change, std::abs(parameter - values[i]));
    parameter = values[i];
  }
  return change;
}

EmStep checked_start(const std::vector<ComparisonModel>& start, double lambda,
                     const EmOptions& options) {
  TESSERA_CHECK(lambda > 0.0 && lambda < 1.0);
  TESSERA_CHECK(start.size() <= kMaxComparisons);
  TESSERA_CHECK(options.fix_m.empty() || options.fix_m.size() == start.size());
  EmStep at{lambda, start};
  for (ComparisonModel& comparison : at.comparisons) {
    TESSERA_CHECK(!comparison.levels.empty() && comparison.levels.size() <= kMaxLevels);
    for (LevelModel& level : comparison.levels) {
      level.m = std::clamp(level.m, kLeastProbability, 1.0 - kLeastProbability);
      level.u = std::clamp(level.u, kLeastProbability, 1.0 - kLeastProbability);
    }
  }
  return at;
}

void mark_trained(std::vector<ComparisonModel>& comparisons,
                  const std::array<std::uint32_t, kMaxComparisons>& observed,
                  const EmOptions& options) {
  for (std::size_t c = 0; c < comparisons.size(); ++c) {
    for (std::size_t i = 0; i < comparisons[c].levels.size(); ++i) {
      comparisons[c].levels[i].m_trained =
          !left_out(options, c) && (observed[c] >> (i + 1) & 1U) != 0;
    }
  }
}

}  // namespace

EmResult estimate_m(const PatternCounts& counts, const std::vector<ComparisonModel>& start,
                    double lambda, const EmOptions& options) {
  EmStep at = checked_start(start, lambda, options);
  const EmStep first = at;
  const std::size_t comparisons = start.size();
  const auto observed = observed_levels(counts, comparisons);
  EmResult result;
  result.expected_matches.assign(comparisons, 0.0);
  if (options.keep_history) result.history.push_back(at);
  while (!result.converged && result.iterations < options.max_iterations) {
    BitTables tables = make_tables(at, options);
    if (options.adjustments_follow_u && !options.fix_u) move_adjustments(tables, first, at);
    const Expected expected = expect(counts, comparisons, tables, options.keep_history);
    if (expected.pairs == 0.0) break;
    double change = 0.0;
    if (!options.fix_lambda) {
      const double next =
          std::clamp(expected.matches / expected.pairs, kLeastProbability, 1.0 - kLeastProbability);
      change = std::abs(next - at.lambda);
      at.lambda = next;
    }
    for (std::size_t c = 0; c < comparisons; ++c) {
      result.expected_matches[c] = expected.matches - expected.match[c][kNullLevel];
      if (left_out(options, c)) continue;
      const auto learn = [&](double LevelModel::*which, const auto& sums, double pseudo) {
        const auto from = parameters(first.comparisons[c], which);
        change = std::max(
            change, store(at.comparisons[c], which, maximise(from, sums[c], observed[c], pseudo)));
      };
      learn(&LevelModel::m, expected.match, options.pseudo_pairs);
      if (!options.fix_u) learn(&LevelModel::u, expected.other, 0.0);
    }
    ++result.iterations;
    result.converged = change <= options.tolerance;
    if (options.keep_history) {
      result.log_likelihood.push_back(expected.log_likelihood);
      result.history.push_back(at);
    }
  }
  result.lambda = at.lambda;
  result.comparisons = std::move(at.comparisons);
  mark_trained(result.comparisons, observed, options);
  return result;
}

}  // namespace tessera
