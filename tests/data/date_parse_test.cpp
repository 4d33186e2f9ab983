#include <gtest/gtest.h>

#include <random>
#include <string>

#include "data/date.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

DateOrder order_named(const std::string& name) {
  if (name == "ymd") return DateOrder::kYearMonthDay;
  if (name == "mdy") return DateOrder::kMonthDayYear;
  return DateOrder::kDayMonthYear;
}

std::string fault_name(DateFault fault) {
  switch (fault) {
    case DateFault::kNone:
      return "none";
    case DateFault::kNotADate:
      return "not_a_date";
    case DateFault::kImpossible:
      return "impossible";
  }
  return "?";
}

constexpr DateOrder kOrders[] = {DateOrder::kYearMonthDay, DateOrder::kDayMonthYear,
                                 DateOrder::kMonthDayYear};

TEST(ParseDate, FollowsTheTable) {
  for (const std::vector<std::string>& row : test::read_cases("dates.tsv")) {
    ASSERT_EQ(row.size(), 5U) << row[0];
    const ParsedDate parsed = parse_date(row[0], order_named(row[1]), 2026);
    EXPECT_EQ(edtf(parsed.date), row[2]) << row[0] << ": " << row[4];
    EXPECT_EQ(fault_name(parsed.fault), row[3]) << row[0] << ": " << row[4];
  }
}

TEST(ParseDate, EmptyTextIsUnknownAndNoFault) {
  const ParsedDate parsed = parse_date("  ", DateOrder::kDayMonthYear);
  EXPECT_TRUE(parsed.date.is_unknown());
  EXPECT_EQ(parsed.fault, DateFault::kNone);
}

TEST(ParseDate, ReadsEveryDayInEveryWrittenForm) {
  for (int year = 1900; year <= 2030; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, month); ++day) {
        char text[40];
        const auto write = [&](const char* form, int a, int b, int c) {
          std::snprintf(text, sizeof text, form, a, b, c);
          return std::string_view(text);
        };
        const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                        static_cast<std::uint8_t>(day), false};
        for (const DateOrder order : kOrders) {
          ASSERT_EQ(parse_date(write("%04d-%02d-%02d", year, month, day), order).date, date)
              << text;
          ASSERT_EQ(parse_date(write("%04d%02d%02d", year, month, day), order).date, date) << text;
        }
        const auto day_first = DateOrder::kDayMonthYear;
        const auto month_first = DateOrder::kMonthDayYear;
        ASSERT_EQ(parse_date(write("%02d/%02d/%04d", day, month, year), day_first).date, date);
        ASSERT_EQ(parse_date(write("%d.%d.%d", day, month, year), day_first).date, date);
        ASSERT_EQ(parse_date(write("%02d/%02d/%04d", month, day, year), month_first).date, date);
        ASSERT_EQ(parse_date(write("%d-%d-%d", month, day, year), month_first).date, date);
      }
    }
  }
}

TEST(ParseDate, ReadsBackWhatEdtfWrites) {
  for (const char* text :
       {"1990-04-05", "1990-04", "1990", "1990-XX-05", "XXXX-04-05", "XXXX-XX-05"}) {
    for (const DateOrder order : kOrders) {
      EXPECT_EQ(edtf(parse_date(text, order).date), text);
    }
  }
}

TEST(ParseDate, MarksPartialDatesCoarse) {
  EXPECT_TRUE(parse_date("04/1990", DateOrder::kDayMonthYear).date.coarse);
  EXPECT_FALSE(parse_date("05/04/1990", DateOrder::kDayMonthYear).date.coarse);
}

TEST(ParseDate, GarbageNeverThrowsAndNeverGivesADayThatIsNone) {
  constexpr std::string_view kPieces[] = {
      "1", "12",    "31", "1990", "0", "99", "-",   "/", ".",    " ",  "T", ":",   "x",   "?",
      "é", "avril", "Z",  "+",    ",", "२",  "1e9", "~", "\xFF", "de", "٣", "000", "9999"};
  std::mt19937_64 random(3);
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (std::uint64_t pieces = random() % 8; pieces > 0; --pieces) {
      text += kPieces[random() % std::size(kPieces)];
    }
    const ParsedDate parsed =
        parse_date(text, kOrders[random() % 3], 1990 + static_cast<int>(random() % 60));
    const Date& date = parsed.date;
    ASSERT_LE(date.month, 12) << i;
    ASSERT_LE(date.day, days_in_month(date.year, date.month)) << i;
    ASSERT_GE(date.year, 0) << i;
    ASSERT_TRUE(parsed.fault == DateFault::kNone || date.is_unknown()) << i;
    if (!date.is_unknown()) {
      ASSERT_EQ(date.coarse, !date.is_whole()) << i;
      ASSERT_EQ(parse_edtf(edtf(date)), date) << i;
    }
  }
}

}  // namespace
}  // namespace tessera
