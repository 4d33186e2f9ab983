// The bones of a household: who lives in it, born when, and how many records each registry holds of
// each.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "generate/calendar.hpp"
#include "generate/population_rates.hpp"

namespace tessera {

inline constexpr std::size_t kMaxMembers = 16;
inline constexpr std::size_t kMaxCopies = 3;  ///< Records of one person in one registry, at most.
inline constexpr std::uint8_t kNoTwin = 255;

enum class Role : std::uint8_t { kHusband, kWife, kChild, kGrandparent };

struct Member {
  Role role = Role::kHusband;
  bool is_female = false;
  Day born = 0;
  std::uint8_t twin_of = kNoTwin;                  ///< The place of the twin born first.
  std::array<std::uint8_t, kRegistries> copies{};  ///< Records per registry, 0 … kMaxCopies.
};

/// A household without names: enough to count records, cheap to make. Grandparents are the
/// husband's parents, or the wife's where there is no husband.
struct HouseholdPlan {
  std::uint64_t number = 0;
  std::size_t size = 0;
  std::array<Member, kMaxMembers>
      members{};  ///< The first `size` count; parents first, then children by birth.

  std::span<const Member> people() const { return std::span(members).first(size); }

  /// Records over all registries.
  std::uint64_t records() const;
};

/// The household of that number in the population of that seed: always the same. Cost: below a
/// microsecond. twin_births: the share of births that are of twins, in [0, 1].
HouseholdPlan plan_household(std::uint64_t seed, std::uint64_t number,
                             double twin_births = kTwinBirth);

/// The plan with its last records left out until `records` remain (no change if it has no more than
/// that).
HouseholdPlan cut_to_records(HouseholdPlan plan, std::uint64_t records);

}  // namespace tessera
