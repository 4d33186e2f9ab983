// The clustering rule of engine/refine.hpp, written from its words: every pair of clusters tried
// again at every step.
#pragma once

#include <span>
#include <vector>

#include "engine/cluster.hpp"

namespace tessera::test {

/// Size n: each row's label. Weights must be multiples of 1/8 bit, so that its sums are exact.
/// Cost: O(n⁴) and more.
std::vector<Row> naive_clusters(std::span<const Link> links, const ClusterConstraints& constraints,
                                double link_bits, const PairWeight& weight);

}  // namespace tessera::test
