#include "data/column_judgement.hpp"

#include <algorithm>
#include <optional>

#include "data/check.hpp"
#include "data/date.hpp"
#include "data/date_heaps.hpp"
#include "data/placeholders.hpp"

namespace tessera {
namespace {

Judgement nothing_judged(const Dictionary& values) {
  Judgement judgement;
  judgement.dropped.assign(values.size(), false);
  judgement.heaped.assign(values.size(), false);
  return judgement;
}

void drop(Judgement& judgement, Code code, std::uint32_t rows) {
  judgement.dropped[code] = true;
  judgement.changes_values = true;
  judgement.rows_dropped += rows;
}

Date date_of(const Dictionary& values, Code code) {
  const std::optional<Date> date = parse_edtf(values[code]);
  TESSERA_CHECK(date.has_value());
  return *date;
}

void judge_date(Judgement& judgement, Code code, const Date& date, bool heap, std::uint32_t rows) {
  judgement.heaped[code] = heap;
  judgement.changes_values = judgement.changes_values || heap;
  if (heap || date.coarse) judgement.rows_coarse += rows;
}

bool holds(std::span<const std::uint64_t> hashes, std::string_view text) {
  return std::binary_search(hashes.begin(), hashes.end(), hash_bytes(text));
}

bool holds_day(std::span<const std::uint16_t> days, const Date& date) {
  return std::binary_search(days.begin(), days.end(), day_of_year_number(date));
}

}  // namespace

Judgement judge_column(const Dictionary& values, std::span<const std::uint32_t> counts, Kind kind) {
  Judgement judgement = nothing_judged(values);
  if (belongs_to_few(kind)) {
    const std::uint32_t implausible = implausible_count(counts.subspan(1));
    for (Code code = 1; code < values.size(); ++code) {
      if (counts[code] >= implausible) drop(judgement, code, counts[code]);
    }
  }
  if (kind != Kind::kDate) return judgement;
  std::vector<DateCount> dates;
  dates.reserve(values.size() - 1);
  for (Code code = 1; code < values.size(); ++code) {
    dates.push_back({.date = date_of(values, code), .records = counts[code]});
  }
  judgement.heaped_days = heaped_days_of_year(dates);
  const std::vector<bool> heaped = heaped_dates(dates);
  const std::vector<bool> defaults = default_dates(dates, heaped);
  for (Code code = 1; code < values.size(); ++code) {
    if (defaults[code - 1]) {
      drop(judgement, code, counts[code]);
    } else {
      judge_date(judgement, code, dates[code - 1].date, heaped[code - 1], counts[code]);
    }
  }
  return judgement;
}

Judgement judge_by_knowledge(const Dictionary& values, std::span<const std::uint32_t> counts,
                             Kind kind, const ColumnKnowledge& known) {
  Judgement judgement = nothing_judged(values);
  judgement.heaped_days = known.heaped_days;
  for (Code code = 1; code < values.size(); ++code) {
    if (holds(known.dropped, values[code])) {
      drop(judgement, code, counts[code]);
    } else if (kind == Kind::kDate) {
      const Date date = date_of(values, code);
      const bool heap = date.is_whole() &&
                        (holds_day(known.heaped_days, date) || holds(known.heaped, values[code]));
      judge_date(judgement, code, date, heap, counts[code]);
    }
  }
  return judgement;
}

ColumnKnowledge knowledge_from(const Dictionary& values, const Judgement& judgement) {
  ColumnKnowledge learned;
  learned.heaped_days = judgement.heaped_days;
  for (Code code = 1; code < values.size(); ++code) {
    if (judgement.dropped[code]) {
      learned.dropped.push_back(hash_bytes(values[code]));
    } else if (judgement.heaped[code] && !holds_day(learned.heaped_days, date_of(values, code))) {
      learned.heaped.push_back(hash_bytes(values[code]));
    }
  }
  std::sort(learned.dropped.begin(), learned.dropped.end());
  std::sort(learned.heaped.begin(), learned.heaped.end());
  return learned;
}

}  // namespace tessera
