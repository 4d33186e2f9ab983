#include "engine/propose_mapping.hpp"

#include <algorithm>
#include <array>

namespace tessera {
namespace {

constexpr double kNearlyUnique = 0.95;
constexpr std::size_t kMostTexts = 8;  // attributes of unknown meaning

// Makes attributes of the claimed columns.
class Mapper {
 public:
  explicit Mapper(ColumnClaims claims) : claims_(std::move(claims)) {
    mapping_.sources = claims_.sources;
  }

  ColumnMapping map() && {
    mapping_.has_person = claims_.has(Meaning::kGivenName) || claims_.has(Meaning::kFamilyName) ||
                          claims_.has(Meaning::kFullName);
    make_attributes();
    if (!mapping_.has_person) take_texts();
    for (const std::size_t c : claims_.open) claims_.leave_out(c, "their meaning is not known");
    mapping_.left_out = claims_.left_out;
    set_date_orders();
    sort_left_out();
    return std::move(mapping_);
  }

 private:
  // Files in which all columns of some claims stand, or none; a mixture cannot be joined.
  bool can_join(const std::vector<Meaning>& parts) const {
    for (std::uint32_t f = 0; f < mapping_.sources.size(); ++f) {
      std::size_t present = 0;
      for (const Meaning part : parts) {
        const std::vector<std::uint32_t>& files = claims_.columns[claims_.of(part).front()].files;
        present += std::find(files.begin(), files.end(), f) != files.end() ? 1 : 0;
      }
      if (present != 0 && present != parts.size()) return false;
    }
    return true;
  }

  void add(Meaning meaning, std::vector<std::string> columns, std::vector<std::string> parts,
           const ColumnProfile& profile) {
    MappedAttribute attribute;
    attribute.spec.name = canonical_name(meaning);
    attribute.spec.kind = canonical_kind(meaning);
    attribute.spec.columns = std::move(columns);
    attribute.spec.parts = std::move(parts);
    attribute.meaning = meaning;
    attribute.profile = profile;
    mapping_.attributes.push_back(std::move(attribute));
  }

  void make_attributes() {
    for (std::size_t m = 0; m <= static_cast<std::size_t>(Meaning::kLatitude); ++m) {
      const auto meaning = static_cast<Meaning>(m);
      if (meaning == Meaning::kBirthDate) {
        add_birth_date();
      } else if (meaning == Meaning::kAddress) {
        add_address();
      } else if (meaning == Meaning::kLatitude) {
        add_geo();
      } else if (claims_.has(meaning)) {
        add(meaning, claims_.names_of(meaning), {}, claims_.profile_of(meaning));
      }
    }
  }

  void add_birth_date() {
    std::vector<std::string> columns = claims_.names_of(Meaning::kBirthDate);
    std::vector<std::string> parts;
    const std::vector<Meaning> all = {Meaning::kBirthYear, Meaning::kBirthMonth,
                                      Meaning::kBirthDay};
    const bool whole =
        std::all_of(all.begin(), all.end(), [&](Meaning m) { return claims_.has(m); });
    if (whole && can_join(all)) {
      for (const Meaning part : all) parts.push_back(claims_.names_of(part).front());
    } else if (columns.empty() && claims_.has(Meaning::kBirthYear)) {
      columns = claims_.names_of(Meaning::kBirthYear);
      claims_.drop(Meaning::kBirthMonth, "they say little without day and year");
      claims_.drop(Meaning::kBirthDay, "they say little without month and year");
    } else {
      for (const Meaning part : all) claims_.drop(part, "another column says the same");
    }
    if (columns.empty() && parts.empty()) return;
    const Meaning first =
        claims_.has(Meaning::kBirthDate) ? Meaning::kBirthDate : Meaning::kBirthYear;
    add(Meaning::kBirthDate, std::move(columns), std::move(parts), claims_.profile_of(first));
  }

  void add_address() {
    std::vector<std::string> columns = claims_.names_of(Meaning::kAddress);
    std::vector<std::string> parts;
    const Meaning street =
        claims_.has(Meaning::kStreetName) ? Meaning::kStreetName : Meaning::kAddress;
    if (claims_.has(Meaning::kStreetNumber) && claims_.has(street)) {
      if (claims_.of(street).size() == 1 && can_join({Meaning::kStreetNumber, street})) {
        parts = {claims_.names_of(Meaning::kStreetNumber).front(),
                 claims_.names_of(street).front()};
        columns.clear();
      } else {
        claims_.drop(Meaning::kStreetNumber, "not every source has them beside a street");
      }
    }
    if (columns.empty() && parts.empty()) columns = claims_.names_of(Meaning::kStreetName);
    if (columns.empty() && parts.empty()) return;
    const ColumnProfile profile = claims_.profile_of(street);
    add(Meaning::kAddress, std::move(columns), std::move(parts), profile);
  }

