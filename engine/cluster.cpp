#include "engine/cluster.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>

#include <algorithm>

#include "data/check.hpp"
#include "engine/components.hpp"
#include "engine/refine.hpp"

namespace tessera {
namespace {

/// Refines the open components, each into its own rows of the labels. Returns which of them fell
/// apart.
std::vector<std::uint8_t> refine_all(Components& components, const ClusterConstraints& constraints,
                                     const ClusterOptions& options, const PairWeight& weight) {
  std::vector<std::uint8_t> split(components.open());
  std::vector<Row>& label = components.label;
  using Range = oneapi::tbb::blocked_range<std::size_t>;
  oneapi::tbb::parallel_for(Range(0, components.open(), 16), [&](const Range& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) {
      const Component component = components[i];
      const std::vector<Row> refined = refine_component(component, constraints, options, weight);
      for (std::size_t k = 0; k < refined.size(); ++k) {
        label[component.rows[k]] = refined[k];
        if (refined[k] != component.rows.front()) split[i] = 1;
      }
    }
  });
  return split;
}

std::uint64_t count_cut(std::span<const Link> links, const std::vector<Row>& label,
                        double link_bits) {
  return static_cast<std::uint64_t>(std::ranges::count_if(links, [&](const Link& link) {
    return link.weight_bits >= link_bits && label[link.left] != label[link.right];
  }));
}

Row largest_cluster(const std::vector<Row>& label) {
  std::vector<Row> size(label.size());
  Row largest = 0;
  for (const Row of : label) largest = std::max(largest, ++size[of]);
  return largest;
}

}  // namespace

Clusters cluster_links(std::span<const Link> links, const ClusterConstraints& constraints,
                       const ClusterOptions& options, const PairWeight& weight) {
  const Row rows = static_cast<Row>(constraints.row_source.size());
  for (const Link& link : links) {
    TESSERA_CHECK(link.left < link.right && link.right < rows);
  }
  return cluster_components(
      component_labels(links, constraints.must_links, options.link_bits, rows), links, constraints,
      options, weight);
}

Clusters cluster_components(std::vector<Row> label, std::span<const Link> links,
                            const ClusterConstraints& constraints, const ClusterOptions& options,
                            const PairWeight& weight) {
  Components components =
      connected_components(std::move(label), links, constraints, options.link_bits);
  const std::vector<std::uint8_t> split = refine_all(components, constraints, options, weight);

  Clusters clusters;
  clusters.label = std::move(components.label);
  clusters.components = components.count;
  clusters.components_split =
      static_cast<std::uint64_t>(std::count(split.begin(), split.end(), std::uint8_t{1}));
  const std::vector<Row>& labels = clusters.label;
  oneapi::tbb::parallel_invoke(
      [&] { clusters.links_cut = count_cut(links, labels, options.link_bits); },
      [&] {
        for (Row row = 0; row < labels.size(); ++row) clusters.clusters += labels[row] == row;
        clusters.largest = largest_cluster(labels);
      });
  return clusters;
}

}  // namespace tessera
