#include "bench/rule_search.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "data/sort_unique.hpp"
#include "engine/advise_rules.hpp"
#include "engine/key_column.hpp"
#include "engine/rule_pairs.hpp"
#include "engine/train.hpp"

namespace tessera::bench {

struct Search::Chosen {
  std::vector<std::size_t> rules;
  std::size_t found = 0;
  double spent = 0.0;
};

// A choice under way: what is still to be found and which drawn pairs are still new, by rule.
struct Search::State {
  explicit State(const Search& of) : search(of), open(of.truth_) {
    for (const SearchRule& rule : of.rules_) {
      drawn.push_back(rule.drawn);
      fresh.push_back(of.count(rule.parts));
    }
  }

  double new_pairs(std::size_t rule) const {
    const SearchRule& of = search.rules_[rule];
    return static_cast<double>(of.pairs) * (static_cast<double>(drawn[rule].size()) + 0.5) /
           (static_cast<double>(of.drawn.size()) + 0.5);
  }

  void take(std::size_t rule) {
    const PartSet parts = search.rules_[rule].parts;
    chosen.spent += new_pairs(rule);
    chosen.found += fresh[rule];
    chosen.rules.push_back(rule);
    const auto has = [&](PartSet set) { return (set & parts) == parts; };
    std::vector<std::pair<PartSet, std::size_t>> found;
    for (const auto& of : open) {
      if (has(of.first)) found.push_back(of);
    }
    std::erase_if(open, [&](const auto& of) { return has(of.first); });
    for (std::size_t r = 0; r < drawn.size(); ++r) {
      if (fresh[r] == 0) continue;
      std::erase_if(drawn[r], has);
      for (const auto& [set, times] : found) {
        const PartSet wanted = search.rules_[r].parts;
        if ((set & wanted) == wanted) fresh[r] -= times;
      }
    }
  }

  const Search& search;
  std::vector<std::pair<PartSet, std::size_t>> open;
  std::vector<std::vector<PartSet>> drawn;
  std::vector<std::size_t> fresh;  // true pairs that a rule would find beyond those chosen
  std::optional<std::size_t> forbidden;
  Chosen chosen;
};

Search::Search(const JobSpec& job, const Table& table, std::span<const PartSet> truth,
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

std::vector<PartSet> Search::sets() const {
  std::vector<PartSet> sets;
  const std::size_t n = parts_.size();
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a; b < n; ++b) {
      for (std::size_t c = b; c < n; ++c) {
        sets.push_back(PartSet{1} << a | PartSet{1} << b | PartSet{1} << c);
      }
    }
  }
  sort_unique(sets);
  std::erase_if(sets, [&](PartSet set) { return count(set) * 50 < pairs_; });
  std::ranges::sort(sets, [](PartSet a, PartSet b) {
    return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b);
  });
  return sets;
}

std::size_t Search::count(PartSet set) const {
  std::size_t sum = 0;
  for (const auto& [of, times] : truth_) sum += (of & set) == set ? times : 0;
  return sum;
}

BlockingRule Search::rule_of(PartSet set) const {
  BlockingRule rule;
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    if (((set >> p) & 1) == 0) continue;
    if (!rule.text.empty()) rule.text += " + ";
    rule.text += key_part_text(parts_[p], job_.column_name(parts_[p].attribute));
    rule.parts.push_back(parts_[p]);
  }
  return rule;
}

Search::Chosen Search::fill(State state, std::uint64_t budget, double price) const {
  while (state.chosen.rules.size() < kMostChosen) {
    std::optional<std::size_t> best;
    double best_worth = 0.0;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      if (state.fresh[r] == 0 || r == state.forbidden) continue;
      const double pairs = state.new_pairs(r);
      if (state.chosen.spent + pairs > static_cast<double>(budget)) continue;
      const auto fresh = static_cast<double>(state.fresh[r]);
      const double worth = price > 0.0 ? fresh - price * pairs : fresh / pairs;
      if (worth > best_worth) {
        best = r;
        best_worth = worth;
      }
    }
    if (!best) break;
    state.take(*best);
  }
  return std::move(state.chosen);
}

std::vector<BlockingRule> Search::best(std::uint64_t budget) const {
  const double even = static_cast<double>(pairs_) / static_cast<double>(budget);
  Chosen best = fill(State(*this), budget, 0.0);
  double best_price = 0.0;
  for (int power = 4; power >= -8; power -= 2) {
    const double price = even * std::exp2(power);
    Chosen other = fill(State(*this), budget, price);
    if (other.found <= best.found) continue;
    best = std::move(other);
    best_price = price;
  }
  std::size_t tried = 0;
  for (bool better = true; better;) {
    better = false;
    for (std::size_t c = 0; c < best.rules.size() && tried < kMostSwaps; ++c, ++tried) {
      State state(*this);
      for (std::size_t i = 0; i < best.rules.size(); ++i) {
        if (i != c) state.take(best.rules[i]);
      }
      state.forbidden = best.rules[c];
      Chosen other = fill(std::move(state), budget, best_price);
      if (other.found <= best.found) continue;
      best = std::move(other);
      better = true;
      break;
    }
  }
  std::vector<BlockingRule> rules;
  for (const std::size_t r : best.rules) rules.push_back(rules_[r].rule);
  return rules;
}

}  // namespace tessera::bench
