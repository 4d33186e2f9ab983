#include "engine/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/dictionary.hpp"  // mix64

namespace tessera {
namespace {

// The constants of refinement, all in one place.
//
// Caps: no single pair may decide alone. Two copies of one form score 30 bits and more, yet are no
// surer than that the form was right: a link counts for 12 bits at most (4000 to 1), or twice the
// link threshold where that is more, so that one is outvoted by a mean against of some bits. A pair
// that disagrees on most columns scores −40, yet one wrong birth date and a maiden name do that to
// records of one person: it counts for −20 at most.
constexpr double kMostForBits = 12.0;
constexpr double kMostAgainstBits = -20.0;

constexpr double kUnitsPerBit = 1 << 20;

std::int64_t units(double bits) {
  return std::llround(bits * kUnitsPerBit);
}

}  // namespace

Evidence& Evidence::operator+=(const Evidence& other) {
  capped_units += other.capped_units;
  weight_units += other.weight_units;
  pairs += other.pairs;
  best_link_units = std::max(best_link_units, other.best_link_units);
  return *this;
}

void Evidence::see_link(double weight_bits, double link_bits) {
  best_link_units = std::max(best_link_units, units(evidence_bits(weight_bits, link_bits)));
}

double Evidence::mean_weight_bits() const {
  return static_cast<double>(weight_units) / static_cast<double>(pairs) / kUnitsPerBit;
}

bool Evidence::favours_one_person(double link_bits) const {
  if (best_link_units == kNoLink) return false;
  const auto count = static_cast<std::int64_t>(pairs);
  return capped_units + best_link_units * count >= 2 * units(link_bits) * count;
}

double evidence_bits(double weight_bits, double link_bits) {
  return std::clamp(weight_bits, kMostAgainstBits, std::max(kMostForBits, 2 * link_bits));
}

ComponentWeights::ComponentWeights(const Component& component, const ClusterOptions& options,
                                   const PairWeight& weight)
    : component_(component), link_bits_(options.link_bits), weight_(weight) {
  if (component.must_links.empty()) return;
  const std::size_t size = component.rows.size();
  std::vector<Place> label(size);
  std::iota(label.begin(), label.end(), Place{0});
  const auto place = [&](Row row) {
    return static_cast<Place>(std::lower_bound(component.rows.begin(), component.rows.end(), row) -
                              component.rows.begin());
  };
  const auto root = [&](Place at) {
    while (label[at] != at) at = label[at] = label[label[at]];
    return at;
  };
  for (const auto& [left, right] : component.must_links) {
    const Place a = root(place(left));
    const Place b = root(place(right));
    label[std::max(a, b)] = std::min(a, b);
  }
  std::vector<std::vector<Place>> groups(size);
  for (Place at = 0; at < size; ++at) groups[root(at)].push_back(at);
  bound_.resize(size);
  for (Place at = 0; at < size; ++at) {
    if (groups[root(at)].size() > 1) bound_[at] = groups[root(at)];
  }
}

std::span<const Place> ComponentWeights::bound_with(const Place& place) const {
  if (bound_.empty() || bound_[place].empty()) return {&place, 1};
  return bound_[place];
}

double ComponentWeights::bits(Place a, Place b) const {
  if (bound_.empty()) return bits_of_pair(a, b);
  double best = -std::numeric_limits<double>::infinity();
  for (const Place left : bound_with(a)) {
    for (const Place right : bound_with(b)) best = std::max(best, bits_of_pair(left, right));
  }
  return best;
}

double ComponentWeights::bits_of_pair(Place a, Place b) const {
  const Row left = component_.rows[std::min(a, b)];
  const Row right = component_.rows[std::max(a, b)];
  const auto found =
      std::lower_bound(component_.pairs.begin(), component_.pairs.end(), std::pair(left, right),
                       [](const WeightedPair& pair, const std::pair<Row, Row>& key) {
                         return std::pair(pair.left, pair.right) < key;
                       });
  if (found != component_.pairs.end() && found->left == left && found->right == right) {
    return found->weight_bits;
  }
  return weight_(left, right);
}

Evidence ComponentWeights::across(std::span<const Place> a, std::span<const Place> b,
                                  std::uint64_t most) const {
  const auto of_pair = [&](Place left, Place right) {
    const double weight = bits(left, right);
    return Evidence{units(evidence_bits(weight, link_bits_)),
                    units(std::clamp(weight, -kExtremeBits, kExtremeBits)), 1, Evidence::kNoLink};
  };
  Evidence sum;
  const std::uint64_t pairs = std::uint64_t{a.size()} * b.size();
  if (pairs <= most) {
    for (const Place left : a) {
      for (const Place right : b) sum += of_pair(left, right);
    }
    return sum;
  }
  const std::uint64_t seed = mix64((std::uint64_t{a.front()} << 32) | b.front());
  for (std::uint64_t i = 0; i < most; ++i) {
    const std::uint64_t draw = mix64(seed + i) % pairs;  // pairs < 2^40: the bias of % is nil
    sum += of_pair(a[draw / b.size()], b[draw % b.size()]);
  }
  const double scale = static_cast<double>(pairs) / static_cast<double>(most);
  return {std::llround(static_cast<double>(sum.capped_units) * scale),
          std::llround(static_cast<double>(sum.weight_units) * scale), pairs, Evidence::kNoLink};
}

}  // namespace tessera
