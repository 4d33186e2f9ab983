#include "engine/propose_claims.hpp"

#include <algorithm>
#include <optional>

#include "engine/propose_overlap.hpp"

namespace tessera {
namespace {

constexpr double kLeastFilled = 0.05;

// The vaguest names of a table's row, for which values must speak too.
bool is_vague(const NamedMeaning& named, const std::string& column) {
  return named.meaning == Meaning::kBirthDate && compact_name(column) == "date";
}

// `birthday` and `birth_day` may be a date or the day alone: the values say.
Meaning other_reading(Meaning meaning) {
  if (meaning == Meaning::kBirthDate) return Meaning::kBirthDay;
  if (meaning == Meaning::kBirthDay) return Meaning::kBirthDate;
  return meaning;
}

// Works through the columns; what is settled leaves `open`.
class Claimer {
 public:
  explicit Claimer(std::span<const SampledFile> files) : files_(files) {
    claims_.columns = sampled_columns(files);
    for (const SampledFile& file : files) claims_.sources.push_back(file.source);
    for (std::size_t c = 0; c < claims_.columns.size(); ++c) claims_.open.insert(c);
  }

  ColumnClaims claim() && {
    take_record_ids();
    drop_what_never_tells();
    read_names();
    read_values_of_unknown();
    drop_composites();
    return std::move(claims_);
  }

 private:
  struct Ranked {
    std::size_t column = 0;
    std::uint32_t rank = 0;
  };

  // Every file's id column: the best named of those that are never empty and never repeat.
  void take_record_ids() {
    for (std::uint32_t f = 0; f < files_.size(); ++f) {
      std::optional<Ranked> best;
      for (std::size_t c = 0; c < claims_.columns.size(); ++c) {
        const auto rank = id_rank_of_name(claims_.columns[c].name);
        const auto at =
            std::find(claims_.columns[c].files.begin(), claims_.columns[c].files.end(), f);
        if (!rank || at == claims_.columns[c].files.end()) continue;
        const ColumnProfile& own =
            claims_.columns[c]
                .file_profiles[static_cast<std::size_t>(at - claims_.columns[c].files.begin())];
        const bool names_rows = own.filled == own.rows && own.distinct == own.rows && own.rows > 0;
        if (names_rows && (!best || *rank < best->rank)) best = Ranked{c, *rank};
      }
      if (!best) continue;
      claims_.sources[f].id_column = claims_.columns[best->column].name;
      claims_.open.erase(best->column);
    }
  }

  void drop_what_never_tells() {
    for (std::size_t c = 0; c < claims_.columns.size(); ++c) {
      if (!claims_.open.contains(c)) continue;
      const ColumnProfile& profile = claims_.columns[c].profile;
      const std::optional<NamedMeaning> named = meaning_of_name(claims_.columns[c].name);
      std::string reason;
      if (profile.filled == 0 || profile.filled_share() < kLeastFilled) {
        reason = "they are nearly empty";
      } else if (profile.distinct < 2 && profile.rows > 1) {
        reason = "they hold one value only";
      } else if (named && named->meaning == Meaning::kAge) {
        reason = "an age changes with the day of asking";
      } else if (named && named->meaning == Meaning::kEventDate) {
        reason = "they say when something was recorded, not who the person is";
      } else if (named && named->meaning == Meaning::kUpdated) {
        take_updated(c);
        reason = "they say when a record was changed, not who the person is";
      } else if ((named && named->meaning == Meaning::kRecord) ||
                 (!named && id_rank_of_name(claims_.columns[c].name))) {
        reason = "they number or mark records, not persons";
      }
      if (reason.empty()) continue;
      claims_.leave_out(c, reason);
      claims_.open.erase(c);
    }
  }

  void take_updated(std::size_t c) {
    if (claims_.columns[c].profile.dates < 0.5) return;
    for (const std::uint32_t f : claims_.columns[c].files) {
      SourceSpec& source = claims_.sources[f];
      if (source.updated_column.empty()) source.updated_column = claims_.columns[c].name;
    }
  }

  // Claims by name; of several columns of one file with one meaning, the plainest named is kept.
  void read_names() {
    std::array<std::vector<Ranked>, kMeaningCount> ranked;
    for (const std::size_t c : std::vector<std::size_t>(claims_.open.begin(), claims_.open.end())) {
      const SampledColumn& column = claims_.columns[c];
      std::optional<NamedMeaning> named = meaning_of_name(column.name);
      if (!named) continue;
      if (!fits_meaning(column.profile, named->meaning, is_vague(*named, column.name))) {
        named->meaning = other_reading(named->meaning);
        if (!fits_meaning(column.profile, named->meaning, true)) continue;
      }
      ranked[static_cast<std::size_t>(named->meaning)].push_back({c, named->rank});
      claims_.open.erase(c);
    }
    for (std::size_t m = 0; m < kMeaningCount; ++m) {
      claims_.by_meaning[m] = best_of(std::move(ranked[m]));
    }
  }

