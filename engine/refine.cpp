#include "engine/refine.hpp"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/agglomerate.hpp"
#include "engine/evidence.hpp"

namespace tessera {
namespace {

// Pairs weighed for the mean between two clusters of an oversized component. The standard error of
// the mean of 256 pairs of capped weights is at most 20 / 16 = 1.25 bits, and some 0.6 in practice.
constexpr std::uint64_t kSampledPairs = 256;
constexpr std::uint64_t kAllPairs = std::numeric_limits<std::uint64_t>::max();

Place place_in(const Component& component, Row row) {
  return static_cast<Place>(std::lower_bound(component.rows.begin(), component.rows.end(), row) -
                            component.rows.begin());
}

std::vector<PlaceLink> strong_links(const Component& component, double link_bits) {
  std::vector<PlaceLink> links;
  for (const WeightedPair& pair : component.pairs) {
    if (pair.weight_bits >= link_bits) {
      links.push_back(
          {place_in(component, pair.left), place_in(component, pair.right), pair.weight_bits});
    }
  }
  return links;
}

std::vector<Place> singletons(std::size_t size) {
  std::vector<Place> label(size);
  std::iota(label.begin(), label.end(), Place{0});
  return label;
}

/// Disjoint sets of places, each named by its least.
class PlaceSets {
 public:
  explicit PlaceSets(std::size_t size) : parent_(singletons(size)), places_(size, 1) {}

  Place root(Place place) {
    while (parent_[place] != place) place = parent_[place] = parent_[parent_[place]];
    return place;
  }
  std::size_t places(Place root) const { return places_[root]; }
  void join(Place a, Place b) {
    a = root(a);
    b = root(b);
    if (a == b) return;
    const auto [low, high] = std::minmax(a, b);
    parent_[high] = low;
    places_[low] += places_[high];
  }
  std::vector<Place> roots() {
    for (Place place = 0; place < parent_.size(); ++place) parent_[place] = root(place);
    return parent_;
  }

 private:
  std::vector<Place> parent_;
  std::vector<std::size_t> places_;
};

/// Each place alone, but together what must-links bring together.
PlaceSets bound_places(const Component& component) {
  PlaceSets sets(component.rows.size());
  for (const auto& [a, b] : component.must_links) {
    sets.join(place_in(component, a), place_in(component, b));
  }
  return sets;
}

/// Parts of at most `most` places: the strongest links join first, and a link that would make a
/// part too big is left out (Kruskal 1956, with a bound); must-links hold whatever the size.
/// Returns each place's part, named by its least place.
std::vector<Place> cut_into_parts(const Component& component, std::vector<PlaceLink> links,
                                  std::size_t most) {
  std::sort(links.begin(), links.end(), [](const PlaceLink& a, const PlaceLink& b) {
    if (a.weight_bits != b.weight_bits) return a.weight_bits > b.weight_bits;
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  PlaceSets sets = bound_places(component);
  for (const PlaceLink& link : links) {
    const Place a = sets.root(link.left);
    const Place b = sets.root(link.right);
    if (a != b && sets.places(a) + sets.places(b) <= most) sets.join(a, b);
  }
  return sets.roots();
}

/// One part as a component of its own, with room for what it views.
struct Part {
  std::vector<Place> places;  // in the whole component, ascending
  std::vector<Row> rows;
  std::vector<WeightedPair> pairs;
  std::vector<std::pair<Row, Row>> cannot_links;
  std::vector<std::pair<Row, Row>> must_links;

  Component view() const { return {rows, pairs, cannot_links, must_links}; }
};

std::vector<Part> take_apart(const Component& component, const std::vector<Place>& part_of) {
  std::vector<Part> parts;
  std::vector<std::size_t> number(part_of.size());
  for (Place place = 0; place < part_of.size(); ++place) {
    if (part_of[place] == place) {
      number[place] = parts.size();
      parts.emplace_back();
    }
    Part& part = parts[number[part_of[place]]];
    part.places.push_back(place);
    part.rows.push_back(component.rows[place]);
  }
  const auto part_of_row = [&](Row row) {
    const auto place = std::lower_bound(component.rows.begin(), component.rows.end(), row);
    return number[part_of[static_cast<std::size_t>(place - component.rows.begin())]];
  };
  for (const WeightedPair& pair : component.pairs) {
    const std::size_t left = part_of_row(pair.left);
    if (left == part_of_row(pair.right)) parts[left].pairs.push_back(pair);
  }
  for (const auto& pair : component.cannot_links) {
    const std::size_t left = part_of_row(pair.first);
    if (left == part_of_row(pair.second)) parts[left].cannot_links.push_back(pair);
  }
  for (const auto& pair : component.must_links) {
    parts[part_of_row(pair.first)].must_links.push_back(pair);
  }
  return parts;
}

/// The clusters of one component from its singletons, every pair weighed that the rule asks for.
std::vector<Place> refine_whole(const Component& component, const ClusterConstraints& constraints,
                                const ClusterOptions& options, const PairWeight& weight) {
  const ComponentWeights weights(component, options, weight);
  const std::vector<PlaceLink> links = strong_links(component, options.link_bits);
  return agglomerate(component, constraints, weights, options.link_bits,
                     {bound_places(component).roots(), links, kAllPairs});
}

std::vector<Place> refine_in_parts(const Component& component,
                                   const ClusterConstraints& constraints,
                                   const ClusterOptions& options, const PairWeight& weight) {
  const std::vector<PlaceLink> links = strong_links(component, options.link_bits);
  const std::vector<Part> parts =
      take_apart(component, cut_into_parts(component, links, options.max_refined));
  std::vector<Place> label(component.rows.size());
  oneapi::tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
    const Part& part = parts[i];
    const std::vector<Place> inner = refine_whole(part.view(), constraints, options, weight);
    for (std::size_t place = 0; place < inner.size(); ++place) {
      label[part.places[place]] = part.places[inner[place]];
    }
  });
  const ComponentWeights weights(component, options, weight);
  return agglomerate(component, constraints, weights, options.link_bits,
                     {std::move(label), links, kSampledPairs});
}

}  // namespace

std::vector<Row> refine_component(const Component& component, const ClusterConstraints& constraints,
                                  const ClusterOptions& options, const PairWeight& weight) {
  const std::vector<Place> places =
      component.rows.size() <= std::max<std::size_t>(options.max_refined, 2)
          ? refine_whole(component, constraints, options, weight)
          : refine_in_parts(component, constraints, options, weight);
  std::vector<Row> label(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) label[i] = component.rows[places[i]];
  return label;
}

}  // namespace tessera
