// From weighed pairs to clusters: pairs that the rules missed are looked at, twins are kept apart.
#pragma once

#include <cstdint>
#include <vector>

#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/pair_weigher.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

struct ClusterInput {
  const JobSpec& job;
  const Table& table;
  const Model& model;
  const PairSpace& space;
  const PairWeigher& weigher;
  double keep_bits = 0.0;  ///< Pairs at or over this weight are kept as links.
};

struct ClusteredRecords {
  std::vector<Link> links;  ///< the given ones and those found, sorted by (left, right)
  Clusters clusters;
  std::uint64_t pairs_compared = 0;  ///< Beyond the given links.
  std::uint64_t twins_apart = 0;     ///< Pairs that may not share a cluster for they are twins.
};

/// Clusters the records of a job. REQUIRES: `links` sorted by (left, right); `constraints` of the
/// table. The components of the links are found once; must-links are added to them for clusters,
/// not for the look at pairs that the rules missed. The same at any thread count.
ClusteredRecords cluster_records(std::vector<Link> links, ClusterConstraints constraints,
                                 const ClusterInput& input);

}  // namespace tessera
