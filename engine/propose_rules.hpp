// Chooses blocking rules: from a table of candidates, each in the broadest form that the number of
// records allows.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "blocking/rule.hpp"
#include "engine/propose_mapping.hpp"
#include "engine/propose_sample.hpp"

namespace tessera {

struct RuleLimits {
  /// Most candidate pairs of one rule, per record; 5 where all rules of persons find room with
  /// that.
  double pairs_per_record = 100.0;
  double total_pairs_per_record = 300.0;  ///< Of all rules together.
};

/// A rule with its reason and estimated cost.
struct ProposedRule {
  BlockingRule rule;
  std::string reason;
  double pairs_per_record = 0.0;
};

/// The rules for these attributes: each candidate's base keys, sharpened by further keys in the
/// stated order until its estimated pairs are within the limit; left out if it stays too broad, if
/// a broader rule that was taken already makes all its pairs, or if the total is spent. At least
/// one rule, the sharpest found if all are too broad. REQUIRES: attributes is not empty.
std::vector<ProposedRule> propose_rules(std::span<const MappedAttribute> attributes,
                                        bool has_person, RuleCosts& costs,
                                        const RuleLimits& limits);

}  // namespace tessera
