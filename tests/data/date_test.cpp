#include "data/date.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace tessera {
namespace {

TEST(Edtf, ReadsBackEveryDateOfAHundredAndThirtyYears) {
  std::size_t dates = 0;
  for (std::int16_t year = 1900; year <= 2030; ++year) {
    for (std::uint8_t month = 0; month <= 12; ++month) {
      for (int day = 0; day <= days_in_month(year, month); ++day) {
        for (const bool heap : {false, true}) {
          Date date{year, month, static_cast<std::uint8_t>(day), heap};
          if (!date.is_whole()) date.coarse = true;
          ASSERT_EQ(parse_edtf(edtf(date)), date) << edtf(date);
          ++dates;
        }
      }
    }
  }
  EXPECT_GT(dates, 100'000U);
}

TEST(Edtf, WritesUnknownPartsAsX) {
  EXPECT_EQ(edtf(Date{0, 4, 5, true}), "XXXX-04-05");
  EXPECT_EQ(edtf(Date{0, 4, 0, true}), "XXXX-04");
  EXPECT_EQ(edtf(Date{0, 0, 5, true}), "XXXX-XX-05");
  EXPECT_EQ(edtf(Date{1990, 0, 5, true}), "1990-XX-05");
  EXPECT_EQ(edtf(Date{790, 0, 0, true}), "0790");
  EXPECT_EQ(edtf(Date{}), "");
}

TEST(Edtf, MarksAHeapedDayWithATilde) {
  EXPECT_EQ(edtf(Date{1990, 1, 1, true}), "1990-01-01~");
  EXPECT_EQ(edtf(Date{1990, 1, 1, false}), "1990-01-01");
}

TEST(ParseEdtf, RefusesWhatEdtfDoesNotWrite) {
  for (const char* text : {"",           "XXXX",       "1990-XX",     "1990-XX-XX",   "1990-04-XX",
                           "XXXX-XX",    "XXXX-XX-XX", "0000",        "1990-00",      "1990-13",
                           "1990-04-31", "1990-02-30", "1900-02-29",  "XXXX-02-30",   "1990-4-5",
                           "1990~",      "1990-04~",   "XXXX-04-05~", "1990-04-05~~", "1990/04/05",
                           "1990-04/05", " 1990",      "1990-0X-05",  "199X",         "X990",
                           "+1990",      "1990-04-05 "}) {
    EXPECT_EQ(parse_edtf(text), std::nullopt) << text;
  }
}

TEST(ParseEdtf, RandomBytesAreRefusedOrWrittenBackAlike) {
  constexpr std::string_view kBytes = "0123456789X-~ ";
  std::mt19937_64 random(4);
  int read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = "1990-04-05~";
    text.resize(4 + random() % 8);
    for (std::uint64_t changes = random() % 4; changes > 0; --changes) {
      text[random() % text.size()] = kBytes[random() % kBytes.size()];
    }
    const std::optional<Date> date = parse_edtf(text);
    if (!date) continue;
    ASSERT_EQ(edtf(*date), text);
    ++read;
  }
  EXPECT_GT(read, 1000);
}

TEST(DaysFromCivil, AgreesWithTheStandardLibrary) {
  for (int year :
       {1, 4, 100, 400, 1582, 1600, 1899, 1900, 1969, 1970, 1972, 2000, 2024, 2100, 9999}) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, static_cast<int>(month)); ++day) {
        const std::chrono::year_month_day expected{std::chrono::year(year),
                                                   std::chrono::month(month),
                                                   std::chrono::day(static_cast<unsigned>(day))};
        const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                        static_cast<std::uint8_t>(day), false};
        ASSERT_EQ(days_from_civil(date), std::chrono::sys_days(expected).time_since_epoch().count())
            << edtf(date);
      }
    }
  }
}

TEST(DaysInMonth, KnowsLeapYearsAndTheUnknown) {
  EXPECT_EQ(days_in_month(1900, 2), 28);
  EXPECT_EQ(days_in_month(2000, 2), 29);
  EXPECT_EQ(days_in_month(2024, 2), 29);
  EXPECT_EQ(days_in_month(0, 2), 29);
  EXPECT_EQ(days_in_month(1990, 0), 31);
  EXPECT_EQ(days_in_month(1990, 6), 30);
}

}  // namespace
}  // namespace tessera
