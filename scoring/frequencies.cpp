#include "scoring/frequencies.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/check.hpp"

namespace tessera {
namespace {

/// Unordered pairs of n things; under 2^63 for any 32-bit n, so 64 bits hold every sum of them
/// here.
std::uint64_t pairs_of(std::uint64_t n) {
  return n < 2 ? 0 : n * (n - 1) / 2;
}

/// Pairs of one source's rows.
EqualPairs count_within(const Column& column, Row begin, Row end, std::vector<Row>& seen) {
  EqualPairs within;
  std::uint64_t filled = 0;
  for (Row row = begin; row < end; ++row) {
    const Code code = column.codes[row];
    if (code == kMissing) continue;
    within.agreeing += seen[code]++;  // the rows before that hold the value
    ++filled;
  }
  for (Row row = begin; row < end; ++row) seen[column.codes[row]] = 0;
  within.pairs = pairs_of(filled);
  return within;
}

EqualPairs count_all(const Column& column) {
  EqualPairs all;
  std::uint64_t filled = 0;
  for (std::size_t code = 1; code < column.counts.size(); ++code) {
    all.agreeing += pairs_of(column.counts[code]);
    filled += column.counts[code];
  }
  all.pairs = pairs_of(filled);
  return all;
}

}  // namespace

double EqualPairs::probability() const {
  return pairs == 0 ? 0.0 : static_cast<double>(agreeing) / static_cast<double>(pairs);
}

EqualPairs count_equal_pairs(const Column& column, const PairSpace& space) {
  const bool across = space.scope != PairScope::kWithinSource;
  EqualPairs total = across ? count_all(column) : EqualPairs{};
  std::vector<Row> seen;
  for (std::size_t s = 0; s + 1 < space.source_begin.size(); ++s) {
    const bool closed = !space.closed.empty() && space.closed[s];
    const bool inner = space.scope != PairScope::kAcrossSources && !closed;
    if (inner == across) continue;  // counted already, or never to be
    if (seen.empty()) seen.assign(column.counts.size(), 0);
    const EqualPairs within =
        count_within(column, space.source_begin[s], space.source_begin[s + 1], seen);
    total.agreeing = inner ? total.agreeing + within.agreeing : total.agreeing - within.agreeing;
    total.pairs = inner ? total.pairs + within.pairs : total.pairs - within.pairs;
  }
  return total;
}

std::vector<double> term_frequencies(const Column& column) {
  if (!column.frequencies.empty()) return column.frequencies;
  std::uint64_t filled = 0;
  for (std::size_t code = 1; code < column.counts.size(); ++code) filled += column.counts[code];
  std::vector<double> frequencies(column.counts.size(), 0.0);
  for (std::size_t code = 1; code < frequencies.size() && filled > 0; ++code) {
    frequencies[code] = static_cast<double>(column.counts[code]) / static_cast<double>(filled);
  }
  return frequencies;
}

double tf_adjustment_bits(const ComparisonModel& comparison, unsigned level, double tf) {
  if (level == kNullLevel || !(tf > 0.0)) return 0.0;
  const LevelModel& reached = comparison.levels[level - 1];
  if (!reached.term_frequency) return 0.0;
  const auto exact = std::find_if(comparison.levels.begin(), comparison.levels.end(),
                                  [](const LevelModel& l) { return l.text == "exact"; });
  const double u = exact == comparison.levels.end() ? reached.u : exact->u;
  const double frequency = std::max(tf, comparison.tf_minimum);
  return comparison.tf_exponent * reached.tf_weight * (std::log2(u) - std::log2(frequency));
}

std::vector<double> estimate_u(const LevelShares& shares) {
  const std::size_t levels = shares.m.size();
  TESSERA_CHECK(levels > 0 && shares.sampled.size() == levels);
  TESSERA_CHECK(shares.prior >= 0.0 && shares.prior < 1.0);
  std::vector<double> seen(levels);
  for (std::size_t i = 0; i < levels; ++i) {
    seen[i] = shares.sampled[i] == 0 ? 0.5 : static_cast<double>(shares.sampled[i]);
  }
  std::size_t first = 0;
  double rest = 1.0;
  std::vector<double> u(levels, 0.0);
  const auto without_matches = [&](double share, std::size_t i) {
    return std::max((share - shares.prior * shares.m[i]) / (1.0 - shares.prior), 0.0);
  };
  if (shares.exact_share && levels > 1) {
    const double floor =
        shares.distinct_values == 0 ? 0.0 : 1.0 / static_cast<double>(shares.distinct_values);
    u[0] = std::clamp(std::max(without_matches(*shares.exact_share, 0), floor), kLeastProbability,
                      1.0 - kLeastProbability * static_cast<double>(levels));
    rest = 1.0 - u[0];
    first = 1;
  }
  const double sampled =
      std::accumulate(seen.begin() + static_cast<std::ptrdiff_t>(first), seen.end(), 0.0);
  // Of the pairs that did not agree exactly; with an exact share they are that much of all.
  const double of_all = first == 0 ? 1.0 : 1.0 - std::min(*shares.exact_share, 1.0);
  std::vector<double> others;
  for (std::size_t i = first; i < levels; ++i) {
    const double share = seen[i] / sampled * of_all;
    // At least half a pair's worth: a sample says no more than that about what is rarer.
    others.push_back(std::max(without_matches(share, i), 0.5 / sampled * of_all));
  }
  const std::vector<double> scaled = to_probabilities(others, rest);
  std::copy(scaled.begin(), scaled.end(), u.begin() + static_cast<std::ptrdiff_t>(first));
  return u;
}

}  // namespace tessera
