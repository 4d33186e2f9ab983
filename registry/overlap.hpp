// Which identity goes on in which cluster: the assignment under which the fewest records change
// their identity.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tessera {

/// Records that were of one identity and are of one cluster now.
struct Overlap {
  std::uint32_t identity = 0;
  std::uint32_t cluster = 0;
  std::uint64_t records = 0;

  friend bool operator==(const Overlap&, const Overlap&) = default;
  friend auto operator<=>(const Overlap&, const Overlap&) = default;
};

inline constexpr std::uint32_t kNoIdentity = 0xffffffff;

/// For each of `clusters` clusters the identity that goes on in it, or kNoIdentity. No identity
/// goes on twice, and only where it overlaps. Of all such assignments the one taken keeps the most
/// records in their identity; of those, the one that keeps the oldest identities (identities are
/// numbered by age: the sum of their ranks is least where fewest and oldest stay, see below); of
/// those, the one that gives them to the earliest clusters.
///
/// Exactly: within each group of identities and clusters that overlap directly or through others,
/// the identities have ranks k … 1 by age and the clusters l … 1 by number; the assignment
/// maximises (Σ records, Σ rank of identities kept, Σ rank of clusters that keep one), compared in
/// that order.
///
/// REQUIRES: overlaps ascending by (identity, cluster), each pair once, records > 0. Deterministic.
/// Cost: linear but for groups of several identities and several clusters, which take
/// O(identities · overlaps · path) in their own size.
/// Source: maximum-weight bipartite matching by augmenting paths (H. W. Kuhn, The Hungarian method
/// for the assignment problem, Naval Research Logistics Quarterly 2, 1955).
std::vector<std::uint32_t> assign_identities(std::span<const Overlap> overlaps,
                                             std::uint32_t clusters);

}  // namespace tessera
