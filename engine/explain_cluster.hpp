// What the clustering made of two records, and by what it parted them.
#pragma once

#include "engine/explain.hpp"

namespace tessera {

/// The decision on the pair: one entity, never connected, or connected and cut; with the chain of
/// links between them, and per cut link the reason (see refine.hpp for the rule that joins).
/// Deterministic. Cost: the links twice; the product of the sizes of the two clusters of a cut.
ExplainedCluster explain_cluster(const ExplainInput& input, Row left, Row right);

}  // namespace tessera
