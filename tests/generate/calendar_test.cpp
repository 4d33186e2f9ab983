#include "generate/calendar.hpp"

#include <gtest/gtest.h>

#include "data/date.hpp"

namespace tessera {
namespace {

TEST(CivilFromDays, AgreesWithTheEnginesCalendarOnEveryDay) {
  for (Day day = day_number({1880, 1, 1}); day <= kToday; ++day) {
    const CivilDate date = civil_from_days(day);
    ASSERT_LE(date.day, days_in_month(date.year, date.month));
    ASSERT_EQ(day_number(date), day);
    ASSERT_EQ(days_from_civil({static_cast<std::int16_t>(date.year),
                               static_cast<std::uint8_t>(date.month),
                               static_cast<std::uint8_t>(date.day)}),
              day);
  }
}

}  // namespace
}  // namespace tessera
