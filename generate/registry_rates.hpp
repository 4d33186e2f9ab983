// How often the fields of each registry are written wrong. docs/generator.md tells what the rates
// stand for; tests hold the output to them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tessera {

/// The three registries, in the order of the truth file.
enum class Registry : std::uint8_t { kClient, kSocial, kCrvs };
inline constexpr std::size_t kRegistries = 3;

/// Probabilities that a field of one record is written wrong, as means over clerks good and bad.
struct RegistryRates {
  // Names; per name.
  double typo;
  double ocr;
  double phonetic;
  double truncated;
  double diacritics_dropped;  ///< Per record, where there are any.
  double native_script;       ///< Per record, where the culture has one.
  double upper_case;          ///< Per record.
  // Names; per record.
  double nickname;  ///< Where the given name has a usual short form.
  double initial;
  double second_dropped;  ///< Where there is a second given name.
  double names_swapped;
  double old_family;  ///< A wife's record after the wedding still has her birth name.
  double given_missing;
  double family_missing;
  double family_placeholder;
  double mother_missing;  ///< In crvs, which alone asks for her.
  // Dates.
  double day_month_swapped;  ///< Where the day is 12 or less.
  double date_digit;
  double year_off;
  double day_off;
  double first_of_january;  ///< Day and month unknown to the clerk, though the person knows them.
  double date_missing;
  double date_placeholder;
  double year_alone;
  // The rest.
  double sex_wrong;
  double sex_missing;
  double phone_missing;  ///< Where the person can be reached at all.
  double phone_digit;
  double phone_placeholder;
  double village_wrong;  ///< Typo or other spelling.
  double village_missing;
  double district_missing;
  double national_id_filled;  ///< Where the person has one.
  double national_id_digit;
  double national_id_of_other;
};

inline constexpr std::array<RegistryRates, kRegistries> kRates = {{
    {.typo = 0.030,
     .ocr = 0.004,
     .phonetic = 0.060,
     .truncated = 0.004,
     .diacritics_dropped = 0.50,
     .native_script = 0.006,
     .upper_case = 0.05,
     .nickname = 0.05,
     .initial = 0.010,
     .second_dropped = 0.30,
     .names_swapped = 0.010,
     .old_family = 0.06,
     .given_missing = 0.003,
     .family_missing = 0.012,
     .family_placeholder = 0.004,
     .mother_missing = 0,
     .day_month_swapped = 0.015,
     .date_digit = 0.015,
     .year_off = 0.012,
     .day_off = 0.012,
     .first_of_january = 0.015,
     .date_missing = 0.008,
     .date_placeholder = 0.003,
     .year_alone = 0.002,
     .sex_wrong = 0.006,
     .sex_missing = 0.008,
     .phone_missing = 0.25,
     .phone_digit = 0.010,
     .phone_placeholder = 0.006,
     .village_wrong = 0.05,
     .village_missing = 0.03,
     .district_missing = 0.01,
     .national_id_filled = 0.755,
     .national_id_digit = 0.012,
     .national_id_of_other = 0.010},
    {.typo = 0.035,
     .ocr = 0.008,
     .phonetic = 0.070,
     .truncated = 0.006,
     .diacritics_dropped = 0.85,
     .native_script = 0.008,
     .upper_case = 0.60,
     .nickname = 0.08,
     .initial = 0.015,
     .second_dropped = 0.40,
     .names_swapped = 0.016,
     .old_family = 0.08,
     .given_missing = 0.005,
     .family_missing = 0.020,
     .family_placeholder = 0.006,
     .mother_missing = 0,
     .day_month_swapped = 0.020,
     .date_digit = 0.018,
     .year_off = 0.018,
     .day_off = 0.015,
     .first_of_january = 0.030,
     .date_missing = 0.015,
     .date_placeholder = 0.005,
     .year_alone = 0.010,
     .sex_wrong = 0.008,
     .sex_missing = 0.012,
     .phone_missing = 0.35,
     .phone_digit = 0.012,
     .phone_placeholder = 0.010,
     .village_wrong = 0.06,
     .village_missing = 0.05,
     .district_missing = 0.02,
     .national_id_filled = 0.58,
     .national_id_digit = 0.020,
     .national_id_of_other = 0.015},
    {.typo = 0.020,
     .ocr = 0.008,
     .phonetic = 0.050,
     .truncated = 0.002,
     .diacritics_dropped = 0.25,
     .native_script = 0.012,
     .upper_case = 0.20,
     .nickname = 0.01,
     .initial = 0.003,
     .second_dropped = 0.15,
     .names_swapped = 0.006,
     .old_family = 0.90,
     .given_missing = 0.004,
     .family_missing = 0.006,
     .family_placeholder = 0.002,
     .mother_missing = 0.030,
     .day_month_swapped = 0.006,
     .date_digit = 0.010,
     .year_off = 0.006,
     .day_off = 0.010,
     .first_of_january = 0.008,
     .date_missing = 0.003,
     .date_placeholder = 0.001,
     .year_alone = 0.002,
     .sex_wrong = 0.004,
     .sex_missing = 0.004,
     .phone_missing = 1.0,
     .phone_digit = 0,
     .phone_placeholder = 0,
     .village_wrong = 0.05,
     .village_missing = 0.04,
     .district_missing = 0,
     .national_id_filled = 0.88,
     .national_id_digit = 0.010,
     .national_id_of_other = 0.005},
}};

constexpr const RegistryRates& rates_of(Registry registry) {
  return kRates[static_cast<std::size_t>(registry)];
}

/// Clerks: most records are written with care, some hastily. The factors weigh out to 1.
struct ClerkQuality {
  std::uint16_t share_percent;
  double factor;  ///< On every rate of error.
};
inline constexpr std::array<ClerkQuality, 3> kClerks = {{{60, 0.5}, {30, 1.2}, {10, 3.4}}};

}  // namespace tessera
