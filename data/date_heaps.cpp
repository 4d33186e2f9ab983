#include "data/date_heaps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "data/outlier_count.hpp"

namespace tessera {
namespace {

constexpr std::size_t kDays = 12 * 31;

std::size_t day_of_year(const Date& date) {
  return static_cast<std::size_t>(date.month - 1) * 31 + date.day - 1U;
}

struct Days {
  std::array<std::uint64_t, kDays> records{};
  std::array<std::uint64_t, kDays> fullest_year{};
  std::array<std::size_t, kDays> years{};  // distinct years that hold the day
  std::uint64_t total = 0;
  std::size_t distinct_years = 0;
};

Days count_days(std::span<const DateCount> dates) {
  Days days;
  std::vector<bool> year_seen(10'000, false);
  for (const DateCount& entry : dates) {
    if (!entry.date.is_whole()) continue;
    const std::size_t day = day_of_year(entry.date);
    days.records[day] += entry.records;
    days.fullest_year[day] = std::max<std::uint64_t>(days.fullest_year[day], entry.records);
    days.total += entry.records;
    ++days.years[day];
    year_seen[static_cast<std::size_t>(entry.date.year)] = true;
  }
  days.distinct_years =
      static_cast<std::size_t>(std::count(year_seen.begin(), year_seen.end(), true));
  return days;
}

// How much wider than chance the days' counts spread: variance over mean, of the days without the
// fullest tenth; at least 1. The six slots of no date (31 June) are left out.
double dispersion(const Days& days) {
  std::vector<std::uint64_t> counts;
  for (std::size_t day = 0; day < kDays; ++day) {
    const int month = static_cast<int>(day / 31) + 1;
    if (static_cast<int>(day % 31) < days_in_month(0, month)) counts.push_back(days.records[day]);
  }
  std::sort(counts.begin(), counts.end());
  counts.resize(counts.size() * 9 / 10);
  double sum = 0.0;
  double squares = 0.0;
  for (const std::uint64_t count : counts) {
    sum += static_cast<double>(count);
    squares += static_cast<double>(count) * static_cast<double>(count);
  }
  const double n = static_cast<double>(counts.size());
  const double mean = sum / n;
  if (mean <= 0.0) return 1.0;
  return std::max(1.0, (squares / n - mean * mean) / mean);
}

std::array<bool, kDays> find_heaped_days(const Days& days) {
  std::array<bool, kDays> heaped{};
  const double expected = static_cast<double>(days.total) / 365.25;
  const double deviation = std::sqrt(expected * dispersion(days));
  for (std::size_t day = 0; day < kDays; ++day) {
    const double held = static_cast<double>(days.records[day] - days.fullest_year[day]);
    const bool spread = days.years[day] >= std::min(kHeapYears, (days.distinct_years + 1) / 2);
    heaped[day] =
        spread && held > kHeapRatio * expected && held > expected + kHeapDeviations * deviation;
  }
  return heaped;
}

// The least count at which a single date is a program's default.
std::uint32_t least_default_count(std::span<const DateCount> dates) {
  std::vector<std::uint32_t> counts;
  counts.reserve(dates.size());
  for (const DateCount& entry : dates) {
    if (entry.date.is_whole()) counts.push_back(entry.records);
  }
  return least_outlier(counts, {.ratio = kDefaultDateRatio,
                                .never_suspect = kLeastDefaultDate,
                                .least_records = kLeastDates,
                                .most_usual = std::numeric_limits<double>::max()});
}

}  // namespace

std::uint16_t day_of_year_number(const Date& date) {
  return static_cast<std::uint16_t>(day_of_year(date));
}

std::vector<std::uint16_t> heaped_days_of_year(std::span<const DateCount> dates) {
  std::vector<std::uint16_t> heaped;
  const Days days = count_days(dates);
  if (days.total < kLeastDates) return heaped;
  const std::array<bool, kDays> heaped_days = find_heaped_days(days);
  for (std::size_t day = 0; day < kDays; ++day) {
    if (heaped_days[day]) heaped.push_back(static_cast<std::uint16_t>(day));
  }
  return heaped;
}

std::vector<bool> heaped_dates(std::span<const DateCount> dates) {
  std::vector<bool> heaped(dates.size(), false);
  const Days days = count_days(dates);
  if (days.total < kLeastDates) return heaped;
  const std::array<bool, kDays> heaped_days = find_heaped_days(days);
  const std::uint32_t least_default = least_default_count(dates);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (!dates[i].date.is_whole()) continue;
    heaped[i] = heaped_days[day_of_year(dates[i].date)] || dates[i].records >= least_default;
  }
  return heaped;
}

std::vector<bool> default_dates(std::span<const DateCount> dates, const std::vector<bool>& heaped) {
  constexpr std::size_t kYears = 10'000;
  std::vector<std::uint64_t> up_to(kYears + 1, 0);  // records of whole dates in the years before
  for (const DateCount& entry : dates) {
    if (entry.date.is_whole())
      up_to[static_cast<std::size_t>(entry.date.year) + 1] += entry.records;
  }
  for (std::size_t year = 0; year < kYears; ++year) up_to[year + 1] += up_to[year];
  std::vector<bool> is_default(dates.size(), false);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const DateCount& entry = dates[i];
    if (!heaped[i] || !entry.date.is_whole() || entry.records < kLeastLonely) continue;
    const int from = std::max(0, entry.date.year - kLonelyYears);
    const int to = std::min(static_cast<int>(kYears), entry.date.year + kLonelyYears + 1);
    const std::uint64_t near =
        up_to[static_cast<std::size_t>(to)] - up_to[static_cast<std::size_t>(from)];
    is_default[i] = static_cast<double>(near - entry.records) <=
                    kLonelyShare * static_cast<double>(entry.records);
  }
  return is_default;
}

}  // namespace tessera
