// Explains a pair of records by the very parts that weighed it.
#pragma once

#include <span>
#include <utility>

#include "data/table.hpp"
#include "engine/components.hpp"
#include "engine/explanation.hpp"
#include "engine/job.hpp"
#include "engine/pair_weigher.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// Of a row that is in no entity.
inline constexpr Row kNoLabel = 0xffffffff;

/// A decided job, wherever it is kept: what an explanation reads. All must outlive the call.
struct ExplainInput {
  const JobSpec& job;
  const Table& table;
  const Model& model;
  const PairWeigher& weigher;  ///< Of that model and table.
  const PairSpace& space;
  std::span<const Row> label;  ///< size n: rows of one entity have one label; kNoLabel: in none
  /// The pairs that were kept, as they were weighed then: by (left, right), left < right.
  std::span<const WeightedPair> links;
  std::span<const std::pair<Row, Row>> cannot_links;  ///< Decisions; in either order.
};

/// The evidence alone: explain_pair without blocking, cluster and flips, and without what the
/// result decided. REQUIRES: left != right. Cost: a comparison of two records.
Explanation explain_evidence(const ExplainInput& input, Row left, Row right);

/// Explains the pair. Every number is the weigher's and the model's own: the parts add up to
/// weigher.weight_bits(left, right). REQUIRES: left != right. Cost: blocking under the rules whose
/// keys agree; the links twice; the product of the sizes of two clusters, where a link between them
/// was cut.
Explanation explain_pair(const ExplainInput& input, Row left, Row right);

/// The verdict on a weight.
Verdict verdict_of(double weight_bits, double link_bits, double review_bits);

}  // namespace tessera
