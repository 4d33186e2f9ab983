// Connected components of the links, and the few of them that refinement must look at, cut out as
// small problems.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/link.hpp"

namespace tessera {

/// A link without what clustering does not ask for.
struct WeightedPair {
  Row left = 0;
  Row right = 0;  ///< left < right
  double weight_bits = 0.0;
};

/// One connected component to be refined: views into Components.
struct Component {
  std::span<const Row> rows;  ///< size k, ascending
  std::span<const WeightedPair>
      pairs;  ///< Known weights, over the threshold or not; by (left, right).
  std::span<const std::pair<Row, Row>>
      cannot_links;  ///< Both ends inside; left < right; sorted, each once.
  std::span<const std::pair<Row, Row>> must_links;  ///< The same.
};

/// All components. Those that need no thought are finished in `label`; the others are listed.
class Components {
 public:
  std::vector<Row> label;   ///< size n: the least row of the row's component
  std::uint64_t count = 0;  ///< Singletons counted.

  /// How many components must be refined: those with a constraint inside, and those of three
  /// records or more in which some pair has no link over the threshold.
  std::size_t open() const { return row_start_.size() - 1; }
  Component operator[](std::size_t i) const;

 private:
  friend Components connected_components(std::vector<Row> label, std::span<const Link> links,
                                         const ClusterConstraints& constraints, double link_bits);

  std::vector<Row> rows_;                          // by component, ascending
  std::vector<WeightedPair> pairs_;                // by component, then (left, right)
  std::vector<std::pair<Row, Row>> cannot_links_;  // by component, then (left, right)
  std::vector<std::pair<Row, Row>> must_links_;    // by component, then (left, right)
  std::vector<std::uint64_t> row_start_{0};        // size open() + 1, into rows_
  std::vector<std::uint64_t> pair_start_{0};       // size open() + 1, into pairs_
  std::vector<std::uint64_t> cannot_start_{0};     // size open() + 1, into cannot_links_
  std::vector<std::uint64_t> must_start_{0};       // size open() + 1, into must_links_
};

/// For each of rows 0 … rows-1 the least row of its component: of the links at or over `link_bits`
/// and of must_links. Cost: linear, on all threads.
std::vector<Row> component_labels(std::span<const Link> links,
                                  std::span<const std::pair<Row, Row>> must_links, double link_bits,
                                  Row rows);

/// The rows of each component of two rows or more, components ordered by their least row.
struct ComponentMembers {
  std::vector<Row> rows;       ///< component after component, each ascending
  std::vector<Row> starts{0};  ///< size size() + 1, into rows

  std::size_t size() const { return starts.size() - 1; }
  std::span<const Row> operator[](std::size_t i) const {
    return std::span(rows).subspan(starts[i], starts[i + 1] - starts[i]);
  }
};

/// Those of `label`, as component_labels gives them. Cost: three passes over the rows.
ComponentMembers members_of_components(std::span<const Row> label);

/// The components that `label` tells (component_labels of these links and must-links), among rows
/// 0 … n-1 (n = constraints.row_source.size()). REQUIRES: links sorted by (left, right), left <
/// right < n; every SourceId has its entry in duplicate_free. Cost: the links twice, the rows a few
/// times.
Components connected_components(std::vector<Row> label, std::span<const Link> links,
                                const ClusterConstraints& constraints, double link_bits);

}  // namespace tessera
