// How often things happen to people: who is in which registry, who has a twin, moves, or knows no
// birth date. docs/generator.md tells what the rates stand for; tests hold the output to them.
#pragma once

#include <array>

#include "generate/registry_rates.hpp"

namespace tessera {

// Who is in which registry. A household is insured or poor as a whole; members then follow one by
// one.
inline constexpr double kHouseholdInsured = 0.80;
inline constexpr double kClientIfInsured = 0.88;
inline constexpr double kClientElse = 0.04;
inline constexpr double kHouseholdPoor = 0.55;
inline constexpr double kSocialIfPoor = 0.92;
inline constexpr double kSocialElse = 0.135;
inline constexpr double kCrvsBornFrom2000 = 0.48;
inline constexpr double kCrvsBornFrom1980 = 0.31;
inline constexpr double kCrvsBornBefore = 0.18;

/// Probability of a second and of a third record of one person in one registry: 4 %, 2 % and none
/// of the records.
struct DuplicateRates {
  double second;
  double third;
};
inline constexpr std::array<DuplicateRates, kRegistries> kDuplicates = {
    {{0.0355, 0.003}, {0.0185, 0.001}, {0, 0}}};

// People.
inline constexpr double kTwinBirth = 0.015;  ///< Per birth.
inline constexpr double kTwinSameSex = 0.65;
inline constexpr double kTwinNamesTraditional = 0.5;  ///< Else names that begin alike.
inline constexpr double kSonNamedAsFather = 0.02;
inline constexpr double kHouseholdMoved =
    0.10;                                    ///< Between the registrations' first and last year.
inline constexpr double kAdultMoved = 0.06;  ///< One adult, alone.
inline constexpr double kPhoneChanged = 0.15;
inline constexpr double kHasPhone = 0.90;       ///< Per household.
inline constexpr double kAdultOwnPhone = 0.55;  ///< Else the household's phone.
inline constexpr double kAdultHasNationalId = 0.82;
inline constexpr double kChildHasNationalId = 0.50;
inline constexpr double kBirthDateUnknownOver60 = 0.20;  ///< The person knows an age at best.
inline constexpr double kBirthDateUnknownOver35 = 0.08;
inline constexpr double kDeclaredAgain =
    0.60;  ///< … and gives the date of an earlier card, not a new guess.
inline constexpr double kAgeRounded = 0.60;  ///< Of guesses: to a multiple of 5.

}  // namespace tessera
