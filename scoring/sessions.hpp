// Joins what several EM sessions learned into one model.
//
// A session trains on the pairs of one blocking rule; those agree on the rule's attributes, so the
// session can say nothing about comparisons of them and holds them fixed. With rules on different
// attributes every comparison is free somewhere.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scoring/em.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// One EM run with what it was run on.
struct SessionResult {
  std::string rule;         ///< The blocking rule's text.
  std::uint64_t pairs = 0;  ///< Pairs that it counted.
  std::vector<bool> fixed;  ///< per comparison: m was held; empty: none
  EmResult result;
};

/// How the m of several sessions become one.
enum class SessionAverage : std::uint8_t {
  kByMatches,  ///< Mean, weighted by the matches that each session expects to have seen with both
               ///< values present.
  kMedian,     ///< Median of the sessions (as Splink), then scaled to sum to 1.
};

/// Joins sessions. `start` gives names, levels, u and the m that stay where no session trained a
/// level. A session whose m label-switched in a comparison (strongest level: m < u) is left out
/// there if another did not. The result has sessions, m_trained and warnings filled (what
/// check_model finds, and the sessions left out). REQUIRES: every result has the comparisons and
/// levels of start. 0 < prior < 1.
Model combine_sessions(const std::vector<ComparisonModel>& start, double prior,
                       std::span<const SessionResult> sessions,
                       SessionAverage average = SessionAverage::kByMatches);

}  // namespace tessera
