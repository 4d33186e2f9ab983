#include "engine/propose_columns.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "data/date.hpp"
#include "data/null_words.hpp"
#include "data/sex_words.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr int kOldestBirthYear = 1850;
constexpr int kNewestYear = 2100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<double> number_of(std::string_view text) {
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_phone(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  return digits >= 6 && digits <= 15 &&
         text.find_first_not_of("0123456789+-/(). ") == std::string_view::npos;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find('.', at) != std::string_view::npos && text.find(' ') == std::string_view::npos;
}

// The first two numbers of `1/2/1990`; nullopt unless both have at most two digits and a year may
// follow.
std::optional<std::pair<int, int>> first_two_numbers(std::string_view text) {
  std::array<int, 2> numbers{};
  std::size_t at = 0;
  for (int& number : numbers) {
    const std::size_t end = std::min(text.size(), text.find_first_not_of("0123456789", at));
    if (end == at || end - at > 2 || end == text.size()) return std::nullopt;
    std::from_chars(text.data() + at, text.data() + end, number);
    if (text[end] != '/' && text[end] != '-' && text[end] != '.') return std::nullopt;
    at = end + 1;
  }
  if (at == text.size() || !is_digit(text[at])) return std::nullopt;
  return std::pair(numbers[0], numbers[1]);
}

std::uint64_t count_words(std::string_view folded) {
  std::uint64_t words = 0;
  bool inside = false;
  for (const char c : folded) {
    words += !inside && c != ' ' ? 1 : 0;
    inside = c != ' ';
  }
  return words;
}

// Whole counts over distinct values, so that no sum depends on an order.
struct Counts {
  std::uint64_t filled = 0, dates = 0, whole_dates = 0, numbers = 0, decimals = 0, phones = 0,
                phone_signs = 0, emails = 0, sexes = 0, sex_words = 0, with_digit = 0, letters = 0,
                words = 0;
  std::map<int, std::uint64_t> years;
};

void count_date(std::string_view folded, std::uint64_t times, Counts& counts,
                ColumnProfile& profile) {
  const ParsedDate parsed = parse_date(folded, DateOrder::kDayMonthYear);
  const Date& date = parsed.date;
  if (parsed.fault != DateFault::kNone || date.year < kOldestBirthYear - 700 ||
      date.year > kNewestYear) {
    return;
  }
  counts.dates += times;
  counts.whole_dates += date.month != 0 && date.day != 0 ? times : 0;
  counts.years[date.year] += times;
  if (const auto numbers = first_two_numbers(folded)) {
    const auto [first, second] = *numbers;
    if (first > 12) {
      profile.day_first += times;
    } else if (second > 12) {
      profile.month_first += times;
    } else {
      profile.either_first += times;
    }
  }
}

int year_at(const std::map<int, std::uint64_t>& years, std::uint64_t rank) {
  for (const auto& [year, times] : years) {
    if (rank < times) return year;
    rank -= times;
  }
  return years.empty() ? 0 : years.rbegin()->first;
}

void count_value(const std::string& folded, std::uint64_t times, Counts& counts,
                 ColumnProfile& profile) {
  counts.filled += times;
  counts.letters += times * decode_utf8(folded).size();
  counts.words += times * count_words(folded);
  const bool has_digit = std::any_of(folded.begin(), folded.end(), is_digit);
  counts.with_digit += has_digit ? times : 0;
  if (has_digit) count_date(folded, times, counts, profile);
  if (const auto number = number_of(folded)) {
    counts.numbers += times;
    counts.decimals += folded.find('.') != std::string::npos ? times : 0;
  }
  if (is_phone(folded)) {
    counts.phones += times;
    counts.phone_signs += folded.find_first_of("+-/() ") != std::string::npos ? times : 0;
  }
  counts.emails += is_email(folded) ? times : 0;
  if (sex_of_word(folded)) {
    counts.sexes += times;
    counts.sex_words += has_digit ? 0 : times;
  }
}

}  // namespace

