// The best set of blocking rules that a search with the truth at hand finds within a budget of
// pairs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/advise_rules.hpp"
#include "engine/key_column.hpp"

namespace tessera::bench {

/// A rule as the set of its parts (advisable_parts); a pair as those on which its records agree.
using PartSet = std::uint64_t;

inline constexpr std::size_t kSamples = 512;  // pairs of a rule, for the size of a union
inline constexpr std::size_t kMostSwaps = 40;
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
         std::uint64_t most_pairs);

  std::size_t size() const { return rules_.size(); }

  // The best set found within `budget` distinct pairs, as samples tell how many they are: the best
  // of greedy choices at several prices of a pair, then any rule taken out and others in its place
  // while that helps.
  std::vector<BlockingRule> best(std::uint64_t budget) const;

 private:
  struct Chosen;
  struct State;

  std::vector<PartSet> sets() const;
  std::size_t count(PartSet set) const;
  BlockingRule rule_of(PartSet set) const;
  // Takes rule after rule: by true pairs beyond their price, or a pair where that is 0.
  Chosen fill(State state, std::uint64_t budget, double price) const;

  const JobSpec& job_;
  std::vector<KeyPart> parts_;
  std::size_t pairs_;                                   // true ones
  std::vector<std::pair<PartSet, std::size_t>> truth_;  // what they agree on, and how many do
  std::vector<SearchRule> rules_;
};

}  // namespace tessera::bench
