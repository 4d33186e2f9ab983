// The claims of the persons who move, as the sender's files have them, and their sums.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/decimal_sum.hpp"
#include "exchange/flow.hpp"
#include "exchange/transfer_messages.hpp"

namespace tessera {

/// How many there are and what they come to, by type and currency.
struct ClaimTotals {
  struct Line {
    std::uint64_t count = 0;
    DecimalSum sum;
    friend bool operator==(const Line&, const Line&) = default;
  };
  std::map<std::pair<std::string, std::string>, Line> lines;

  /// Counts a resource. False where its `total.value` is no decimal that can be summed.
  bool add(std::string_view type, std::string_view value, std::string_view currency);
  friend bool operator==(const ClaimTotals&, const ClaimTotals&) = default;
};

/// All claims of one person.
struct ClaimsOf {
  std::vector<SentClaim> claims;  ///< By type and id.
  ClaimTotals totals;             ///< Of the sender's resources.
  std::string_view fault = {};    ///< Why not all of them can be sent.
  std::string fault_claim = {};   ///< The id of the one that the fault is about.
};

/// The claims, answers, requests of eligibility and referrals of each of `persons`. One that two
/// patients are named in is a fault of both. Of a sender whose files are tables the claims are
/// written from them (source_messages.hpp). Cost: one pass over the sender's files.
std::map<std::string, ClaimsOf> claims_of(const FlowSource& sender,
                                          const std::set<std::string>& persons);

/// What a transaction sends, read anew from its own text: the totals by what the claims lead to.
/// Something that cannot be summed stands under an empty reference.
std::map<std::string, ClaimTotals> sent_totals(const std::string& transaction);

}  // namespace tessera
