// The purposes of random numbers: each draws from a stream of its own, so that one never disturbs
// another.
#pragma once

#include <cstdint>

namespace tessera {

inline constexpr std::uint64_t kPlanStream = 1;    ///< Per household: its plan.
inline constexpr std::uint64_t kPeopleStream = 2;  ///< Per household: names, phones, places.
inline constexpr std::uint64_t kRecordStream = 3;  ///< Per record: what a clerk makes of a person.
inline constexpr std::uint64_t kPlaceStream = 4;   ///< Per village.
inline constexpr std::uint64_t kRowOrderStream = 5;  ///< Per batch: the order of its rows.
inline constexpr std::uint64_t kHouseholdOrder = 6;  ///< Per registry: the order of its households.
inline constexpr std::uint64_t kRecordIds = 7;       ///< Per registry.
inline constexpr std::uint64_t kEntityIds = 8;
inline constexpr std::uint64_t kNationalIds = 9;
inline constexpr std::uint64_t kHouseholdIds = 10;

}  // namespace tessera
