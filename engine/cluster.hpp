// Joins linked records into clusters, one per person; a weak bridge does not join two persons.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "data/table.hpp"
#include "engine/link.hpp"

namespace tessera {

struct ClusterConstraints {
  std::span<const SourceId> row_source;  ///< size n
  std::vector<bool> duplicate_free;      ///< per source: no two of its records may share a cluster
  std::vector<std::pair<Row, Row>> cannot_links;  ///< Pairs that must never share a cluster.
  /// Pairs that must share one, whatever their weight and their sources. REQUIRES: no cannot-link
  /// between two rows that must-links bring together.
  std::vector<std::pair<Row, Row>> must_links = {};
};

struct ClusterOptions {
  double link_bits = 0.0;  ///< Links at or over this weight may join.
  std::size_t max_refined =
      400;  ///< Components larger than this are split by their strong links first.
};

/// The weight in bits of any pair of rows, compared or not. Must be symmetric and safe to call from
/// several threads.
using PairWeight = std::function<double(Row, Row)>;

struct Clusters {
  std::vector<Row> label;              ///< size n: the least row of the row's cluster
  std::uint64_t clusters = 0;          ///< How many labels.
  std::uint64_t components = 0;        ///< Connected components of the links, singletons counted.
  std::uint64_t components_split = 0;  ///< Of which refinement made more than one cluster.
  std::uint64_t links_cut =
      0;            ///< Links at or over the threshold whose ends are in different clusters.
  Row largest = 0;  ///< Size of the largest cluster.
};

/// Clusters rows 0 … n-1 (n = row_source.size()). `links` sorted by (left, right). The result
/// depends only on the links' weights and the row numbers, not on thread count. Within each
/// connected component the pairs not linked are weighed with `weight`, and clusters are joined
/// while their mean evidence favours one person (see cluster.cpp).
Clusters cluster_links(std::span<const Link> links, const ClusterConstraints& constraints,
                       const ClusterOptions& options, const PairWeight& weight);

/// The same where the components are known: `label` is component_labels (engine/components.hpp) of
/// these links and must-links.
Clusters cluster_components(std::vector<Row> label, std::span<const Link> links,
                            const ClusterConstraints& constraints, const ClusterOptions& options,
                            const PairWeight& weight);

}  // namespace tessera
