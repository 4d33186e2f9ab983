#include "engine/advise_rules.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "blocking/blocks.hpp"
#include "engine/key_column.hpp"
#include "engine/rule_pairs.hpp"
#include "engine/train.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostParts = 64;
constexpr double kLeastKept = 0.1;        // as measure_recall
constexpr std::size_t kMostRules = 64;    // as a config may have
constexpr double kLeastGain = 1.0;        // matches
constexpr std::size_t kCounted = 5;       // sets, of those that should find most
constexpr double kSame = 1e-3;            // a set that finds so little more is no better
constexpr double kLeastGainShare = 5e-4;  // of the known matches: less is not worth a rule
constexpr double kUnits = 1 << 20;        // matches are counted in whole units, in any order alike
constexpr Row kFewRecords = 100'000;      // for which counting a rule takes no time
constexpr std::size_t kDraws = 256;       // pairs of a rule, to know which others make them too
constexpr double kLeastShare = 0.05;  // of the known matches: other rules are not worth counting

/// A rule as the set of its parts.
using PartSet = std::uint64_t;

struct Candidate {
  PartSet parts = 0;
  std::uint64_t pairs = 0;
  std::int64_t units = 0;  ///< Of the known matches that no chosen rule makes.
  /// Of pairs drawn from it: the parts on which their records agree. Those that a chosen rule makes
  /// are taken out.
  std::vector<PartSet> drawn = {};
  std::size_t draws = 0;  ///< How many there were.

  /// Pairs that no chosen rule makes. Half a pair drawn counts as new where none is: few is not
  /// none.
  double new_pairs() const {
    const double share =
        (static_cast<double>(drawn.size()) + 0.5) / (static_cast<double>(draws) + 0.5);
    return std::max(1.0, static_cast<double>(pairs) * share);
  }
};

std::vector<KeyPart> parts_of(std::uint32_t column, Kind kind) {
  const auto part = [&](KeyFunction function, std::uint32_t length = 0) {
    return KeyPart{function, column, length};
  };
  using enum KeyFunction;
  switch (kind) {
    case Kind::kPersonName:
      return {part(kSortedTokens), part(kTokens), part(kSoundex), part(kPrefix, 5)};
    case Kind::kName:
      return {part(kValue),     part(kSoundex),   part(kTokens),
              part(kPrefix, 3), part(kSuffix, 3), part(kPrefix, 1)};
    case Kind::kDate:
      return {part(kValue), part(kYear), part(kMonth), part(kDay)};
    case Kind::kPhone:
    case Kind::kIdentifier:
      return {part(kValue), part(kSuffix, 6)};
    case Kind::kEmail:
    case Kind::kPostcode:
      return {part(kValue), part(kPrefix, 4)};
    case Kind::kPlace:
      return {part(kValue), part(kSoundex)};
    case Kind::kAddress:
    case Kind::kText:
    case Kind::kSet:
      return {part(kValue), part(kTokens)};
    case Kind::kSex:
    case Kind::kNumber:
    case Kind::kGeo:
      return {part(kValue)};
  }
  return {};
}

BlockingRule rule_of(const JobSpec& job, std::span<const KeyPart> parts, PartSet set) {
  BlockingRule rule;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (((set >> p) & 1) == 0) continue;
    if (!rule.parts.empty()) rule.text += " + ";
    rule.text += key_part_text(parts[p], job.column_name(parts[p].attribute));
    rule.parts.push_back(parts[p]);
  }
  return rule;
}

// Two keys of one attribute say little more than one, but for the parts of a date.
bool go_together(const JobSpec& job, const KeyPart& a, const KeyPart& b) {
  if (a.attribute != b.attribute) return true;
  const auto is_part = [](const KeyPart& part) { return part.function != KeyFunction::kValue; };
  return job.column_kind(a.attribute) == Kind::kDate && is_part(a) && is_part(b);
}

bool may_be_third(const JobSpec& job, const KeyPart& part) {
  return job.column_kind(part.attribute) == Kind::kSex || part.function == KeyFunction::kYear ||
         (part.function == KeyFunction::kPrefix && part.length == 1);
}

// any_third: not only those that cut a rule finer everywhere. Sharper rules serve small budgets,
// but are six times as many.
std::vector<PartSet> all_sets(const JobSpec& job, std::span<const KeyPart> parts, bool any_third) {
  std::vector<PartSet> sets;
  for (std::size_t a = 0; a < parts.size(); ++a) {
    sets.push_back(PartSet{1} << a);
    for (std::size_t b = a + 1; b < parts.size(); ++b) {
      if (!go_together(job, parts[a], parts[b])) continue;
      const PartSet two = PartSet{1} << a | PartSet{1} << b;
      sets.push_back(two);
      for (std::size_t c = 0; c < parts.size(); ++c) {
        if (c == a || c == b) continue;
        // Two parts of one date are as one key: any other may go with them.
        if (!any_third && parts[a].attribute != parts[b].attribute) {
          if (!may_be_third(job, parts[c])) continue;
          if (may_be_third(job, parts[a]) || may_be_third(job, parts[b])) continue;
        }
        if (!go_together(job, parts[a], parts[c]) || !go_together(job, parts[b], parts[c]))
          continue;
        sets.push_back(two | PartSet{1} << c);
      }
    }
  }
  std::ranges::sort(sets, [](PartSet a, PartSet b) {
    return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b);
  });
  sets.erase(std::ranges::unique(sets).begin(), sets.end());
  return sets;
}

