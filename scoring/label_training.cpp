#include "scoring/label_training.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace tessera {
namespace {

constexpr double kStratumBits = 4.0;
constexpr double kMostBits = 40.0;  // beyond it nothing is doubtful
constexpr double kCellsPerBit = 4.0;
constexpr int kHalvings = 50;
constexpr double kLeastDoubt = 1e-9;

/// Pairs of one pattern and about one weight.
struct Cell {
  Pattern pattern = 0;
  double weight_bits = 0.0;  // under the model before; their mean
  double unlabelled = 0.0;
  double matches = 0.0;
  double non_matches = 0.0;
  double pairs() const { return unlabelled + matches + non_matches; }
};

/// The cells of one stratum of weights.
struct Stratum {
  std::vector<std::size_t> cells;
  bool labelled = false;
  double share = 0.0;  // of matches among its unlabelled pairs, as the labels have it
};

std::vector<Cell> cells_of(std::span<const LabelledPattern> pairs) {
  std::map<std::pair<Pattern, long>, Cell> cells;
  for (const LabelledPattern& pair : pairs) {
    const double bits = std::clamp(pair.weight_bits, -kMostBits, kMostBits);
    Cell& cell = cells[{pair.pattern, std::lround(bits * kCellsPerBit)}];
    cell.pattern = pair.pattern;
    cell.weight_bits += bits;  // the sum, for now
    (!pair.labelled ? cell.unlabelled : pair.is_match ? cell.matches : cell.non_matches) += 1.0;
  }
  std::vector<Cell> all;
  for (auto& [key, cell] : cells) {
    cell.weight_bits /= cell.pairs();
    all.push_back(cell);
  }
  return all;
}

std::vector<Stratum> strata_of(std::span<const Cell> cells) {
  std::map<long, Stratum> strata;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    strata[std::lround(std::floor(cells[i].weight_bits / kStratumBits))].cells.push_back(i);
  }
  std::vector<Stratum> all;
  for (auto& [number, stratum] : strata) {
    double pairs = 0.0;
    double expected = 0.0;
    double labels = 0.0;
    double matches = 0.0;
    for (const std::size_t i : stratum.cells) {
      pairs += cells[i].pairs();
      expected += cells[i].pairs() * probability_from_bits(cells[i].weight_bits);
      labels += cells[i].matches + cells[i].non_matches;
      matches += cells[i].matches;
    }
    stratum.labelled = labels > 0.0;
    const double mean = expected / pairs;
    const double doubt = std::max(4.0 * mean * (1.0 - mean), kLeastDoubt);
    const double own = kStratumPseudoLabels / doubt;
    stratum.share = (matches + own * mean) / (labels + own);
    all.push_back(std::move(stratum));
  }
  return all;
}

// By how many bits the odds of a stratum's unlabelled pairs are scaled so that their mean is its
// share: the mean grows with them, so the answer is found by halving.
double shift_bits(std::span<const Cell> cells, const Stratum& stratum) {
  double low = -kMostBits;
  double high = kMostBits;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    double sum = 0.0;
    double pairs = 0.0;
    for (const std::size_t c : stratum.cells) {
      sum += cells[c].unlabelled * probability_from_bits(cells[c].weight_bits + middle);
      pairs += cells[c].unlabelled;
    }
    (sum < stratum.share * pairs ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// Expected matches per cell: as the model has it, and as the labels correct it.
struct Expected {
  std::vector<double> before;
  std::vector<double> after;
};

Expected expect(std::span<const Cell> cells, std::span<const Stratum> strata) {
  Expected out;
  out.before.resize(cells.size());
  out.after.resize(cells.size());
  for (const Stratum& stratum : strata) {
    const double shift = stratum.labelled ? shift_bits(cells, stratum) : 0.0;
    for (const std::size_t c : stratum.cells) {
      const Cell& cell = cells[c];
      out.before[c] = cell.pairs() * probability_from_bits(cell.weight_bits);
      out.after[c] =
          stratum.labelled
              ? cell.matches + cell.unlabelled * probability_from_bits(cell.weight_bits + shift)
              : out.before[c];
    }
  }
  return out;
}

double sum_of(std::span<const double> numbers) {
  double sum = 0.0;
  for (const double number : numbers) sum += number;
  return sum;
}

void move_m(std::span<const Cell> cells, const Expected& expected, std::size_t c,
            ComparisonModel& comparison) {
  std::vector<double> before(comparison.levels.size(), 0.0);
  std::vector<double> after(comparison.levels.size(), 0.0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const unsigned level = level_of(cells[i].pattern, c);
    if (level == kNullLevel) continue;
    before[level - 1] += expected.before[i];
    after[level - 1] += expected.after[i];
  }
  std::vector<double> shares;
  for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
    const double own = kLevelPseudoMatches * comparison.levels[i].m;
    shares.push_back(comparison.levels[i].m * (after[i] + own) / (before[i] + own));
  }
  const std::vector<double> m = to_probabilities(shares);
  for (std::size_t i = 0; i < m.size(); ++i) comparison.levels[i].m = m[i];
}

}  // namespace

LabelledModel learn_from_labels(const Model& model, std::span<const LabelledPattern> pairs) {
  LabelledModel out{model, {}};
  for (const LabelledPattern& pair : pairs) {
    if (pair.labelled) ++(pair.is_match ? out.facts.matches : out.facts.non_matches);
  }
  if (out.facts.matches + out.facts.non_matches == 0) return out;
  const std::vector<Cell> cells = cells_of(pairs);
  const Expected expected = expect(cells, strata_of(cells));
  out.facts.expected_before = sum_of(expected.before);
  out.facts.expected_after = sum_of(expected.after);
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    move_m(cells, expected, c, out.model.comparisons[c]);
  }
  if (out.facts.expected_before > 0.0) {
    const double ratio = out.facts.expected_after / out.facts.expected_before;
    const auto scaled = [&](double prior) {
      return std::clamp(prior * ratio, kLeastProbability, 1.0 - kLeastProbability);
    };
    out.model.prior = scaled(model.prior);
    for (SourcePairPriors& of : out.model.source_pairs) of.prior = scaled(of.prior);
  }
  return out;
}

}  // namespace tessera
