// Chooses blocking rules under a budget of pairs: those that find most matches for what they cost.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/measure_recall.hpp"

namespace tessera {

struct AdvisedRule {
  BlockingRule rule;
  std::uint64_t pairs = 0;   ///< Pairs that it makes and none of the rules before.
  double new_matches = 0.0;  ///< Expected among its pairs and not among those of the rules before.
};

struct RuleAdvice {
  std::vector<AdvisedRule> rules;  ///< In the order in which they were chosen.
  std::uint64_t pairs = 0;         ///< Σ over rules: the pairs compared under them.
  std::uint64_t budget = 0;
  std::uint64_t considered = 0;  ///< Rules weighed against each other.
  double known = 0.0;            ///< Matches expected among the links that it was chosen on.
  RecallMeasure recall;          ///< Of the advised rules, on those links.
};

/// The key functions that an attribute of each kind offers: at most 64, in the order of the
/// attributes; the rules are made of one, two or three of them (three, of many records: with sex, a
/// year or an initial, or with two parts of one date).
std::vector<KeyPart> advisable_parts(const JobSpec& job);

/// Greedily: the rule that is worth most first, while the budget lasts, there are under 64 (as a
/// config may have) and a rule brings at least one match and 0.05 % of those known. A new expected
/// match is worth 1, a new pair costs a price; a dozen prices are tried, and the set that finds
/// most is taken. How many of a rule's pairs the rules before it make already is told by 256 of its
/// pairs, drawn at random; in the end the pairs of those chosen are counted, and one
/// that is over the budget is left out. Rules whose largest block is over max_block_records are not
/// taken: they would be split. `links` are the pairs that are known, found by the job's rules and
/// common neighbours and kept from low probabilities on; what none of those brought up is not seen
/// here, but in `recall`, which estimates it (scoring/capture.hpp). Deterministic. Cost: for each
/// rule considered a sort of the rows' keys; some hundred rules. Source: greedy choice by gain a
/// cost is within 1 − 1/e of the best for coverage under a budget, but for the last rule: Khuller,
/// Moss & Naor (1999), Information Processing Letters 70(1); a price for what is scarce: Everett
/// (1963), Operations Research 11(3); the
/// size of a union by samples of its parts: Karp, Luby & Madras (1989), Journal of Algorithms
/// 10(3).
RuleAdvice advise_rules(const JobSpec& job, const Table& table, std::span<const Link> links,
                        std::uint64_t budget);

/// Links the job, keeping pairs of a probability of 0.1 and more, and advises on them. budget 0:
/// the pairs that the job's own rules compare. Throws Error as run_link does.
RuleAdvice advise_job(const JobSpec& job, const RunLimits& limits, std::uint64_t budget,
                      const StageWatcher& watcher);

}  // namespace tessera
