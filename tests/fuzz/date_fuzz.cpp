// Any bytes as a date, under each order: no crash, no day that the calendar has not, and what is
// written is read back.
#include <cstdint>
#include <string_view>

#include "data/check.hpp"
#include "data/date.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using tessera::DateOrder;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const DateOrder order :
       {DateOrder::kYearMonthDay, DateOrder::kDayMonthYear, DateOrder::kMonthDayYear}) {
    const tessera::ParsedDate parsed = tessera::parse_date(text, order);
    const tessera::Date& date = parsed.date;
    TESSERA_CHECK(date.month <= 12);
    TESSERA_CHECK(date.day <= tessera::days_in_month(date.year, date.month));
    TESSERA_CHECK(parsed.fault == tessera::DateFault::kNone || date.is_unknown());
    if (!date.is_unknown()) TESSERA_CHECK(tessera::parse_edtf(tessera::edtf(date)) == date);
  }
  if (const auto date = tessera::parse_edtf(text)) TESSERA_CHECK(tessera::edtf(*date) == text);
  return 0;
}
