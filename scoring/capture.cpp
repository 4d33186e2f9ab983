// The chance that no rule makes a match of some class is a walk over the groups of attributes: the
// set of rules still alive starts full, and each group leaves those that it lets through. The sets
// that can be reached are numbered once; forward and backward sums over them give both the chance
// and, for each group, what the missed matches look like there.
#include "scoring/capture.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>

#include "data/dictionary.hpp"  // mix64
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

constexpr double kLeastMatches = 50.0;
constexpr std::size_t kMostStates = 1 << 14;
constexpr unsigned kMostClasses = 4;
constexpr double kPrior = 0.01;  // matches added to each pattern: none is impossible
constexpr double kTolerance = 1e-8;
// What no model of these knows, from twenty sets of rules on five labelled sets: the missed share
// was within this factor and this share of the matches of the true one. On 41 sets of rules that
// were not looked at for it the interval then held the truth 40 times (docs/before_linking.md).
constexpr double kAllowedFactor = 1.8;
constexpr double kAllowedShare = 0.001;
constexpr double kAllowedMatches = 3.0;
constexpr RuleSet kAllRules = ~RuleSet{0};

// The sets of rules that can be alive after each group, and where each set of a group leads.
struct Walk {
  std::vector<std::vector<RuleSet>> patterns;    // [group]: distinct sets, ascending
  std::vector<std::vector<RuleSet>> states;      // [0 … groups]
  std::vector<std::vector<std::uint32_t>> next;  // [group][state * patterns + pattern]
};

std::size_t place_of(const std::vector<RuleSet>& sorted, RuleSet set) {
  return static_cast<std::size_t>(std::ranges::lower_bound(sorted, set) - sorted.begin());
}

std::vector<RuleSet> sorted_once(std::vector<RuleSet> sets) {
  sort_unique(sets);
  return sets;
}

// nullopt if the sets combine in too many ways.
std::optional<Walk> plan_walk(std::span<const CaptureCell> cells) {
  Walk walk;
  const std::size_t groups = cells.front().agreeing.size();
  walk.states.push_back({kAllRules});
  for (std::size_t g = 0; g < groups; ++g) {
    std::vector<RuleSet> patterns;
    for (const CaptureCell& cell : cells) patterns.push_back(cell.agreeing[g]);
    walk.patterns.push_back(sorted_once(std::move(patterns)));
    std::vector<RuleSet> reached;
    for (const RuleSet alive : walk.states[g]) {
      for (const RuleSet set : walk.patterns[g]) reached.push_back(alive & set);
    }
    if (reached.size() > kMostStates * 8) return std::nullopt;
    walk.states.push_back(sorted_once(std::move(reached)));
    if (walk.states.back().size() > kMostStates) return std::nullopt;
    std::vector<std::uint32_t>& next = walk.next.emplace_back();
    for (const RuleSet alive : walk.states[g]) {
      for (const RuleSet set : walk.patterns[g]) {
        next.push_back(static_cast<std::uint32_t>(place_of(walk.states[g + 1], alive & set)));
      }
    }
  }
  return walk;
}

using Shares = std::vector<std::vector<double>>;  // [group][pattern]

struct LatentClass {
  double share = 0.0;
  Shares shares;  // P(pattern | class), each group summing to 1
};

// What no rule makes, of one class.
struct Missed {
  double chance = 0.0;
  Shares shares;  // P(pattern and not made | class)
};

Missed missed_of(const Walk& walk, const Shares& shares) {
  const std::size_t groups = shares.size();
  std::vector<std::vector<double>> forward = {{1.0}};
  for (std::size_t g = 0; g < groups; ++g) {
    std::vector<double>& to = forward.emplace_back(walk.states[g + 1].size(), 0.0);
    const std::size_t patterns = shares[g].size();
    for (std::size_t s = 0; s < forward[g].size(); ++s) {
      for (std::size_t p = 0; p < patterns; ++p) {
        to[walk.next[g][s * patterns + p]] += forward[g][s] * shares[g][p];
      }
    }
  }
  Missed missed;
  missed.shares.resize(groups);
  std::vector<double> backward;  // P(none alive at the end | state)
  for (const RuleSet alive : walk.states[groups]) backward.push_back(alive == 0 ? 1.0 : 0.0);
  for (std::size_t g = groups; g-- > 0;) {
    const std::size_t patterns = shares[g].size();
    std::vector<double> before(walk.states[g].size(), 0.0);
    missed.shares[g].assign(patterns, 0.0);
    for (std::size_t s = 0; s < before.size(); ++s) {
      for (std::size_t p = 0; p < patterns; ++p) {
        const double after = shares[g][p] * backward[walk.next[g][s * patterns + p]];
        before[s] += after;
        missed.shares[g][p] += forward[g][s] * after;
      }
    }
    backward = std::move(before);
  }
  missed.chance = std::min(backward.front(), 1.0 - 1e-6);
  return missed;
}