ColumnProfile profile_values(std::span<const std::string_view> values) {
  std::map<std::string_view, std::uint64_t> raw_values;
  for (const std::string_view value : values) ++raw_values[value];
  std::map<std::string, std::uint64_t> folded_values;
  for (const auto& [raw, times] : raw_values) {
    std::string folded = fold(raw);
    if (!is_null_word(raw, folded, Kind::kText)) folded_values[std::move(folded)] += times;
  }
  ColumnProfile profile;
  Counts counts;
  for (const auto& [folded, times] : folded_values) count_value(folded, times, counts, profile);
  profile.rows = values.size();
  profile.filled = counts.filled;
  profile.distinct = folded_values.size();
  if (counts.filled == 0) return profile;
  const auto share = [&](std::uint64_t count) { return double(count) / double(counts.filled); };
  profile.dates = share(counts.dates);
  profile.whole_dates = share(counts.whole_dates);
  profile.numbers = share(counts.numbers);
  profile.decimals = share(counts.decimals);
  profile.phones = share(counts.phones);
  profile.phone_signs = share(counts.phone_signs);
  profile.emails = share(counts.emails);
  profile.sexes = share(counts.sexes);
  profile.sex_words = share(counts.sex_words);
  profile.with_digit = share(counts.with_digit);
  profile.mean_length = share(counts.letters);
  profile.mean_words = share(counts.words);
  profile.low_year = year_at(counts.years, counts.dates / 20);
  profile.high_year = year_at(counts.years, counts.dates - counts.dates / 20);
  return profile;
}

std::vector<SampledColumn> sampled_columns(std::span<const SampledFile> files) {
  std::vector<SampledColumn> columns;
  std::vector<std::vector<std::string_view>> values;
  for (std::uint32_t f = 0; f < files.size(); ++f) {
    const FileSample& sample = files[f].sample;
    for (std::uint32_t place = 0; place < sample.columns.size(); ++place) {
      const std::string& name = sample.columns[place];
      if (name.empty()) continue;
      auto found = std::find_if(columns.begin(), columns.end(),
                                [&](const SampledColumn& column) { return column.name == name; });
      if (found == columns.end()) {
        columns.push_back({name, {}, {}, {}, {}});
        values.emplace_back();
        found = columns.end() - 1;
      }
      std::vector<std::string_view> own;
      own.reserve(sample.rows.size());
      for (const std::vector<std::string>& row : sample.rows) own.emplace_back(row[place]);
      found->files.push_back(f);
      found->places.push_back(place);
      found->file_profiles.push_back(profile_values(own));
      std::vector<std::string_view>& all =
          values[static_cast<std::size_t>(found - columns.begin())];
      all.insert(all.end(), own.begin(), own.end());
    }
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    columns[c].profile =
        columns[c].files.size() == 1 ? columns[c].file_profiles.front() : profile_values(values[c]);
  }
  return columns;
}

bool fits_meaning(const ColumnProfile& profile, Meaning meaning, bool vague) {
  const int spread_years = profile.high_year - profile.low_year;
  switch (meaning) {
    case Meaning::kGivenName:
    case Meaning::kFamilyName:
    case Meaning::kMiddleName:
    case Meaning::kBirthName:
    case Meaning::kPetName:
    case Meaning::kFullName:
    case Meaning::kMotherName:
    case Meaning::kFatherName:
      return profile.numbers < 0.5;
    case Meaning::kBirthDate:
      return profile.dates >= 0.5 && (!vague || spread_years >= 30);
    case Meaning::kBirthYear:
      return profile.dates >= 0.5 && profile.mean_length <= 6 && spread_years >= 30;
    case Meaning::kBirthMonth:
    case Meaning::kBirthDay:
      return profile.mean_length <= 2.5 && profile.distinct <= 100;
    case Meaning::kSex:
      return profile.sexes >= 0.3;
    case Meaning::kPhone:
      return profile.phones >= 0.4;
    case Meaning::kEmail:
      return profile.emails >= 0.4;
    case Meaning::kNationalId:
    case Meaning::kInsuranceId:
      return profile.with_digit >= 0.5 && profile.distinct_share() >= 0.1;
    case Meaning::kHousehold:
      return profile.distinct_share() >= 0.05 && profile.distinct_share() <= 0.95;
    case Meaning::kLatitude:
    case Meaning::kLongitude:
      return profile.numbers >= 0.8;
    case Meaning::kStreetNumber:
      return profile.with_digit >= 0.5;
    case Meaning::kNationality:
    case Meaning::kEthnicity:
    case Meaning::kRace:
    case Meaning::kOccupation:
    case Meaning::kSuffix:
      return profile.distinct_share() <= 0.95;
    default:
      return true;
  }
}

}  // namespace tessera