  void add_geo() {
    if (!claims_.has(Meaning::kLatitude) && !claims_.has(Meaning::kLongitude)) return;
    if (claims_.has(Meaning::kLatitude) && claims_.has(Meaning::kLongitude) &&
        can_join({Meaning::kLatitude, Meaning::kLongitude})) {
      add(Meaning::kLatitude, {},
          {claims_.names_of(Meaning::kLatitude).front(),
           claims_.names_of(Meaning::kLongitude).front()},
          claims_.profile_of(Meaning::kLatitude));
      return;
    }
    claims_.drop(Meaning::kLatitude, "a latitude says little without a longitude");
    claims_.drop(Meaning::kLongitude, "a longitude says little without a latitude");
  }

  // Without a person's name, what is left is compared as what it looks like; the most telling
  // first.
  void take_texts() {
    std::vector<std::size_t> usable;
    for (const std::size_t c : claims_.open) {
      const ColumnProfile& profile = claims_.columns[c].profile;
      if (meaning_of_name(claims_.columns[c].name) || profile.filled_share() < 0.2) continue;
      const bool code = profile.distinct_share() > kNearlyUnique && profile.decimals < 0.5 &&
                        profile.mean_words < 1.5 && profile.with_digit >= 0.5;
      if (!code) usable.push_back(c);
    }
    std::stable_sort(usable.begin(), usable.end(), [&](std::size_t a, std::size_t b) {
      return claims_.columns[a].profile.distinct * claims_.columns[a].profile.filled >
             claims_.columns[b].profile.distinct * claims_.columns[b].profile.filled;
    });
    const std::size_t room = kMostTexts - std::min(kMostTexts, mapping_.attributes.size());
    if (usable.size() > room) usable.resize(room);
    std::sort(usable.begin(), usable.end());
    for (const std::size_t c : usable) {
      add_text(c);
      claims_.open.erase(c);
    }
  }

  void add_text(std::size_t c) {
    const ColumnProfile& profile = claims_.columns[c].profile;
    MappedAttribute attribute;
    attribute.spec.name = free_name(claims_.columns[c].name);
    attribute.spec.columns = {claims_.columns[c].name};
    attribute.profile = profile;
    const bool year = profile.dates >= 0.9 && profile.mean_length <= 4.5 &&
                      profile.high_year - profile.low_year >= 30 && profile.high_year <= 2100;
    if (profile.whole_dates >= 0.8 || year) {
      attribute.spec.kind = Kind::kDate;
    } else if (profile.numbers >= 0.9 && profile.decimals >= 0.2) {
      attribute.spec.kind = Kind::kNumber;
    } else {
      attribute.spec.kind = Kind::kText;
    }
    mapping_.attributes.push_back(std::move(attribute));
  }

  // A name that no other attribute and no file of ours uses already.
  std::string free_name(const std::string& column) const {
    static constexpr std::array<std::string_view, 10> kTaken = {
        "entity_id", "records",     "sources",      "source_l",          "record_id_l",
        "source_r",  "record_id_r", "match_weight", "match_probability", "rule"};
    std::string name = attribute_name_from(column);
    if (name.empty()) name = "column";
    const auto used = [&] {
      return std::find(kTaken.begin(), kTaken.end(), name) != kTaken.end() ||
             std::any_of(mapping_.attributes.begin(), mapping_.attributes.end(),
                         [&](const MappedAttribute& a) { return a.spec.name == name; });
    };
    while (used()) name += "_x";
    return name;
  }

  void set_date_orders() {
    for (std::uint32_t f = 0; f < mapping_.sources.size(); ++f) {
      std::uint64_t day_first = 0;
      std::uint64_t month_first = 0;
      std::uint64_t either_first = 0;
      for (const MappedAttribute& attribute : mapping_.attributes) {
        if (attribute.spec.kind != Kind::kDate) continue;
        for (const std::string& name : attribute.spec.columns) {
          const ColumnProfile* profile = file_profile(name, f);
          day_first += profile == nullptr ? 0 : profile->day_first;
          month_first += profile == nullptr ? 0 : profile->month_first;
          either_first += profile == nullptr ? 0 : profile->either_first;
        }
      }
      mapping_.dates_need_order.push_back(day_first + month_first + either_first > 0);
      mapping_.sources[f].date_order =
          month_first > day_first ? DateOrder::kMonthDayYear : DateOrder::kDayMonthYear;
    }
  }

  const ColumnProfile* file_profile(const std::string& name, std::uint32_t file) const {
    for (const SampledColumn& column : claims_.columns) {
      if (column.name != name) continue;
      const auto at = std::find(column.files.begin(), column.files.end(), file);
      if (at == column.files.end()) return nullptr;
      return &column.file_profiles[static_cast<std::size_t>(at - column.files.begin())];
    }
    return nullptr;
  }

  void sort_left_out() {
    const auto place = [&](const LeftOut& left) {
      return std::find_if(claims_.columns.begin(), claims_.columns.end(),
                          [&](const SampledColumn& column) { return column.name == left.column; });
    };
    std::stable_sort(mapping_.left_out.begin(), mapping_.left_out.end(),
                     [&](const LeftOut& a, const LeftOut& b) { return place(a) < place(b); });
  }

  ColumnClaims claims_;
  ColumnMapping mapping_;
};

}  // namespace

ColumnMapping map_columns(std::span<const SampledFile> files) {
  return Mapper(claim_columns(files)).map();
}

}  // namespace tessera