/// The known matches by the parts on which their records agree.
struct Known {
  std::vector<PartSet> agreeing;
  std::vector<std::int64_t> units;

  std::int64_t found_by(PartSet rule) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < agreeing.size(); ++i) {
      if ((agreeing[i] & rule) == rule) sum += units[i];
    }
    return sum;
  }

  // What `rule` finds is found: it counts no more. Returns it.
  Known take(PartSet rule) {
    Known taken;
    for (std::size_t i = 0; i < agreeing.size(); ++i) {
      if (units[i] == 0 || (agreeing[i] & rule) != rule) continue;
      taken.agreeing.push_back(agreeing[i]);
      taken.units.push_back(std::exchange(units[i], 0));
    }
    return taken;
  }
};

Known known_matches(std::span<const KeyPart> parts, const Table& table,
                    std::span<const Link> links) {
  std::vector<PartSet> agreeing(links.size(), 0);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const KeyColumn column(parts[p], table);
    for (std::size_t i = 0; i < links.size(); ++i) {
      if (column.agrees(links[i].left, links[i].right)) agreeing[i] |= PartSet{1} << p;
    }
  }
  std::map<PartSet, std::int64_t> units;
  for (std::size_t i = 0; i < links.size(); ++i) {
    units[agreeing[i]] += std::llround(probability_from_bits(links[i].weight_bits) * kUnits);
  }
  Known known;
  for (const auto& [set, of] : units) {
    known.agreeing.push_back(set);
    known.units.push_back(of);
  }
  return known;
}

// The rules that find something, are within the budget and keep their blocks whole.
std::vector<Candidate> affordable(const JobSpec& job, const Table& table,
                                  std::span<const KeyPart> parts, const Known& known,
                                  std::int64_t all_units, std::uint64_t budget,
                                  std::uint64_t& considered) {
  const PairSpace space = job_space(table, job);
  std::vector<std::unique_ptr<KeyColumn>> columns;
  for (const KeyPart& part : parts) columns.push_back(std::make_unique<KeyColumn>(part, table));
  std::vector<Candidate> candidates;
  const auto least = static_cast<std::int64_t>(kLeastShare * static_cast<double>(all_units));
  for (const PartSet set : all_sets(job, parts, table.size() <= kFewRecords)) {
    // A rule within a rule that is affordable finds less: it is not needed.
    const bool within = std::ranges::any_of(candidates, [&](const Candidate& of) {
      return (set & of.parts) == of.parts && of.pairs * 4 <= budget / 4;
    });
    if (within) continue;
    const std::int64_t units = known.found_by(set);
    if (units < least) continue;
    ++considered;
    const KeyedPairs keyed = count_keyed_pairs(table, rule_of(job, parts, set), space,
                                               {.count = kDraws, .seed = job.seed + set});
    if (keyed.pairs == 0 || keyed.pairs > budget) continue;
    if (!keyed.largest.empty() && keyed.largest.front() > job.max_block_records) continue;
    candidates.push_back({set, keyed.pairs, units});
    candidates.back().draws = keyed.drawn.size();
    for (const auto& [left, right] : keyed.drawn) {
      PartSet& agreeing = candidates.back().drawn.emplace_back(set);
      for (std::size_t p = 0; p < columns.size(); ++p) {
        if (columns[p]->agrees(left, right)) agreeing |= PartSet{1} << p;
      }
    }
  }
  return candidates;
}

/// Rules, and the known matches that they find.
struct Choice {
  std::vector<PartSet> rules;
  double matches = 0.0;
};

// Takes rule after rule: the one that is worth most, a match being worth 1 and a pair costing
// `price`; at price 0, the one with most matches a pair. `candidates` and `known` are worn down.
Choice choose(std::vector<Candidate> candidates, Known known, double budget, double price) {
  Choice choice;
  const double least_gain =
      std::max(kLeastGain * kUnits, kLeastGainShare * static_cast<double>(known.found_by(0)));
  double spent = 0.0;
  while (choice.rules.size() < kMostRules) {
    // Of equals the first: fewer keys, then earlier attributes.
    const Candidate* best = nullptr;
    double best_worth = 0.0;
    for (const Candidate& of : candidates) {
      const double pairs = of.new_pairs();
      const auto units = static_cast<double>(of.units);
      if (units < least_gain || spent + pairs > budget) continue;
      const double worth = price > 0.0 ? units / kUnits - price * pairs : units / pairs;
      if (worth > best_worth) {
        best = &of;
        best_worth = worth;
      }
    }
    if (best == nullptr) break;
    const PartSet taken = best->parts;
    spent += best->new_pairs();
    choice.matches += static_cast<double>(best->units) / kUnits;
    // A rule of the same keys and more makes no pair that this one does not.
    std::erase_if(choice.rules, [&](PartSet of) { return (of & taken) == taken; });
    choice.rules.push_back(taken);
    const Known found = known.take(taken);
    std::erase_if(candidates, [&](const Candidate& of) { return (of.parts & taken) == taken; });
    for (Candidate& of : candidates) {
      std::erase_if(of.drawn, [&](PartSet pair) { return (pair & taken) == taken; });
      of.units -= found.found_by(of.parts);
    }
  }
  return choice;
}

