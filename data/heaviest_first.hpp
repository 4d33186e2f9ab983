// Tasks of unequal size on all threads, the heaviest begun first, so that none is left alone at the
// end.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace tessera {

/// Calls body(i) once for each i < weights.size(), those of great weight first (equal ones in
/// order), on all threads. Exceptions of a body pass on. Source: Graham (1969), SIAM J. Appl. Math.
/// 17(2), p. 416: the longest first ends within 4/3 of the best order.
void for_each_heaviest_first(std::span<const std::uint64_t> weights,
                             const std::function<void(std::size_t)>& body);

}  // namespace tessera
