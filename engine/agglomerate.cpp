// Agglomerative clustering of one component (UPGMA, Sokal & Michener 1958, on match weights, with a
// stop of its own).
//
// Why the mean. Were the pairs across two clusters independent, the odds that both are one person
// would be the product of the pairs' odds. They are far from it: two copies of one record repeat
// one piece of evidence. The mean is the log-odds of a typical pair, counts the prior once, and
// does not grow when a registry holds a record ten times over.
//
// Why not the mean alone. Records of one person drift: a maiden name, then a move, and the ends of
// the chain look like strangers though every step is sure. So clusters join when halfway between
// the mean and their best link there is still a link. Relatives fail it, all of whose pairs are
// alike and middling; a chain passes, some of whose pairs are strong.
//
// An example that works, a weak bridge (links from 4 bits): anna1–anna2 +18, berta1–berta2 +17, and
// a thin record `x`, without given name, at +7 to both annas and +6 to both bertas. Connected
// components make one person of two. Here anna1+anna2 and berta1+berta2 join first, x joins the
// annas; of the pairs across that are left four weigh −9 and two +6: mean −4, best +6, halfway +1.
//
// One that does not: twins of whom every record lacks the given name. No pair speaks against, so
// they become one person; only a cannot-link or a duplicate-free source can tell them apart.
//
// The queue holds every pair of clusters that may join, as it was when its evidence was found; a
// pair whose clusters have changed since is dropped when it comes up. A pair without a link is
// weighed only when its clusters come to share one.
#include "engine/agglomerate.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

namespace tessera {
namespace {

constexpr Place kNoPlace = std::numeric_limits<Place>::max();

struct Neighbour {
  Place cluster;
  Evidence evidence;
};

/// A cluster on its way. Named by its least member.
struct Cluster {
  std::vector<Place>
      members;  // ascending at first, then by order of joining; empty: joined to another
  std::vector<SourceId> closed_sources;  // duplicate-free sources of its records, ascending
  std::vector<Place> forbidden;          // rows that a cannot-link keeps out, ascending
  std::vector<Neighbour> neighbours;  // clusters that a link leads to and that may join, by cluster
  std::uint32_t version = 0;          // of what the queue says about it
};

/// Two clusters that may join, as the queue saw them.
struct Candidate {
  double mean_weight_bits;
  Place low;
  Place high;
  std::uint32_t low_version;
  std::uint32_t high_version;

  bool operator<(const Candidate& other) const {  // std::priority_queue gives the greatest first
    return std::tuple(mean_weight_bits, other.low, other.high) <
           std::tuple(other.mean_weight_bits, low, high);
  }
};

template <typename T>
bool intersect(const std::vector<T>& a, const std::vector<T>& b) {
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (*x == *y) return true;
    if (*x < *y) {
      ++x;
    } else {
      ++y;
    }
  }
  return false;
}

template <typename T>
void merge_into(std::vector<T>& a, std::vector<T>& b) {
  const auto middle = static_cast<std::ptrdiff_t>(a.size());
  a.insert(a.end(), b.begin(), b.end());
  std::inplace_merge(a.begin(), a.begin() + middle, a.end());
  std::vector<T>().swap(b);
}

/// Joins clusters of one component, best first.
class Agglomeration {
 public:
  Agglomeration(const Component& component, const ClusterConstraints& constraints,
                const ComponentWeights& weights, double link_bits, AgglomerationStart start)
      : weights_(weights),
        link_bits_(link_bits),
        most_pairs_(start.most_pairs),
        label_(std::move(start.label)),
        clusters_(label_.size()) {
    for (Place i = 0; i < label_.size(); ++i) {
      Cluster& cluster = clusters_[label_[i]];
      cluster.members.push_back(i);
      const SourceId source = constraints.row_source[component.rows[i]];
      if (constraints.duplicate_free[static_cast<std::size_t>(source)]) {
        cluster.closed_sources.push_back(source);
      }
    }
    for (Cluster& cluster : clusters_) {
      std::sort(cluster.closed_sources.begin(), cluster.closed_sources.end());
    }
    for (const auto& [left, right] : component.cannot_links) forbid(component, left, right);
    for (Cluster& cluster : clusters_) {
      std::sort(cluster.forbidden.begin(), cluster.forbidden.end());
    }
  }

