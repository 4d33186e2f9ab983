// Tasks of unequal size on all threads, the heaviest begun first, so that none is left alone at the
// end.
#pragma once

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace tessera {

/// Calls body(i) once for each i < weights.size(), those of great weight first (equal ones in
/// order), on all threads. Exceptions of a body pass on. Source: Graham (1969), SIAM J. Appl. Math.
/// 17(2), p. 416: the longest first ends within 4/3 of the best order.
template <class Body>
void for_each_heaviest_first(std::span<const std::uint64_t> weights, const Body& body) {
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  std::atomic<std::size_t> next{0};
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  tbb::parallel_for(std::size_t{0}, std::min(threads, order.size()), [&](std::size_t) {
    for (std::size_t i = next++; i < order.size(); i = next++) body(order[i]);
  });
}

}  // namespace tessera
