// Joins the clusters of one component, best first, while their evidence favours one person.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "engine/components.hpp"
#include "engine/evidence.hpp"

namespace tessera {

/// A link at or over the threshold between two places of one component.
struct PlaceLink {
  Place left = 0;
  Place right = 0;
  double weight_bits = 0.0;
};

/// Where agglomeration begins and what bounds it.
struct AgglomerationStart {
  std::vector<Place> label;  ///< size k: each place's first cluster, named by its least place
  std::span<const PlaceLink>
      links;  ///< Links along which clusters may join; order and repeats do not matter.
  std::uint64_t most_pairs = 0;  ///< Pairs weighed between two clusters: more are sampled.
};

/// The final cluster of each place, size k, named by its least place. See refine.hpp for the rule.
/// Cost: O((links + weighed pairs) log); memory O(links).
std::vector<Place> agglomerate(const Component& component, const ClusterConstraints& constraints,
                               const ComponentWeights& weights, double link_bits,
                               AgglomerationStart start);

}  // namespace tessera
