#include "data/date_heaps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace tessera {
namespace {

// Records by date, invented.
class Column {
 public:
  void add(int year, int month, int day, std::uint32_t records = 1) {
    dates_[{year, month, day}] += records;
  }

  // Births fall evenly over the days of the years.
  void add_births(int persons, int first_year, int last_year, std::uint32_t records_each,
                  std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (int i = 0; i < persons;) {
      const int year =
          first_year +
          static_cast<int>(random() % static_cast<std::uint64_t>(last_year - first_year + 1));
      const int month = 1 + static_cast<int>(random() % 12);
      const int day = 1 + static_cast<int>(random() % 31);
      if (day > days_in_month(year, month)) continue;
      add(year, month, day, records_each);
      ++i;
    }
  }

  std::vector<DateCount> counts() const {
    std::vector<DateCount> counts;
    for (const auto& [key, records] : dates_) {
      const auto [year, month, day] = key;
      Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                static_cast<std::uint8_t>(day), false};
      date.coarse = !date.is_whole();
      counts.push_back({date, records});
    }
    return counts;
  }

  // The dates that are a program's default, as EDTF.
  std::vector<std::string> defaults() const {
    const std::vector<DateCount> all = counts();
    const std::vector<bool> is_default = default_dates(all, heaped_dates(all));
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (is_default[i]) texts.push_back(edtf(all[i].date));
    }
    return texts;
  }

  // The heaped dates as EDTF.
  std::vector<std::string> heaps() const {
    const std::vector<DateCount> all = counts();
    const std::vector<bool> heaped = heaped_dates(all);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (heaped[i]) texts.push_back(edtf(all[i].date));
    }
    return texts;
  }

 private:
  std::map<std::tuple<int, int, int>, std::uint32_t> dates_;
};

TEST(DateHeaps, EvenBirthsHaveNone) {
  for (const int persons : {200, 1000, 20'000}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Column column;
      column.add_births(persons, 1940, 2020, 1, seed);
      EXPECT_TRUE(column.heaps().empty()) << persons << " persons, seed " << seed;
    }
  }
}

TEST(DateHeaps, ManyRecordsOfOnePersonAreNone) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Column column;
    column.add_births(200, 1940, 2020, 10, seed);
    EXPECT_TRUE(column.heaps().empty()) << "seed " << seed;
  }
}

TEST(DateHeaps, NewYearsDayThatHoldsFivePercentIsOne) {
  Column column;
  column.add_births(10'000, 1940, 2020, 1, 1);
  for (int i = 0; i < 500; ++i) column.add(1940 + i % 80, 1, 1);
  const std::vector<std::string> heaps = column.heaps();
  EXPECT_GE(heaps.size(), 80U);
  for (const std::string& date : heaps) EXPECT_EQ(date.substr(4), "-01-01");
}

TEST(DateHeaps, SeveralDaysMayBeHeapsAtOnce) {
  Column column;
  column.add_births(5000, 1950, 2009, 1, 2);
  for (int year = 1950; year < 2010; ++year) {
    column.add(year, 1, 1, 10);
    column.add(year, 7, 1, 5);
    column.add(year, 6, 15, 4);
  }
  const std::vector<std::string> heaps = column.heaps();
  for (const char* date : {"1950-01-01", "1950-07-01", "1950-06-15", "2009-06-15"}) {
    EXPECT_TRUE(std::find(heaps.begin(), heaps.end(), date) != heaps.end()) << date;
  }
  EXPECT_EQ(heaps.size(), 180U);
}

TEST(DateHeaps, ADayThatOneYearFillsIsNoHeapOfTheDay) {
  // A campaign's default date: that date is a heap, its day in other years is not.
  Column column;
  column.add_births(20'000, 1990, 2019, 1, 3);
  column.add(1999, 12, 30, 3000);
  EXPECT_EQ(column.heaps(), std::vector<std::string>{"1999-12-30"});
}

TEST(DateHeaps, PartialDatesAreNotJudged) {
  Column column;
  column.add_births(1000, 1940, 2020, 1, 4);
  column.add(1990, 0, 0, 5000);
  column.add(1990, 4, 0, 5000);
  column.add(0, 4, 5, 5000);
  EXPECT_TRUE(column.heaps().empty());
}

TEST(DateHeaps, FewDatesAreNotJudged) {
  Column column;
  for (int year = 1900; year < 2000; ++year) column.add(year, 1, 1);
  for (int day = 1; day <= 31; ++day)
    column.add_births(3, 1940, 2000, 1, static_cast<std::uint64_t>(day));
  EXPECT_TRUE(column.heaps().empty());  // 193 dates
  column.add_births(20, 1940, 2000, 1, 99);
  EXPECT_FALSE(column.heaps().empty());
}

TEST(DateHeaps, TheShareDecidesNotTheCount) {
  // 14 times the even share of a thousand births is 38 records; twice is 6 and no heap.
  for (const auto& [records, expected] : {std::pair{38, true}, std::pair{3, false}}) {
    Column column;
    column.add_births(1000, 1940, 2019, 1, 5);
    for (int i = 0; i < records; ++i) column.add(1940 + i * 2, 1, 1);
    EXPECT_EQ(!column.heaps().empty(), expected) << records;
  }
}

TEST(DefaultDates, AHeapAloneInItsYearsIsADefault) {
  Column column;
  column.add_births(10'000, 1940, 2020, 1, 1);
  for (int i = 0; i < 500; ++i) column.add(1940 + i % 80, 1, 1);
  EXPECT_TRUE(column.defaults().empty());  // 1950-01-01 tells an age in round years
  column.add(1900, 1, 1, 60);
  EXPECT_EQ(column.defaults(), std::vector<std::string>{"1900-01-01"});
}

TEST(DefaultDates, AHeapAmongOtherBirthsIsNone) {
  Column column;
  column.add_births(10'000, 1940, 2020, 1, 1);
  column.add(1970, 1, 1, 400);  // some of these were born then
  EXPECT_TRUE(column.defaults().empty());
}

TEST(DefaultDates, OldPersonsBesideItMakeItAnAge) {
  Column column;
  column.add_births(10'000, 1940, 2020, 1, 1);
  for (int i = 0; i < 500; ++i) column.add(1940 + i % 80, 1, 1);
  column.add(1900, 1, 1, 60);
  column.add(1901, 5, 17, 4);  // over a twentieth of 60, within three years
  EXPECT_TRUE(column.defaults().empty());
}

TEST(DefaultDates, AFewRecordsDecideNothing) {
  Column column;
  column.add_births(10'000, 1940, 2020, 1, 1);
  for (int i = 0; i < 500; ++i) column.add(1940 + i % 80, 1, 1);
  column.add(1900, 1, 1, kLeastLonely - 1);
  EXPECT_TRUE(column.defaults().empty());
}

}  // namespace
}  // namespace tessera