  std::vector<std::size_t> best_of(std::vector<Ranked> ranked) {
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
    std::set<std::uint32_t> served;  // files whose best column is known
    std::vector<std::size_t> kept;
    for (const Ranked& claim : ranked) {
      const std::vector<std::uint32_t>& files = claims_.columns[claim.column].files;
      const bool serves = std::any_of(files.begin(), files.end(),
                                      [&](std::uint32_t f) { return !served.contains(f); });
      served.insert(files.begin(), files.end());
      if (serves) {
        kept.push_back(claim.column);
      } else {
        claims_.leave_out(claim.column, "another column says the same");
      }
    }
    return kept;
  }

  // Meanings that values alone make plain, for those that no name claimed.
  void read_values_of_unknown() {
    std::vector<std::size_t> dates;
    for (const std::size_t c : std::vector<std::size_t>(claims_.open.begin(), claims_.open.end())) {
      const ColumnProfile& profile = claims_.columns[c].profile;
      if (meaning_of_name(claims_.columns[c].name))
        continue;  // its values do not fit its name: no guess
      if (profile.emails >= 0.8) {
        claim_if_free(Meaning::kEmail, c);
      } else if (profile.phone_signs >= 0.8 && profile.dates < 0.2) {
        claim_if_free(Meaning::kPhone, c);
      } else if (profile.sex_words >= 0.8) {
        claim_if_free(Meaning::kSex, c);
      } else if (profile.whole_dates >= 0.8 && profile.high_year - profile.low_year >= 30) {
        dates.push_back(c);
      }
    }
    const bool knows_birth = claims_.has(Meaning::kBirthDate) || claims_.has(Meaning::kBirthYear);
    if (dates.size() == 1 && !knows_birth) claim_if_free(Meaning::kBirthDate, dates.front());
  }

  void claim_if_free(Meaning meaning, std::size_t c) {
    if (claims_.has(meaning)) return;
    claims_.by_meaning[static_cast<std::size_t>(meaning)].push_back(c);
    claims_.open.erase(c);
  }

  bool contains_values_of(Meaning whole, Meaning part) const {
    double best = 0.0;
    for (const std::size_t w : claims_.of(whole)) {
      for (const std::size_t p : claims_.of(part)) {
        best = std::max(best, contained_share(files_, claims_.columns[w], claims_.columns[p]));
      }
    }
    return best >= 0.8;
  }

  // A whole beside its parts would count the same evidence twice.
  void drop_composites() {
    const bool given = claims_.has(Meaning::kGivenName);
    const bool family = claims_.has(Meaning::kFamilyName);
    if (claims_.has(Meaning::kFullName) && (given || family)) {
      const bool composite =
          (given && contains_values_of(Meaning::kFullName, Meaning::kGivenName)) ||
          (family && contains_values_of(Meaning::kFullName, Meaning::kFamilyName));
      if (given && family && composite) {
        claims_.drop(Meaning::kFullName, "they repeat what other columns hold");
      } else if (composite) {
        claims_.drop(Meaning::kGivenName, "they repeat what other columns hold");
        claims_.drop(Meaning::kFamilyName, "they repeat what other columns hold");
      }
    }
    const bool parts = claims_.has(Meaning::kStreetNumber) && claims_.has(Meaning::kStreetName);
    if (claims_.has(Meaning::kAddress) && claims_.has(Meaning::kStreetName)) {
      claims_.drop(Meaning::kStreetName, "they repeat what other columns hold");
      if (claims_.address_has_numbers()) {
        claims_.drop(Meaning::kStreetNumber, "they repeat what other columns hold");
      }
    } else if (claims_.has(Meaning::kStreetNumber) && !parts &&
               (!claims_.has(Meaning::kAddress) || claims_.address_has_numbers())) {
      claims_.drop(Meaning::kStreetNumber, "they say little without a street");
    }
    drop_coarse_places();
  }

  // Places that lie in each other agree together: two levels of them are evidence enough.
  void drop_coarse_places() {
    std::size_t kept = 0;
    for (const Meaning place : {Meaning::kPostcode, Meaning::kVillage, Meaning::kCity,
                                Meaning::kDistrict, Meaning::kRegion}) {
      if (!claims_.has(place)) continue;
      if (++kept > 2) claims_.drop(place, "finer places say the same");
    }
  }

  std::span<const SampledFile> files_;
  ColumnClaims claims_;
};

}  // namespace

std::vector<std::string> ColumnClaims::names_of(Meaning meaning) const {
  std::vector<std::string> names;
  for (const std::size_t c : of(meaning)) names.push_back(columns[c].name);
  return names;
}

const ColumnProfile& ColumnClaims::profile_of(Meaning meaning) const {
  return columns[of(meaning).front()].profile;
}

void ColumnClaims::leave_out(std::size_t column, std::string reason) {
  left_out.push_back({columns[column].name, std::move(reason)});
}

void ColumnClaims::drop(Meaning meaning, const std::string& reason) {
  for (const std::size_t c : of(meaning)) leave_out(c, reason);
  by_meaning[static_cast<std::size_t>(meaning)].clear();
}

bool ColumnClaims::address_has_numbers() const {
  return std::any_of(of(Meaning::kAddress).begin(), of(Meaning::kAddress).end(),
                     [&](std::size_t c) { return columns[c].profile.with_digit >= 0.5; });
}

ColumnClaims claim_columns(std::span<const SampledFile> files) {
  return Claimer(files).claim();
}

}  // namespace tessera
