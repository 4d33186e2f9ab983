// One doubtful pair as a page for a person to judge.
#pragma once

#include <cstddef>
#include <string>

#include "registry/explain_stored.hpp"
#include "registry/inspect.hpp"

namespace tessera {

struct ReviewPageOptions {
  bool blind = false;   ///< Neither weight nor probability, verdict, reason nor earlier decision.
  bool colour = false;  ///< ANSI colours beside the signs, which say the same.
};

/// Where the pair stands in the session: in its first round, or in one of those skipped before.
struct ReviewPlace {
  std::size_t number = 0;   ///< from 1
  std::size_t of = 0;       ///< pairs of this round
  std::size_t skipped = 0;  ///< in this round so far
  bool again = false;       ///< The round is of pairs that were skipped.
};

/// Both records side by side, a line an attribute, `=` where they have one value after cleaning,
/// `≠` where they differ; then the few comparisons that weigh most, and decisions that bind the
/// two. Without control characters whatever the records hold; at most 100 columns for names of
/// usual length.
std::string review_page(const QueueLine& pair, const StoredExplanation& stored,
                        const ReviewPlace& place, const ReviewPageOptions& options);

}  // namespace tessera