  /// Joins along `links` (over the threshold) until nothing may join. Returns the labels, size k.
  std::vector<Place> run(std::span<const PlaceLink> links) {
    connect(links);
    while (!queue_.empty()) {
      const Candidate best = queue_.top();
      queue_.pop();
      if (clusters_[best.low].version == best.low_version &&
          clusters_[best.high].version == best.high_version) {
        join(best.low, best.high);
      }
    }
    for (Place name = 0; name < clusters_.size(); ++name) {
      for (const Place member : clusters_[name].members) label_[member] = name;
    }
    return std::move(label_);
  }

 private:
  void forbid(const Component& component, Row left, Row right) {
    const auto place = [&](Row row) {
      return static_cast<Place>(
          std::lower_bound(component.rows.begin(), component.rows.end(), row) -
          component.rows.begin());
    };
    const Place a = place(left);
    const Place b = place(right);
    clusters_[label_[a]].forbidden.push_back(b);
    clusters_[label_[b]].forbidden.push_back(a);
  }

  bool may_share(const Cluster& a, const Cluster& b) const {
    if (intersect(a.closed_sources, b.closed_sources)) return false;
    // Cannot-links are kept on both sides, so the shorter list tells all.
    const bool by_a = a.forbidden.size() < b.forbidden.size();
    const Cluster& keeper = by_a ? a : b;
    const Cluster& other = by_a ? b : a;
    if (keeper.forbidden.empty()) return true;
    return std::none_of(other.members.begin(), other.members.end(), [&](Place member) {
      return std::binary_search(keeper.forbidden.begin(), keeper.forbidden.end(), member);
    });
  }

  /// One edge for each two clusters that links join and that may share; its weight is the best
  /// link's.
  std::vector<PlaceLink> edges_of(std::span<const PlaceLink> links) const {
    std::vector<PlaceLink> edges;
    for (const PlaceLink& link : links) {
      const auto [low, high] = std::minmax(label_[link.left], label_[link.right]);
      if (low != high && may_share(clusters_[low], clusters_[high])) {
        edges.push_back({low, high, link.weight_bits});
      }
    }
    std::sort(edges.begin(), edges.end(), [](const PlaceLink& x, const PlaceLink& y) {
      return std::tuple(x.left, x.right, -x.weight_bits) <
             std::tuple(y.left, y.right, -y.weight_bits);
    });
    const auto same_ends = [](const PlaceLink& x, const PlaceLink& y) {
      return x.left == y.left && x.right == y.right;
    };
    edges.erase(std::unique(edges.begin(), edges.end(), same_ends), edges.end());
    return edges;
  }

  void connect(std::span<const PlaceLink> links) {
    const std::vector<PlaceLink> edges = edges_of(links);
    std::vector<Evidence> evidence(edges.size());
    using Range = oneapi::tbb::blocked_range<std::size_t>;
    oneapi::tbb::parallel_for(Range(0, edges.size(), 256), [&](const Range& range) {
      for (std::size_t i = range.begin(); i < range.end(); ++i) {
        evidence[i] = across(clusters_[edges[i].left], clusters_[edges[i].right]);
        evidence[i].see_link(edges[i].weight_bits, link_bits_);
      }
    });
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const Place low = edges[i].left;
      const Place high = edges[i].right;
      clusters_[low].neighbours.push_back({high, evidence[i]});
      clusters_[high].neighbours.push_back({low, evidence[i]});
      offer(low, high, evidence[i]);
    }
    for (Cluster& cluster : clusters_) {
      std::sort(cluster.neighbours.begin(), cluster.neighbours.end(),
                [](const Neighbour& x, const Neighbour& y) { return x.cluster < y.cluster; });
    }
  }

  Evidence across(const Cluster& a, const Cluster& b) const {
    return weights_.across(a.members, b.members, most_pairs_);
  }

