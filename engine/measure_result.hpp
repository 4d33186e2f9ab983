// Looks over a finished job: what it counts for the report, and which pairs it shows as examples.
#pragma once

#include <span>
#include <vector>

#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/link.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/result_facts.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

struct MeasuredJob {
  const Table& table;
  std::size_t attributes = 0;   ///< The first columns of the table; derived ones follow.
  std::span<const Link> links;  ///< Sorted by (left, right).
  const Clusters& clusters;
  const PairSpace& space;
  const PairWeigher& weigher;
  double link_bits = 0.0;
};

/// Counts the result. The same at any thread count. Cost: one pass over the codes and the links; of
/// large sources every so many records is weighed against its copy (kWeighedRecords a source).
ResultFacts measure_result(const MeasuredJob& job);

inline constexpr Row kWeighedRecords = 20'000;

/// Places in `links` of pairs that show how the job decides: a usual link, the weakest link, the
/// strongest doubtful pair, the most doubtful one. Fewer where there are none such; none twice.
std::vector<std::size_t> sample_links(std::span<const Link> links, double link_bits);

}  // namespace tessera
