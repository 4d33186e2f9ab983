// The best set of blocking rules that a search with the truth at hand finds within a budget of
// pairs.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/advise_rules.hpp"
#include "engine/key_column.hpp"
#include "engine/rule_pairs.hpp"
#include "engine/train.hpp"

namespace tessera::bench {

/// A rule as the set of its parts (advisable_parts); a pair as those on which its records agree.
using PartSet = std::uint64_t;

inline constexpr std::size_t kSamples = 1024;  // pairs of a rule, for the size of a union
inline constexpr std::size_t kMostSwaps = 20;
inline constexpr std::size_t kMostRules = 3000;
inline constexpr std::size_t kMostChosen = 64;  // as a config may have

/// A rule that the search may take.
struct SearchRule {
  BlockingRule rule;
  std::uint64_t pairs = 0;
  std::vector<PartSet> drawn;  // of its pairs
  PartSet parts = 0;
};

/// Rules of one, two and three parts, whichever find something and keep their blocks whole: more
/// than the advice considers.
class Search {
 public:
  Search(const JobSpec& job, const Table& table, std::span<const PartSet> truth,
         std::uint64_t most_pairs)
      : job_(job), parts_(advisable_parts(job)), pairs_(truth.size()) {
    std::map<PartSet, std::size_t> distinct;
    for (const PartSet agreeing : truth) ++distinct[agreeing];
    truth_.assign(distinct.begin(), distinct.end());
    std::vector<std::unique_ptr<KeyColumn>> columns;
    for (const KeyPart& part : parts_) columns.push_back(std::make_unique<KeyColumn>(part, table));
    const PairSpace space = job_space(table, job);
    for (const PartSet set : sets()) {
      if (rules_.size() == kMostRules) break;
      SearchRule of;
      of.parts = set;
      of.rule = rule_of(set);
      const KeyedPairs keyed =
          count_keyed_pairs(table, of.rule, space, {.count = kSamples, .seed = set});
      if (keyed.pairs == 0 || keyed.pairs > most_pairs) continue;
      if (!keyed.largest.empty() && keyed.largest.front() > job.max_block_records) continue;
      of.pairs = keyed.pairs;
      for (const auto& [left, right] : keyed.drawn) {
        PartSet& agreeing = of.drawn.emplace_back(set);
        for (std::size_t p = 0; p < columns.size(); ++p) {
          if (columns[p]->agrees(left, right)) agreeing |= PartSet{1} << p;
        }
      }
      rules_.push_back(std::move(of));
    }
  }

  std::size_t size() const { return rules_.size(); }

  // The best set found within `budget` distinct pairs.
  std::vector<BlockingRule> best(std::uint64_t budget) const {
    std::vector<std::size_t> chosen;
    while (chosen.size() < kMostChosen && add_best(chosen, budget)) {
    }
    std::size_t rounds = 0;
    for (bool better = true; better;) {
      better = false;
      for (std::size_t c = 0; c < chosen.size(); ++c) {
        std::vector<std::size_t> other = chosen;
        other.erase(other.begin() + static_cast<std::ptrdiff_t>(c));
        while (other.size() < kMostChosen && add_best(other, budget)) {
        }
        if (found(other) <= found(chosen)) continue;
        chosen = std::move(other);
        better = true;
        break;
      }
      if (++rounds == kMostSwaps) break;
    }
    std::vector<BlockingRule> rules;
    for (const std::size_t r : chosen) rules.push_back(rules_[r].rule);
    return rules;
  }

 private:
  std::vector<PartSet> sets() const {
    std::vector<PartSet> sets;
    const std::size_t n = parts_.size();
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = a; b < n; ++b) {
        for (std::size_t c = b; c < n; ++c) {
          sets.push_back(PartSet{1} << a | PartSet{1} << b | PartSet{1} << c);
        }
      }
    }
    std::ranges::sort(sets);
    sets.erase(std::ranges::unique(sets).begin(), sets.end());
    std::erase_if(sets, [&](PartSet set) { return count(set) * 50 < pairs_; });
    std::ranges::sort(sets, [](PartSet a, PartSet b) {
      return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b);
    });
    return sets;
  }

  std::size_t count(PartSet set) const {
    std::size_t sum = 0;
    for (const auto& [of, times] : truth_) sum += (of & set) == set ? times : 0;
    return sum;
  }

  BlockingRule rule_of(PartSet set) const {
    BlockingRule rule;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (((set >> p) & 1) == 0) continue;
      if (!rule.text.empty()) rule.text += " + ";
      rule.text += key_part_text(parts_[p], job_.column_name(parts_[p].attribute));
      rule.parts.push_back(parts_[p]);
    }
    return rule;
  }

  bool is_found(PartSet pair, std::span<const std::size_t> chosen) const {
    return std::ranges::any_of(
        chosen, [&](std::size_t r) { return (pair & rules_[r].parts) == rules_[r].parts; });
  }

  std::size_t found(std::span<const std::size_t> chosen) const {
    std::size_t sum = 0;
    for (const auto& [of, times] : truth_) sum += is_found(of, chosen) ? times : 0;
    return sum;
  }

  // Of the rule's pairs, those that none of `chosen` makes.
  double new_pairs(std::size_t rule, std::span<const std::size_t> chosen) const {
    const SearchRule& of = rules_[rule];
    std::size_t fresh = 0;
    for (const PartSet pair : of.drawn) {
      fresh += std::ranges::none_of(
          chosen, [&](std::size_t r) { return (pair & rules_[r].parts) == rules_[r].parts; });
    }
    const auto n = static_cast<double>(of.drawn.size());
    return static_cast<double>(of.pairs) * (static_cast<double>(fresh) + 0.5) / (n + 0.5);
  }

  double spent(std::span<const std::size_t> chosen) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      sum += new_pairs(chosen[i], chosen.first(i));
    }
    return sum;
  }

  bool add_best(std::vector<std::size_t>& chosen, std::uint64_t budget) const {
    std::vector<std::pair<PartSet, std::size_t>> open;
    for (const auto& of : truth_) {
      if (!is_found(of.first, chosen)) open.push_back(of);
    }
    const double gone = spent(chosen);
    std::optional<std::size_t> best;
    double best_gain = 0.0;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      std::size_t fresh = 0;
      for (const auto& [of, times] : open) {
        if ((of & rules_[r].parts) == rules_[r].parts) fresh += times;
      }
      if (fresh == 0) continue;
      const double pairs = new_pairs(r, chosen);
      if (gone + pairs > static_cast<double>(budget)) continue;
      const double gain = static_cast<double>(fresh) / pairs;
      if (gain > best_gain) {
        best = r;
        best_gain = gain;
      }
    }
    if (best) chosen.push_back(*best);
    return best.has_value();
  }

  const JobSpec& job_;
  std::vector<KeyPart> parts_;
  std::size_t pairs_;                                   // true ones
  std::vector<std::pair<PartSet, std::size_t>> truth_;  // what they agree on, and how many do
  std::vector<SearchRule> rules_;
};

}  // namespace tessera::bench