  void offer(Place a, Place b, const Evidence& evidence) {
    if (!evidence.favours_one_person(link_bits_)) return;
    const Place low = std::min(a, b);
    const Place high = std::max(a, b);
    queue_.push(
        {evidence.mean_weight_bits(), low, high, clusters_[low].version, clusters_[high].version});
  }

  void join(Place low, Place high) {
    Cluster& kept = clusters_[low];
    Cluster gone = std::exchange(clusters_[high], Cluster{});
    clusters_[high].version = gone.version + 1;
    ++kept.version;

    std::vector<Neighbour> neighbours = join_neighbours(low, high, kept, gone);
    kept.members.insert(kept.members.end(), gone.members.begin(), gone.members.end());
    merge_into(kept.closed_sources, gone.closed_sources);
    merge_into(kept.forbidden, gone.forbidden);
    std::erase_if(neighbours, [&](const Neighbour& neighbour) {
      return !may_share(kept, clusters_[neighbour.cluster]);
    });
    for (const Neighbour& each : kept.neighbours) forget(each.cluster, low);
    for (const Neighbour& each : gone.neighbours) forget(each.cluster, high);
    kept.neighbours = std::move(neighbours);
    for (const Neighbour& each : kept.neighbours) {
      remember(each.cluster, low, each.evidence);
      offer(low, each.cluster, each.evidence);
    }
  }

  /// The neighbours of both, each with the evidence of all pairs across; what one side had no link
  /// to is weighed now.
  std::vector<Neighbour> join_neighbours(Place low, Place high, const Cluster& kept,
                                         const Cluster& gone) const {
    std::vector<Neighbour> joined;
    auto a = kept.neighbours.begin();
    auto b = gone.neighbours.begin();
    const auto name = [](auto place, const std::vector<Neighbour>& list) {
      return place == list.end() ? kNoPlace : place->cluster;
    };
    for (;;) {
      const Place next = std::min(name(a, kept.neighbours), name(b, gone.neighbours));
      if (next == kNoPlace) return joined;
      const bool of_kept = name(a, kept.neighbours) == next;
      const bool of_gone = name(b, gone.neighbours) == next;
      if (next != low && next != high) {
        const Cluster& other = clusters_[next];
        // A pair of clusters that may not share was dropped on one side only if the other side is
        // so barred too, or will be once joined: then the evidence is not needed, and the caller
        // drops it.
        if (may_share(kept, other) && may_share(gone, other)) {
          Evidence evidence = of_kept ? a->evidence : across(kept, other);
          evidence += of_gone ? b->evidence : across(gone, other);
          joined.push_back({next, evidence});
        }
      }
      if (of_kept) ++a;
      if (of_gone) ++b;
    }
  }

  static auto place_of(std::vector<Neighbour>& list, Place cluster) {
    return std::lower_bound(
        list.begin(), list.end(), cluster,
        [](const Neighbour& neighbour, Place key) { return neighbour.cluster < key; });
  }

  void forget(Place of, Place cluster) {
    std::vector<Neighbour>& list = clusters_[of].neighbours;
    const auto place = place_of(list, cluster);
    if (place != list.end() && place->cluster == cluster) list.erase(place);
  }

  void remember(Place of, Place cluster, const Evidence& evidence) {
    std::vector<Neighbour>& list = clusters_[of].neighbours;
    list.insert(place_of(list, cluster), {cluster, evidence});
  }

  const ComponentWeights& weights_;
  double link_bits_;
  std::uint64_t most_pairs_;
  std::vector<Place> label_;
  std::vector<Cluster> clusters_;  // size k; by name
  std::priority_queue<Candidate> queue_;
};

}  // namespace

std::vector<Place> agglomerate(const Component& component, const ClusterConstraints& constraints,
                               const ComponentWeights& weights, double link_bits,
                               AgglomerationStart start) {
  const std::span<const PlaceLink> links = start.links;
  return Agglomeration(component, constraints, weights, link_bits, std::move(start)).run(links);
}

}  // namespace tessera