// Prices of a pair to try: around that at which the budget would buy all that is known. None first:
// of sets that find as much, rules that are good for their pairs.
std::vector<double> prices_of(double matches, std::uint64_t budget) {
  std::vector<double> prices = {0.0};
  const double even = matches / static_cast<double>(budget);
  for (int power = 4; power >= -8; --power) prices.push_back(even * std::exp2(power));
  return prices;
}

// The pairs that each rule makes beyond those before it. No block is split.
std::vector<std::uint64_t> count_new_pairs(const JobSpec& job, const Table& table,
                                           std::span<const BlockingRule> rules) {
  BlockingOptions whole;
  whole.max_block_records = whole.max_pairs = ~std::uint64_t{0} >> 1;
  return count_added_pairs(table, block_rows(table, rules, whole), job_space(table, job));
}

// Fills in the rules of the sets with what they make and find. One that goes over the budget, by
// count, is left out. Returns the known matches that they find.
double add_counted(const JobSpec& job, const Table& table, std::span<const KeyPart> parts,
                   std::vector<PartSet> chosen, Known known, RuleAdvice& advice) {
  for (bool fits = false; !fits && !chosen.empty();) {
    std::vector<BlockingRule> rules;
    for (const PartSet of : chosen) rules.push_back(rule_of(job, parts, of));
    const std::vector<std::uint64_t> pairs = count_new_pairs(job, table, rules);
    advice.pairs = 0;
    advice.rules.clear();
    std::size_t r = 0;
    for (; r < rules.size() && advice.pairs + pairs[r] <= advice.budget; ++r) {
      advice.pairs += pairs[r];
      advice.rules.push_back({std::move(rules[r]), pairs[r], 0.0});
    }
    fits = r == rules.size();
    if (!fits) chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(r));
  }
  double found = 0.0;
  for (std::size_t r = 0; r < chosen.size(); ++r) {
    advice.rules[r].new_matches = static_cast<double>(known.take(chosen[r]).found_by(0)) / kUnits;
    found += advice.rules[r].new_matches;
  }
  return found;
}

}  // namespace

std::vector<KeyPart> advisable_parts(const JobSpec& job) {
  std::vector<KeyPart> parts;
  const std::size_t columns = job.attributes.size() + job.derived.size();
  for (std::uint32_t column = 0; column < columns; ++column) {
    for (const KeyPart& part : parts_of(column, job.column_kind(column))) {
      if (parts.size() < kMostParts) parts.push_back(part);
    }
  }
  return parts;
}

RuleAdvice advise_rules(const JobSpec& job, const Table& table, std::span<const Link> links,
                        std::uint64_t budget) {
  const std::vector<KeyPart> parts = advisable_parts(job);
  Known known = known_matches(parts, table, links);
  const std::int64_t all_units = known.found_by(0);
  RuleAdvice advice;
  advice.budget = budget;
  advice.known = static_cast<double>(all_units) / kUnits;
  const std::vector<Candidate> candidates =
      affordable(job, table, parts, known, all_units, budget, advice.considered);
  std::vector<Choice> choices;
  for (const double price : prices_of(advice.known, budget)) {
    choices.push_back(choose(candidates, known, static_cast<double>(budget), price));
  }
  std::ranges::stable_sort(choices, std::ranges::greater(), &Choice::matches);
  choices.resize(std::min(choices.size(), kCounted));
  double most = 0.0;
  for (Choice& choice : choices) {
    RuleAdvice counted = advice;
    const double found = add_counted(job, table, parts, std::move(choice.rules), known, counted);
    if (found <= most * (1.0 + kSame)) continue;
    most = found;
    advice = std::move(counted);
  }
  std::vector<BlockingRule> advised;
  for (const AdvisedRule& rule : advice.rules) advised.push_back(rule.rule);
  if (!advised.empty()) advice.recall = recall_of_others(job, advised, table, links);
  return advice;
}

RuleAdvice advise_job(const JobSpec& job, const RunLimits& limits, std::uint64_t budget,
                      const StageWatcher& watcher) {
  JobSpec wide = job;
  if (wide.review_threshold.bits() > bits_from_probability(kLeastKept)) {
    wide.review_threshold = {kLeastKept, false};
  }
  const LinkResult result = run_link(wide, limits, std::nullopt, watcher);
  return advise_rules(job, result.table, result.links,
                      budget != 0 ? budget : result.facts.pairs_compared);
}

}  // namespace tessera
