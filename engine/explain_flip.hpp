// The smallest change in what two records agree on that would change the verdict on them.
#pragma once

#include <vector>

#include "engine/explain.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// For each verdict next to the pair's own (a doubtful pair has two) the change of one comparison
/// that leads there, else the changes of two; that whose weight moves least, ties to the earlier
/// comparison and the stronger level. A change is another level, a value lost (`null`), or a value
/// found where there was none. Level `swapped` is no change of one comparison and is left out.
///
/// A value that would agree is taken to be the commoner of the two that are there; where neither is
/// there, one as common as agreeing values are on average (no term-frequency adjustment).
/// Cost: the square of the model's levels, some ten thousand sums.
std::vector<ExplainedFlip> find_flips(const ExplainInput& input, Pattern pattern, Row left,
                                      Row right);

}  // namespace tessera
