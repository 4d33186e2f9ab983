// Identities enter one by one. Each time the best alternating path from the newcomer is found: it
// takes a cluster, whose holder takes another, and so on, until a cluster is free or a holder goes
// without. What was best for the identities before stays best with the one more (the sum over a
// matching of k + 1 identities differs from the best of k by one such path), so that no further
// search is needed. Paths are found by relaxation (Bellman–Ford), since gains may be negative.
#include "registry/overlap.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "data/sort_unique.hpp"

namespace tessera {
namespace {

/// What an assignment is worth, compared in order.
struct Worth {
  std::int64_t records = 0;
  std::int64_t identity_ranks = 0;
  std::int64_t cluster_ranks = 0;

  friend Worth operator+(const Worth& a, const Worth& b) {
    return {a.records + b.records, a.identity_ranks + b.identity_ranks,
            a.cluster_ranks + b.cluster_ranks};
  }
  friend Worth operator-(const Worth& a, const Worth& b) {
    return {a.records - b.records, a.identity_ranks - b.identity_ranks,
            a.cluster_ranks - b.cluster_ranks};
  }
  friend auto operator<=>(const Worth&, const Worth&) = default;
};

struct Edge {
  std::size_t cluster = 0;
  Worth worth;
};

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// One group of identities and clusters, numbered within.
class Matching {
 public:
  Matching(std::vector<std::vector<Edge>> edges, std::size_t clusters)
      : edges_(std::move(edges)), holder_(clusters, kNone), held_(edges_.size(), nullptr) {}

  /// Per cluster the identity that holds it, or kNone.
  const std::vector<std::size_t>& run() {
    for (std::size_t identity = 0; identity < edges_.size(); ++identity) enter(identity);
    return holder_;
  }

 private:
  // gain_[i]: the best change of worth on a path from the newcomer by which i loses its cluster
  // (the newcomer: 0).
  void enter(std::size_t newcomer) {
    std::vector<Worth> gain(edges_.size());
    std::vector<bool> reached(edges_.size(), false);
    std::vector<const Edge*> by(edges_.size(), nullptr);  // the edge that took i's cluster
    std::vector<std::size_t> from(edges_.size(), kNone);  // and who took it
    reached[newcomer] = true;
    for (bool better = true; better;) {
      better = false;
      for (std::size_t i = 0; i < edges_.size(); ++i) {
        if (!reached[i]) continue;
        for (const Edge& edge : edges_[i]) {
          const std::size_t other = holder_[edge.cluster];
          if (other == kNone || other == i) continue;
          const Worth worth = gain[i] + edge.worth - held_[other]->worth;
          if (reached[other] && !(worth > gain[other])) continue;
          if (other == newcomer) continue;
          gain[other] = worth;
          reached[other] = true;
          by[other] = &edge;
          from[other] = i;
          better = true;
        }
      }
    }
    // The path ends where a free cluster is taken, or where one goes without.
    Worth best;  // of leaving all as it is
    std::size_t end = kNone;
    const Edge* last = nullptr;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (!reached[i]) continue;
      if (i != newcomer && gain[i] > best)
        std::tie(best, end, last) = std::tuple(gain[i], i, nullptr);
      for (const Edge& edge : edges_[i]) {
        if (holder_[edge.cluster] != kNone) continue;
        const Worth worth = gain[i] + edge.worth;
        if (worth > best) std::tie(best, end, last) = std::tuple(worth, i, &edge);
      }
    }
    if (end == kNone) return;
    for (std::size_t i = end; i != kNone; i = from[i]) {
      const Edge* taken = by[i];
      held_[i] = last;
      if (last != nullptr) holder_[last->cluster] = i;
      last = taken;
    }
  }

  std::vector<std::vector<Edge>> edges_;
  std::vector<std::size_t> holder_;
  std::vector<const Edge*> held_;
};

/// Groups of overlaps that hang together, each ascending by (identity, cluster).
std::vector<std::vector<Overlap>> group_overlaps(std::span<const Overlap> overlaps,
                                                 std::uint32_t clusters) {
  std::uint32_t identities = 0;
  for (const Overlap& overlap : overlaps) identities = std::max(identities, overlap.identity + 1);
  std::vector<std::uint32_t> parent(std::size_t{clusters} + identities);  // clusters first
  std::iota(parent.begin(), parent.end(), std::uint32_t{0});
  const auto root = [&](std::uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (const Overlap& overlap : overlaps) {
    const std::uint32_t a = root(overlap.cluster);
    const std::uint32_t b = root(clusters + overlap.identity);
    parent[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::uint32_t> number(parent.size(), kNoIdentity);
  std::vector<std::vector<Overlap>> groups;
  for (const Overlap& overlap : overlaps) {
    std::uint32_t& of = number[root(overlap.cluster)];
    if (of == kNoIdentity) {
      of = static_cast<std::uint32_t>(groups.size());
      groups.emplace_back();
    }
    groups[of].push_back(overlap);
  }
  return groups;
}

template <class Of>
std::vector<std::uint32_t> distinct(const std::vector<Overlap>& group, const Of& of) {
  std::vector<std::uint32_t> all;
  for (const Overlap& overlap : group) all.push_back(of(overlap));
  sort_unique(all);
  return all;
}

void assign_group(const std::vector<Overlap>& group, std::vector<std::uint32_t>& assigned) {
  if (group.size() == 1) {
    assigned[group.front().cluster] = group.front().identity;
    return;
  }
  const auto identities = distinct(group, [](const Overlap& o) { return o.identity; });
  const auto clusters = distinct(group, [](const Overlap& o) { return o.cluster; });
  const auto place = [](const std::vector<std::uint32_t>& in, std::uint32_t of) {
    return static_cast<std::size_t>(std::lower_bound(in.begin(), in.end(), of) - in.begin());
  };
  std::vector<std::vector<Edge>> edges(identities.size());
  for (const Overlap& overlap : group) {
    const std::size_t i = place(identities, overlap.identity);
    const std::size_t c = place(clusters, overlap.cluster);
    edges[i].push_back({c,
                        {static_cast<std::int64_t>(overlap.records),
                         static_cast<std::int64_t>(identities.size() - i),
                         static_cast<std::int64_t>(clusters.size() - c)}});
  }
  Matching matching(std::move(edges), clusters.size());
  const std::vector<std::size_t>& holder = matching.run();
  for (std::size_t c = 0; c < clusters.size(); ++c) {
    if (holder[c] != kNone) assigned[clusters[c]] = identities[holder[c]];
  }
}

}  // namespace

std::vector<std::uint32_t> assign_identities(std::span<const Overlap> overlaps,
                                             std::uint32_t clusters) {
  std::vector<std::uint32_t> assigned(clusters, kNoIdentity);
  for (const std::vector<Overlap>& group : group_overlaps(overlaps, clusters)) {
    assign_group(group, assigned);
  }
  return assigned;
}

}  // namespace tessera
