// Villages and districts, as many as the population needs, so that villages stay the same size as
// data grow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "generate/names.hpp"
#include "generate/random.hpp"

namespace tessera {

inline constexpr std::uint64_t kPersonsPerVillage = 800;
inline constexpr std::uint32_t kVillagesPerDistrict = 50;

/// The map: villages in districts, each village with the culture of most of its households.
/// Immutable.
class Places {
 public:
  /// A map for `persons` people: one village per 800, at least one. Memory: some 60 bytes a
  /// village.
  Places(const NameBook& names, std::uint64_t persons, std::uint64_t seed);

  std::uint32_t villages() const { return static_cast<std::uint32_t>(villages_.size()); }
  std::string_view village(std::uint32_t number) const { return villages_[number].name; }
  Culture culture(std::uint32_t number) const { return villages_[number].culture; }
  std::string_view district_of(std::uint32_t village) const {
    return districts_[village / kVillagesPerDistrict];
  }

  /// A village to live in; the first of each district is its town, and larger.
  std::uint32_t draw(Random& random) const;

  /// Where someone from `village` goes or comes from: mostly the same district.
  std::uint32_t draw_near(std::uint32_t village, Random& random) const;

 private:
  struct Village {
    std::string name;
    Culture culture;
  };

  std::vector<Village> villages_;
  std::vector<std::string> districts_;
};

}  // namespace tessera
