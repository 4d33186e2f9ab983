// The cultures of the population: how their names are made, and the pools they are drawn from.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "generate/name_pool.hpp"
#include "generate/script.hpp"

namespace tessera {

enum class Culture : std::uint8_t {
  kNepali,
  kIndian,
  kBengali,
  kEastAfrican,
  kWestAfrican,   ///< Francophone: diacritics, composed given names.
  kEthiopian,     ///< The second name is the father's given name.
  kArabic,        ///< The father's given name often stands between given and family name.
  kKhmer,         ///< Family names are few and often come first.
  kCentralAsian,  ///< Family names end otherwise for women (-ov, -ova).
};
inline constexpr std::size_t kCultures = 9;

/// The second name of a person: what a registry files under family name.
enum class FamilyNaming : std::uint8_t { kInherited, kFathersGivenName, kInheritedByGender };

/// One culture's names and customs, written by hand. Texts are blank-separated lists, the most
/// frequent first. Every name is a common given name or composed from parts; no list is copied from
/// data about people.
struct CultureSpec {
  Script script = Script::kNone;  ///< The native script; kNone: written in Latin letters only.
  FamilyNaming naming = FamilyNaming::kInherited;
  double wife_takes_name = 0;    ///< Probability that a wife carries her husband's family name.
  double has_second_given = 0;   ///< Probability of a second given name.
  double second_is_fathers = 0;  ///< … and that it is the father's given name.
  double swaps_names = 1;  ///< Factor on the rate of given and family name in each other's column.
  NamePoolOptions male;
  NamePoolOptions female;
  NamePoolOptions family;
  std::string_view male_second;  ///< Second given names of men.
  std::string_view female_second;
  std::string_view
      female_family;            ///< Honorific family names of women (Begum, Khatun); may be empty.
  std::string_view male_twins;  ///< `Name/Name` pairs, traditional for twins.
  std::string_view female_twins;
  std::string_view nicknames;  ///< `Name=Short,Shorter` per word.
  NameGrammar villages;
};

/// South Asia, Africa, the rest of Asia: one file of texts each.
CultureSpec nepali_names();
CultureSpec indian_names();
CultureSpec bengali_names();
CultureSpec east_african_names();
CultureSpec west_african_names();
CultureSpec ethiopian_names();
CultureSpec arabic_names();
CultureSpec khmer_names();
CultureSpec central_asian_names();

/// A nickname list made ready: names sorted, each with its short forms.
struct Nickname {
  std::string_view name;
  std::vector<std::string_view> short_forms;
};

struct TwinNames {
  std::string_view first;
  std::string_view second;
};

/// One culture ready to draw from. Immutable.
struct CultureNames {
  explicit CultureNames(const CultureSpec& culture);

  CultureSpec spec;
  NamePool male;
  NamePool female;
  NamePool family;
  std::vector<std::string_view> male_second;
  std::vector<std::string_view> female_second;
  std::vector<std::string_view> female_family;
  std::vector<TwinNames> male_twins;
  std::vector<TwinNames> female_twins;
  std::vector<Nickname> nicknames;  ///< Sorted by name.

  const NamePool& given(bool is_female) const { return is_female ? female : male; }

  /// The short forms of a given name; empty if none is usual.
  std::span<const std::string_view> short_forms(std::string_view given_name) const;
};

/// All cultures. Costs some 20 ms and 10 MB to make; immutable, so safe to read from any thread.
class NameBook {
 public:
  NameBook();

  const CultureNames& operator[](Culture culture) const {
    return cultures_[static_cast<std::size_t>(culture)];
  }

  /// A culture drawn by its share of the population.
  static Culture draw_culture(Random& random);

 private:
  std::vector<CultureNames> cultures_;  // size kCultures
};

}  // namespace tessera
