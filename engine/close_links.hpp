// Finds pairs that no blocking rule makes but common neighbours suggest: the second look within
// each component.
#pragma once

#include <cstdint>
#include <vector>

#include "data/table.hpp"
#include "engine/components.hpp"
#include "engine/link.hpp"
#include "engine/pair_weigher.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

struct ClosureOptions {
  double keep_bits = 0.0;  ///< Pairs found at or over this weight are added.
  /// In larger components only pairs with a common neighbour are looked at.
  std::uint32_t max_component = 200;
};

struct Closure {
  std::vector<Link> links;  ///< the given links and those found, sorted by (left, right)
  std::uint64_t found = 0;
  std::uint64_t pairs_compared = 0;
};

/// Weighs the pairs inside each of `components`, those of the links over the threshold, that were
/// not links yet. REQUIRES: links sorted by (left, right). Deterministic. Cost: the square of each
/// component's size, at most max_component.
Closure close_links(std::vector<Link> links, const ComponentMembers& components, const Table& table,
                    const PairSpace& space, const PairWeigher& weigher,
                    const ClosureOptions& options);

}  // namespace tessera
