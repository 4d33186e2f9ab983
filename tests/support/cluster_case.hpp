// Small clustering problems written by hand: a matrix of weights and what follows from it.
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engine/cluster.hpp"

namespace tessera::test {

/// n records of one source that may hold duplicates; pairs weigh `other_bits` unless set.
struct ClusterCase {
  explicit ClusterCase(Row rows, double other_bits = -20.0) : row_source(rows), other(other_bits) {}

  /// Sets the weight of a pair and makes it a link if it weighs `least` bits or more.
  ClusterCase& pair(Row a, Row b, double bits) {
    weights[{std::min(a, b), std::max(a, b)}] = bits;
    return *this;
  }

  double weight(Row a, Row b) const {
    const auto found = weights.find({std::min(a, b), std::max(a, b)});
    return found == weights.end() ? other : found->second;
  }

  /// All pairs of `review_bits` or more, as a job keeps them.
  std::vector<Link> links() const {
    std::vector<Link> all;
    for (const auto& [rows, bits] : weights) {
      if (bits >= review_bits) all.push_back({rows.first, rows.second, 0, bits, 0});
    }
    return all;
  }

  ClusterConstraints constraints() const {
    return {row_source, duplicate_free, cannot_links, must_links};
  }

  Clusters cluster(ClusterOptions options = {.link_bits = 4.0}) const {
    return cluster_links(links(), constraints(), options,
                         [this](Row a, Row b) { return weight(a, b); });
  }

  std::vector<SourceId> row_source;
  double other;
  double review_bits = 0.0;
  std::vector<bool> duplicate_free{false};
  std::vector<std::pair<Row, Row>> cannot_links;
  std::vector<std::pair<Row, Row>> must_links;
  std::map<std::pair<Row, Row>, double> weights;
};

}  // namespace tessera::test
