// What a column's name says about its meaning: synonyms of many registries and languages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "data/kind.hpp"

namespace tessera {

/// What a column of a person's record may hold.
enum class Meaning : std::uint8_t {
  kGivenName,
  kFamilyName,
  kMiddleName,
  kBirthName,
  kPetName,
  kFullName,
  kBirthDate,
  kSex,
  kNationalId,
  kInsuranceId,
  kPhone,
  kEmail,
  kMotherName,
  kFatherName,
  kPostcode,
  kVillage,
  kCity,
  kDistrict,
  kRegion,
  kAddress,
  kAddressLine2,
  kBirthPlace,
  kNationality,
  kEthnicity,
  kRace,
  kOccupation,
  kSuffix,
  kHousehold,
  kBirthOrder,
  kLatitude,
  kLongitude,
  // Parts of others.
  kBirthYear,
  kBirthMonth,
  kBirthDay,
  kStreetNumber,
  kStreetName,
  // Known, and no property to tell persons apart by.
  kUpdated,    ///< When the record was last changed.
  kEventDate,  ///< When something happened to the record or the person, birth excepted.
  kAge,        ///< Moves with the day of asking.
  kRecord,     ///< A number or mark of the record: its id, its file, its batch.
};
inline constexpr std::size_t kMeaningCount = static_cast<std::size_t>(Meaning::kRecord) + 1;

/// A meaning, and how surely the name says it: 0 is the plainest name, larger is vaguer.
struct NamedMeaning {
  Meaning meaning = Meaning::kRecord;
  std::uint32_t rank = 0;
};

/// The name's letters and digits, folded, without what parts its words: `Date_of-Birth`,
/// `dateOfBirth` → `dateofbirth`.
std::string compact_name(std::string_view column);

/// The name's words, folded, joined by `_`: `dateOfBirth` → `date_of_birth`. Fit to name an
/// attribute.
std::string attribute_name_from(std::string_view column);

/// What the name means, whole or without a leading owner (patient_, insuree_, …); nullopt if it is
/// not known.
std::optional<NamedMeaning> meaning_of_name(std::string_view column);

/// Whether it is what a people shares: nationality, ethnicity, race. Names go with it: that two
/// bearers of a name that is common in a small people are of that people says nothing more, however
/// rare it is in the file (docs/decisions/0019). So a rare value does not count more than others.
bool is_of_a_people(Meaning meaning);

/// How well the name fits a record's id: 0 best; nullopt if it does not.
std::optional<std::uint32_t> id_rank_of_name(std::string_view column);

/// The canonical attribute of a meaning (`given_name`), and its kind. Empty for kUpdated and what
/// follows it.
std::string_view canonical_name(Meaning meaning);
Kind canonical_kind(Meaning meaning);

}  // namespace tessera
