#include "report/profile_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "data/date_heaps.hpp"
#include "data/placeholders.hpp"
#include "data/scripts.hpp"
#include "report/damage.hpp"
#include "report/date_format.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostFrequent = 5;
constexpr std::size_t kExamples = 3;
// A person may be in a registry twice and a household share a phone among four.
constexpr std::uint64_t kManyHolders = 5;
// Where more of the values than this are held by many, they are shared by design (households).
constexpr double kSharedByDesign = 0.05;

using Counts = std::map<std::string, std::uint64_t>;

std::vector<CountedText> most_frequent(const Counts& counts) {
  std::vector<CountedText> sorted;
  for (const auto& [text, records] : counts) sorted.push_back({text, records});
  std::ranges::stable_sort(sorted, std::ranges::greater(), &CountedText::records);
  return sorted;
}

class ColumnProfiler {
 public:
  ColumnProfiler(const CountedColumn& column, const ColumnReading& reading,
                 std::uint64_t least_holders)
      : column_(column), reading_(reading), least_holders_(least_holders) {}

  ColumnReport run() && {
    for (Code code = 1; code < column_.texts.size(); ++code) {
      look_at(std::string(column_.texts[code]), column_.records[code]);
    }
    if (reading_.is_record_id) {
      find_repeated_ids();
    } else {
      find_shared();
    }
    find_heaps();
    for (const auto& [what, values] : suspicious_) add_suspicious(what, values);
    std::ranges::stable_sort(report_.suspicious, std::ranges::greater(),
                             &SuspiciousValues::records);
    find_most_frequent();
    report_.scripts = most_frequent(scripts_);
    settle_order();
    report_.date_formats = most_frequent(formats_);
    return std::move(report_);
  }

 private:
  void look_at(const std::string& text, std::uint64_t records) {
    report_.filled += records;
    ++report_.distinct;
    const std::string_view damage = damage_of(text, reading_.kind);
    if (!damage.empty()) {
      suspicious_[std::string(damage)][text] += records;
      return;
    }
    const CleanedValue cleaned = clean_value(text, reading_.kind, reading_.reading, {});
    if (cleaned.fault != CleanFault::kNone) {
      suspicious_[fault_words(cleaned.fault)][text] += records;
      return;
    }
    if (has_script(reading_.kind)) {
      const std::string script = script_of_text(text);
      if (!script.empty()) scripts_[script] += records;
    }
    if (reading_.kind == Kind::kDate) {
      formats_[date_format(text)] += records;
      dates_[cleaned.text] += records;
    }
    if (belongs_to_few(reading_.kind)) held_[cleaned.text] += records;
  }

  std::string fault_words(CleanFault fault) const {
    if (fault == CleanFault::kNullWord) return "says that there is no value";
    if (fault == CleanFault::kPlaceholder) return "is a placeholder";
    if (reading_.kind == Kind::kDate) return "is no date, or one that never was";
    return fmt::format("cannot be read as {}", kind_name(reading_.kind));
  }

  void add_suspicious(const std::string& what, const Counts& values) {
    SuspiciousValues& of = report_.suspicious.emplace_back();
    of.what = what;
    of.values = values.size();
    for (const auto& [text, records] : values) of.records += records;
    of.most_frequent = told(most_frequent(values), kExamples);
  }

  // Without those held by too few to be told.
  std::vector<CountedText> told(std::vector<CountedText> values, std::size_t most) const {
    std::erase_if(values, [&](const CountedText& value) { return value.records < least_holders_; });
    if (values.size() > most) values.resize(most);
    return values;
  }

  void find_most_frequent() {
    std::vector<CountedText> values;
    for (Code code = 1; code < column_.texts.size(); ++code) {
      if (column_.records[code] < std::max<std::uint64_t>(least_holders_, 2)) continue;
      values.push_back({std::string(column_.texts[code]), column_.records[code]});
    }
    const auto before = [](const CountedText& a, const CountedText& b) {
      return a.records != b.records ? a.records > b.records : a.text < b.text;
    };
    const std::size_t most = std::min(kMostFrequent, values.size());
    std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(most),
                      values.end(), before);
    values.resize(most);
    report_.most_frequent = std::move(values);
  }

  void find_repeated_ids() {
    Counts repeated;
    for (Code code = 1; code < column_.texts.size(); ++code) {
      if (column_.records[code] > 1) {
        repeated[std::string(column_.texts[code])] = column_.records[code];
      }
    }
    if (!repeated.empty()) suspicious_["names another record too"] = std::move(repeated);
  }

  // Identifiers, phones and e-mail addresses that many records hold.
  void find_shared() {
    std::vector<std::uint32_t> counts;
    std::size_t many = 0;
    for (const auto& [text, records] : held_) {
      counts.push_back(static_cast<std::uint32_t>(records));
      if (records >= kManyHolders) ++many;
    }
    const std::uint32_t implausible = implausible_count(counts);
    const bool by_design =
        static_cast<double>(many) > kSharedByDesign * static_cast<double>(held_.size());
    for (const auto& [text, records] : held_) {
      if (records >= implausible) {
        suspicious_["is held by more records than a person or household has"][text] = records;
      } else if (records >= kManyHolders && !by_design) {
        suspicious_["is held by five records or more"][text] = records;
      }
    }
  }

  void find_heaps() {
    std::vector<DateCount> dates;
    std::vector<const std::string*> texts;
    for (const auto& [text, records] : dates_) {
      const std::optional<Date> date = parse_edtf(text);
      if (!date) continue;
      dates.push_back({*date, static_cast<std::uint32_t>(records)});
      texts.push_back(&text);
    }
    const std::vector<bool> heaped = heaped_dates(dates);
    const std::vector<bool> defaults = default_dates(dates, heaped);
    for (std::size_t i = 0; i < dates.size(); ++i) {
      if (!heaped[i]) continue;
      if (defaults[i]) {
        suspicious_["is a program's default date"][*texts[i]] += dates[i].records;
      } else {
        const std::string day = fmt::format("{:02}-{:02}", dates[i].date.month, dates[i].date.day);
        suspicious_["is a day of the year on which dates heap"][day] += dates[i].records;
      }
    }
  }

  // Dates that do not tell day from month are of the order that the others show, if they agree.
  void settle_order() {
    Counts unsettled;
    for (const auto& [format, records] : formats_) {
      if (format.starts_with("nn")) unsettled[format] = records;
    }
    const auto with = [](std::string format, std::string_view first, std::string_view second) {
      format.replace(0, 2, first);
      format.replace(format.find("nn"), 2, second);
      return format;
    };
    for (const auto& [format, records] : unsettled) {
      const std::string day_first = with(format, "dd", "mm");
      const std::string month_first = with(format, "mm", "dd");
      const bool day = formats_.contains(day_first);
      if (day == formats_.contains(month_first)) continue;
      formats_[day ? day_first : month_first] += records;
      formats_.erase(format);
    }
  }

  const CountedColumn& column_;
  const ColumnReading& reading_;
  std::uint64_t least_holders_;
  ColumnReport report_;
  std::map<std::string, Counts> suspicious_;
  Counts scripts_;
  Counts formats_;
  Counts dates_;  // cleaned
  Counts held_;   // cleaned
};

}  // namespace

ColumnReport profile_column(const CountedColumn& column, const ColumnReading& reading,
                            std::uint64_t least_holders) {
  return ColumnProfiler(column, reading, least_holders).run();
}

}  // namespace tessera
