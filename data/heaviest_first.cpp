#include "data/heaviest_first.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <vector>

namespace tessera {

void for_each_heaviest_first(std::span<const std::uint64_t> weights,
                             const std::function<void(std::size_t)>& body) {
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