// The cells with their patterns' places; counts may be resampled.
struct Sample {
  std::vector<std::vector<std::uint32_t>> patterns;  // [cell][group]
  std::vector<double> matches;                       // [cell]
};

struct Fit {
  std::vector<LatentClass> classes;
  double missed_share = 0.0;
  double log_likelihood = 0.0;
};

double probability_of(const LatentClass& of, const std::vector<std::uint32_t>& patterns) {
  double p = of.share;
  for (std::size_t g = 0; g < patterns.size(); ++g) p *= of.shares[g][patterns[g]];
  return p;
}

// Classes that differ in how many rules their patterns let through.
std::vector<LatentClass> start(const Walk& walk, const Sample& sample, unsigned classes) {
  std::vector<LatentClass> all(classes);
  for (unsigned c = 0; c < classes; ++c) {
    all[c].share = 1.0 / classes;
    for (std::size_t g = 0; g < walk.patterns.size(); ++g) {
      std::vector<double> shares(walk.patterns[g].size(), 0.5);
      for (std::size_t i = 0; i < sample.matches.size(); ++i) {
        shares[sample.patterns[i][g]] += sample.matches[i];
      }
      double sum = 0.0;
      for (std::size_t p = 0; p < shares.size(); ++p) {
        const RuleSet most = walk.patterns[g].back();
        const double let_through = static_cast<double>(std::popcount(walk.patterns[g][p] & most));
        const double tilt = (c - (classes - 1) / 2.0) * 0.4;
        shares[p] *= std::exp(tilt * let_through);
        sum += shares[p];
      }
      for (double& share : shares) share /= sum;
      all[c].shares.push_back(std::move(shares));
    }
  }
  return all;
}

double total(const Sample& sample) {
  return std::accumulate(sample.matches.begin(), sample.matches.end(), 0.0);
}

// One step of EM. Returns the classes and the missed share under the classes given.
Fit step(const Walk& walk, const Sample& sample, const std::vector<LatentClass>& classes) {
  std::vector<Missed> missed;
  Fit fit;
  for (const LatentClass& of : classes) {
    missed.push_back(missed_of(walk, of.shares));
    fit.missed_share += of.share * missed.back().chance;
  }
  const double all = total(sample) / (1.0 - fit.missed_share);
  std::vector<double> weight(classes.size(), 0.0);
  fit.classes.resize(classes.size());
  for (std::size_t c = 0; c < classes.size(); ++c) {
    weight[c] = all * classes[c].share * missed[c].chance;
    for (const std::vector<double>& shares : missed[c].shares) {
      std::vector<double>& counts = fit.classes[c].shares.emplace_back();
      for (const double share : shares) counts.push_back(all * classes[c].share * share + kPrior);
    }
  }
  std::vector<double> likely(classes.size());
  for (std::size_t i = 0; i < sample.matches.size(); ++i) {
    double sum = 1e-300;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      likely[c] = probability_of(classes[c], sample.patterns[i]);
      sum += likely[c];
    }
    fit.log_likelihood += sample.matches[i] * std::log(sum / (1.0 - fit.missed_share));
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const double matches = sample.matches[i] * likely[c] / sum;
      weight[c] += matches;
      for (std::size_t g = 0; g < sample.patterns[i].size(); ++g) {
        fit.classes[c].shares[g][sample.patterns[i][g]] += matches;
      }
    }
  }
  const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (std::size_t c = 0; c < classes.size(); ++c) {
    fit.classes[c].share = weight[c] / sum;
    for (std::vector<double>& counts : fit.classes[c].shares) {
      const double of_group = std::accumulate(counts.begin(), counts.end(), 0.0);
      for (double& count : counts) count /= of_group;
    }
  }
  return fit;
}

Fit run_em(const Walk& walk, const Sample& sample, std::vector<LatentClass> classes,
           unsigned iterations) {
  Fit fit;
  double before = -1.0;
  for (unsigned i = 0; i < iterations; ++i) {
    fit = step(walk, sample, classes);
    classes = fit.classes;
    if (std::abs(fit.missed_share - before) < kTolerance) break;
    before = fit.missed_share;
  }
  return fit;
}

// Poisson(1) draws by inversion, one per match's worth of a cell, in one number: Poisson(mean).
double poisson(double mean, std::uint64_t& state) {
  double sum = 0.0;
  for (double left = mean; left > 0.0; left -= 16.0) {
    const double limit = std::exp(-std::min(left, 16.0));
    double product = 1.0;
    int draws = -1;
    do {
      state = mix64(state);
      product *= (static_cast<double>(state >> 11) + 0.5) * 0x1p-53;
      ++draws;
    } while (product > limit);
    sum += draws;
  }
  return sum;
}

