#include "exchange/transfer_cover.hpp"

#include <algorithm>
#include <tuple>

#include "data/check.hpp"
#include "data/date.hpp"

namespace tessera {
namespace {

bool ends_before(const std::string& end, const std::string& day) {
  return !end.empty() && end < day;
}

}  // namespace

std::vector<NewCover> covers_from(std::span<const CoverPeriod> periods, const std::string& day,
                                  const std::string& product) {
  std::vector<NewCover> all;
  for (const CoverPeriod& period : periods) {
    if (ends_before(period.end, day)) continue;
    all.push_back(
        {product.empty() ? period.product : product, std::max(period.begin, day), period.end});
  }
  std::sort(all.begin(), all.end(), [](const NewCover& a, const NewCover& b) {
    return std::tie(a.product, a.begin, a.end) < std::tie(b.product, b.begin, b.end);
  });
  std::vector<NewCover> joined;
  for (NewCover& cover : all) {
    NewCover* last = joined.empty() ? nullptr : &joined.back();
    if (last == nullptr || last->product != cover.product || ends_before(last->end, cover.begin)) {
      joined.push_back(std::move(cover));
    } else if (!last->end.empty() && (cover.end.empty() || cover.end > last->end)) {
      last->end = cover.end;
    }
  }
  return joined;
}

bool overlaps(std::span<const CoverPeriod> periods, std::span<const NewCover> covers) {
  return std::any_of(periods.begin(), periods.end(), [&](const CoverPeriod& period) {
    return std::any_of(covers.begin(), covers.end(), [&](const NewCover& cover) {
      return !ends_before(period.end, cover.begin) && !ends_before(cover.end, period.begin);
    });
  });
}

std::string day_before(const std::string& day) {
  std::optional<Date> date = parse_edtf(day);
  TESSERA_CHECK(date && date->is_whole());
  if (date->day > 1) {
    --date->day;
  } else {
    if (date->month > 1) {
      --date->month;
    } else {
      date->month = 12;
      --date->year;
    }
    date->day = static_cast<std::uint8_t>(days_in_month(date->year, date->month));
  }
  return edtf(*date).substr(0, 10);
}

}  // namespace tessera
