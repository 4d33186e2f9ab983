#include "engine/cluster_records.hpp"

#include <utility>

#include "engine/close_links.hpp"
#include "engine/components.hpp"
#include "engine/twins.hpp"

namespace tessera {

ClusteredRecords cluster_records(std::vector<Link> links, ClusterConstraints constraints,
                                 const ClusterInput& input) {
  const double link_bits = input.job.link_threshold.bits();
  const Row rows = input.table.size();
  ClusteredRecords result;
  std::vector<Row> label = component_labels(links, {}, link_bits, rows);
  ComponentMembers components = members_of_components(label);
  Closure closure = close_links(std::move(links), components, input.table, input.space,
                                input.weigher, {.keep_bits = input.keep_bits});
  result.links = std::move(closure.links);
  result.pairs_compared = closure.pairs_compared;
  if (!constraints.must_links.empty()) {  // links that were found lie within components, these not
    label = component_labels(result.links, constraints.must_links, link_bits, rows);
    components = members_of_components(label);
  }
  const TwinSigns signs(input.table, input.job, input.model, input.weigher.comparer());
  const auto twins = find_twins(signs, components, constraints.must_links);
  result.twins_apart = twins.size();
  constraints.cannot_links.insert(constraints.cannot_links.end(), twins.begin(), twins.end());
  result.clusters =
      cluster_components(std::move(label), result.links, constraints, {.link_bits = link_bits},
                         [&](Row a, Row b) { return input.weigher.weight_bits(a, b); });
  return result;
}

}  // namespace tessera
