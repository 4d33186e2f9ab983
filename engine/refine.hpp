// Divides one connected component into persons: joins clusters while their mean evidence favours
// one person.
#pragma once

#include <vector>

#include "engine/cluster.hpp"
#include "engine/components.hpp"

namespace tessera {

/// The clusters of one component: size k, for each of component.rows the least row of its cluster.
///
/// The rule, in full. Each record begins as a cluster, records that must-links bring together as
/// one, whose pairs with another record all weigh as the best of them. Two clusters may join when
/// (a) some pair across them is a link at or over link_bits, (b) neither two records of one
/// duplicate-free source nor a cannot-link would come together, and (c) halfway between their mean
/// evidence and their best link there is still a link: (mean + best) / 2 >= link_bits. The mean is
/// over all pairs across them; every weight is held within the caps of evidence.cpp. Of all
/// clusters that may join, those join first whose mean weight (held only within ±kExtremeBits) is
/// greatest; ties go to the least first label, then the least second label. So on until none may
/// join.
///
/// Components of more than max_refined rows are first cut into parts of at most that many along
/// their weakest links; the rule is applied within each part, then to the clusters so found, where
/// the mean of many pairs is taken from a sample.
///
/// `weight` is asked once at most for each pair that has no known weight, only for pairs that the
/// rule needs. Cost: O((pairs + asked) log pairs).
std::vector<Row> refine_component(const Component& component, const ClusterConstraints& constraints,
                                  const ClusterOptions& options, const PairWeight& weight);

}  // namespace tessera
