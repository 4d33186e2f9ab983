#include "generate/places.hpp"

#include <algorithm>

#include "generate/streams.hpp"

namespace tessera {
namespace {

constexpr double kLivesInTown = 0.15;
constexpr double kStaysInDistrict = 0.7;

}  // namespace

Places::Places(const NameBook& names, std::uint64_t persons, std::uint64_t seed) {
  const std::uint64_t count = std::max<std::uint64_t>(1, persons / kPersonsPerVillage);
  villages_.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    Random random(stream_seed(seed, kPlaceStream, i));
    const Culture culture = NameBook::draw_culture(random);
    const NameGrammar& grammar = names[culture].spec.villages;
    villages_.push_back({draw_composed(grammar, random), culture});
    if (i % kVillagesPerDistrict == 0) districts_.push_back(draw_composed(grammar, random));
  }
}

std::uint32_t Places::draw(Random& random) const {
  if (random.chance(kLivesInTown)) {
    const auto district = static_cast<std::uint32_t>(random.index(districts_.size()));
    return district * kVillagesPerDistrict;
  }
  return random.below(villages());
}

std::uint32_t Places::draw_near(std::uint32_t village, Random& random) const {
  if (!random.chance(kStaysInDistrict)) return draw(random);
  const std::uint32_t first = village / kVillagesPerDistrict * kVillagesPerDistrict;
  return first + random.below(std::min(kVillagesPerDistrict, villages() - first));
}

}  // namespace tessera
