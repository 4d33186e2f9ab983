// What the pairs across two clusters say about their being one person, and the constants that weigh
// it.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/cluster.hpp"
#include "engine/components.hpp"

namespace tessera {

/// A row's place in Component::rows; also names the cluster of which it is the least row.
using Place = std::uint32_t;

/// Sums over the pairs across two clusters, in units of 2^-20 bits: integers, so that a mean does
/// not depend on the order of addition. A pair adds at most kExtremeBits, so 2^36 pairs fit.
struct Evidence {
  std::int64_t capped_units = 0;  ///< Of evidence_bits: decides whether clusters may join.
  std::int64_t weight_units = 0;  ///< Of weights within ±kExtremeBits: decides which join first.
  std::uint64_t pairs = 0;
  std::int64_t best_link_units = kNoLink;  ///< Greatest evidence_bits of a link across; not a sum.

  static constexpr std::int64_t kNoLink = std::numeric_limits<std::int64_t>::min();

  /// Adds the pairs of another two clusters.
  Evidence& operator+=(const Evidence& other);

  /// Takes note of a link across, whose weight is already in the sums.
  void see_link(double weight_bits, double link_bits);

  /// The mean weight: of clusters that may join, the greatest goes first.
  double mean_weight_bits() const;

  /// Whether the mean evidence and the best link are, halfway between them, a link themselves:
  /// (mean + best) / 2 >= link_bits. False without a link.
  bool favours_one_person(double link_bits) const;
};

/// Weights beyond this many bits say no more about which clusters to join first.
inline constexpr double kExtremeBits = 100.0;

/// A weight as evidence: held within the caps (evidence.cpp gives them and their reasons).
double evidence_bits(double weight_bits, double link_bits);

/// The weights within one component: known ones from its links, the others from the callback.
/// Records that must-links bring together are several forms of one person, known to be so: what
/// another record has in common with any of them counts, so that each pair with one of them weighs
/// as the best of them all. Safe to share by threads.
class ComponentWeights {
 public:
  /// All three must outlive the object.
  ComponentWeights(const Component& component, const ClusterOptions& options,
                   const PairWeight& weight);

  /// Over all pairs across two clusters; when they are more than `most`, over a sample of them
  /// (seeded by the clusters' first members, drawn with replacement), scaled up to all.
  Evidence across(std::span<const Place> a, std::span<const Place> b, std::uint64_t most) const;

 private:
  double bits(Place a, Place b) const;
  double bits_of_pair(Place a, Place b) const;
  std::span<const Place> bound_with(const Place& place) const;

  const Component& component_;
  double link_bits_;
  const PairWeight& weight_;
  std::vector<std::vector<Place>> bound_;  // size k, or 0 without must-links: a row's and those
                                           // that must-links bring together with it
};

}  // namespace tessera