double log_deviation(const Walk& walk, const Sample& sample, const Fit& fit,
                     const CaptureOptions& options) {
  double sum = 0.0;
  double squares = 0.0;
  std::uint64_t state = mix64(options.seed + fit.classes.size());
  for (unsigned b = 0; b < options.resamples; ++b) {
    Sample drawn = sample;
    for (double& matches : drawn.matches) matches = poisson(matches, state);
    const Fit again = run_em(walk, drawn, fit.classes, options.iterations / 4);
    const double logarithm = std::log(std::max(again.missed_share, 1e-9));
    sum += logarithm;
    squares += logarithm * logarithm;
  }
  const double n = options.resamples;
  return n < 2 ? 0.0 : std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
}

// How many groups fail independently as rules see them: groups that the same rules read are as one.
// 0 if every rule reads some group: how often that fails is then never seen.
std::size_t independent_groups(std::vector<RuleSet> reads) {
  RuleSet rules = 0;
  for (const RuleSet set : reads) rules |= set;
  if (std::ranges::find(reads, rules) != reads.end()) return 0;
  return sorted_once(std::move(reads)).size();
}

unsigned most_classes(std::size_t groups) {
  return groups < 3 ? 1 : groups == 3 ? 2 : kMostClasses;
}

double information_criterion(const Walk& walk, const Fit& fit, double matches) {
  std::size_t per_class = 1;
  for (const std::vector<RuleSet>& patterns : walk.patterns) per_class += patterns.size() - 1;
  const double parameters = static_cast<double>(fit.classes.size() * per_class - 1);
  return parameters * std::log(matches) - 2.0 * fit.log_likelihood;
}

}  // namespace

RuleSet CaptureCell::made_by() const {
  RuleSet rules = kAllRules;
  for (const RuleSet set : agreeing) rules &= set;
  return rules;
}

std::optional<CaptureEstimate> estimate_capture(const CaptureCells& of,
                                                const CaptureOptions& options) {
  std::vector<CaptureCell> caught;
  for (const CaptureCell& cell : of.cells) {
    if (cell.made_by() != 0 && cell.matches > 0.0) caught.push_back(cell);
  }
  CaptureEstimate estimate;
  for (const CaptureCell& cell : caught) estimate.found += cell.matches;
  if (estimate.found < kLeastMatches) return std::nullopt;
  const std::size_t groups = independent_groups(of.reads);
  if (groups < 2) return std::nullopt;
  const std::optional<Walk> walk = plan_walk(caught);
  if (!walk) return std::nullopt;
  Sample sample;
  for (const CaptureCell& cell : caught) {
    std::vector<std::uint32_t>& places = sample.patterns.emplace_back();
    for (std::size_t g = 0; g < cell.agreeing.size(); ++g) {
      places.push_back(static_cast<std::uint32_t>(place_of(walk->patterns[g], cell.agreeing[g])));
    }
    sample.matches.push_back(cell.matches);
  }
  std::vector<Fit> fits;  // of 1, 2, … classes
  std::size_t chosen = 0;
  double best = 0.0;
  for (unsigned classes = 1; classes <= most_classes(groups); ++classes) {
    fits.push_back(run_em(*walk, sample, start(*walk, sample, classes), options.iterations));
    const double criterion = information_criterion(*walk, fits.back(), estimate.found);
    if (classes == 1 || criterion < best) {
      best = criterion;
      chosen = classes - 1;
    }
  }
  estimate.classes = static_cast<unsigned>(chosen + 1);
  const double found = estimate.found;
  const auto share_of = [&](double missed) { return missed / (missed + found); };
  const double missed_share = std::max(fits[chosen].missed_share, share_of(options.known_missed));
  const double allowed = std::max(kAllowedShare, kAllowedMatches / found);
  double least_missed = missed_share;
  double most_missed = missed_share + allowed;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    const double deviation = log_deviation(*walk, sample, fits[i], options);
    const double missed = fits[i].missed_share * found / (1.0 - fits[i].missed_share);
    const double spread =
        kAllowedFactor * std::exp(1.96 * std::hypot(deviation, 1.0 / std::sqrt(missed + 1.0)));
    least_missed = std::min(least_missed, fits[i].missed_share / spread - allowed);
    // That records differ only adds to what is missed: one class gives the least.
    if (i == 0 && i != chosen) continue;
    most_missed = std::max(most_missed, fits[i].missed_share * spread + allowed);
  }
  least_missed = std::clamp(least_missed, share_of(options.surely_missed), missed_share);
  most_missed = std::min(most_missed, 1.0);
  estimate.missed = estimate.found * missed_share / (1.0 - missed_share);
  estimate.low = 1.0 - most_missed;
  estimate.high = 1.0 - least_missed;
  return estimate;
}

}  // namespace tessera
