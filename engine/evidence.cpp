#include "engine/evidence.hpp"

#include <algorithm>
#include <cmath>

#include "data/dictionary.hpp"  // mix64

namespace tessera {
namespace {

// The constants of refinement, all in one place.
//
// Caps: no single pair may decide alone. A pair of copies of one form scores 40 bits and more, yet
// it is no surer than the form was right; a pair that disagrees on most columns scores −40, yet one
// wrong birth date and a maiden name do that to records of one person. Held at 20 bits (a million
// to one) either way, one pair is outvoted by two.
constexpr double kMostForBits = 20.0;
constexpr double kMostAgainstBits = -20.0;
// The mean must exceed this share of the link threshold. At 0 clusters join when one person is
// merely likelier than two; at 1 the mean pair must be a link by itself, and every chain of changes
// (maiden name, then a move) falls apart.
constexpr double kJoinShare = 0.5;

constexpr double kUnitsPerBit = 1 << 20;

std::int64_t units(double bits) {
  return std::llround(bits * kUnitsPerBit);
}

double mean_bits(std::int64_t sum_units, std::uint64_t pairs) {
  return static_cast<double>(sum_units) / static_cast<double>(pairs) / kUnitsPerBit;
}

}  // namespace

Evidence& Evidence::operator+=(const Evidence& other) {
  capped_units += other.capped_units;
  weight_units += other.weight_units;
  pairs += other.pairs;
  return *this;
}

double Evidence::mean_capped_bits() const {
  return mean_bits(capped_units, pairs);
}

double Evidence::mean_weight_bits() const {
  return mean_bits(weight_units, pairs);
}

double evidence_bits(double weight_bits, double link_bits) {
  return std::clamp(weight_bits, kMostAgainstBits, std::max(kMostForBits, link_bits));
}

double join_bits(double link_bits) {
  return link_bits > 0 ? link_bits * kJoinShare : link_bits;
}

double ComponentWeights::bits(Place a, Place b) const {
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
                    units(std::clamp(weight, -kExtremeBits, kExtremeBits)), 1};
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
          std::llround(static_cast<double>(sum.weight_units) * scale), pairs};
}

}  // namespace tessera
