// The claims about two values, each on its own; tests/cases/levels.tsv has them as levels of a
// comparison.
#include "scoring/value_pair.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "data/date.hpp"
#include "data/unicode.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

constexpr std::array kTextFunctions = {
    LevelFunction::kLevenshtein, LevelFunction::kDamerauLevenshtein, LevelFunction::kOsa,
    LevelFunction::kJaro,        LevelFunction::kJaroWinkler,        LevelFunction::kQgramJaccard,
    LevelFunction::kQgramDice,   LevelFunction::kQgramCosine,        LevelFunction::kCommonPrefix,
    LevelFunction::kTokenSet,    LevelFunction::kSoftTokenSet,       LevelFunction::kContains,
    LevelFunction::kOneEdit,     LevelFunction::kTransposition,      LevelFunction::kInitial};

double ascii_measure(LevelFunction function, const std::string& a, const std::string& b,
                     std::uint32_t limit = kNoLimit) {
  return text_measure(function, 2, limit, ascii_text(a), ascii_text(b));
}

bool holds(const std::string& level, const std::string& a, const std::string& b) {
  const LevelSpec spec = parse_level(level).value();
  const Date left = parse_edtf(a).value();
  const Date right = parse_edtf(b).value();
  EXPECT_EQ(date_claim(spec, left, right), date_claim(spec, right, left));
  return date_claim(spec, left, right);
}

// Words in several scripts measure as the same words in ASCII do, letter for letter.
TEST(TextMeasure, IsTheSameOverBytesAndCodePoints) {
  for (const test::SamplePair& pair : test::random_pairs(400, 20, 8)) {
    for (const LevelFunction function : kTextFunctions) {
      EXPECT_EQ(text_measure(function, 2, kNoLimit, pair.a.as_ascii(), pair.b.as_ascii()),
                text_measure(function, 2, kNoLimit, pair.a.as_wide(), pair.b.as_wide()))
          << static_cast<int>(function) << ": " << pair.a.ascii << ", " << pair.b.ascii;
    }
  }
}

TEST(TextMeasure, IsSymmetric) {
  for (const test::SamplePair& pair : test::random_pairs(400, 20, 9)) {
    for (const LevelFunction function : kTextFunctions) {
      EXPECT_DOUBLE_EQ(ascii_measure(function, pair.a.ascii, pair.b.ascii),
                       ascii_measure(function, pair.b.ascii, pair.a.ascii))
          << static_cast<int>(function) << ": " << pair.a.ascii << ", " << pair.b.ascii;
    }
  }
}

TEST(TextMeasure, TellsADistanceOverTheLimitAsLimitPlusOne) {
  EXPECT_EQ(ascii_measure(LevelFunction::kLevenshtein, "kitten", "sitting", 3), 3.0);
  EXPECT_EQ(ascii_measure(LevelFunction::kLevenshtein, "kitten", "sitting", 1), 2.0);
  EXPECT_EQ(ascii_measure(LevelFunction::kOsa, "kitten", "sitting", 1), 2.0);
  EXPECT_EQ(ascii_measure(LevelFunction::kDamerauLevenshtein, "kitten", "sitting", 1), 2.0);
}

TEST(TextMeasure, IsNothingForAFunctionOfOtherValues) {
  EXPECT_EQ(ascii_measure(LevelFunction::kDateSwap, "a", "a"), 0.0);
  EXPECT_EQ(ascii_measure(LevelFunction::kElse, "a", "a"), 0.0);
}

TEST(DateClaim, OfPartialDatesHoldsOnlyForCoarseAndYears) {
  for (const char* level : {"date_one_edit", "date_swap", "within 100 days", "within 12 months"}) {
    EXPECT_FALSE(holds(level, "1990-04", "1990-04-05")) << level;
    EXPECT_FALSE(holds(level, "1990", "1990-04-05")) << level;
    EXPECT_FALSE(holds(level, "XXXX-04-05", "1990-04-05")) << level;
  }
  EXPECT_TRUE(holds("date_coarse", "1990-04", "1990-04-05"));
  EXPECT_TRUE(holds("within 1 years", "1990", "1991-12-31"));
}

TEST(DateClaim, CoarseNeedsOneDateThatIs) {
  EXPECT_FALSE(holds("date_coarse", "1990-04-05", "1990-04-06"));
  EXPECT_TRUE(holds("date_coarse", "1990-01-01~", "1990-04-06"));
  EXPECT_TRUE(holds("date_coarse", "1990", "1990-01-01~"));
}

TEST(DateClaim, CountsDaysAcrossLeapYears) {
  EXPECT_TRUE(holds("within 2 days", "2000-02-28", "2000-03-01"));
  EXPECT_FALSE(holds("within 1 days", "2000-02-28", "2000-03-01"));
  EXPECT_TRUE(holds("within 1 days", "1900-02-28", "1900-03-01"));  // 1900 was no leap year
}

TEST(DateClaim, OfAnotherFunctionNeverHolds) {
  const Date date = parse_edtf("1990-04-05").value();
  EXPECT_FALSE(date_claim(parse_level("exact").value(), date, date));
  EXPECT_FALSE(date_claim(parse_level("else").value(), date, date));
}

// One degree of a great circle of 6371.0088 km is 111.1951 km.
TEST(Kilometres, AreThoseOfTheGreatCircle) {
  EXPECT_EQ(kilometres({12.5, 77.5}, {12.5, 77.5}), 0.0);
  EXPECT_NEAR(kilometres({0, 0}, {0, 1}), 111.1951, 1e-4);
  EXPECT_NEAR(kilometres({0, 0}, {1, 0}), 111.1951, 1e-4);
  EXPECT_NEAR(kilometres({60, 0}, {60, 1}), 55.5970, 1e-4);  // half as long, and a little less
  EXPECT_NEAR(kilometres({0, 179.5}, {0, -179.5}), 111.1951, 1e-4);  // over the date line
  EXPECT_NEAR(kilometres({90, 0}, {90, 120}), 0.0, 1e-9);            // one pole
  EXPECT_NEAR(kilometres({0, 0}, {0, 180}), 20015.1145, 1e-3);       // antipodes: half the circle
}

TEST(Kilometres, OfNoPlaceIsNoNumber) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(kilometres({kNone, kNone}, {1, 1})));
}

TEST(WithinPercent, IsOfTheGreaterAbsoluteValue) {
  EXPECT_TRUE(within_percent(100, 90, 10));
  EXPECT_TRUE(within_percent(90, 100, 10));
  EXPECT_FALSE(within_percent(100, 89.9, 10));
  EXPECT_TRUE(within_percent(-100, -91, 10));
  EXPECT_FALSE(within_percent(-100, 100, 10));
  EXPECT_TRUE(within_percent(0, 0, 0));
  EXPECT_FALSE(within_percent(0, 1, 99));
  EXPECT_FALSE(within_percent(std::numeric_limits<double>::quiet_NaN(), 1, 50));
}

// The quick way with prepared dates against the plain one, over near and far, whole, partial and
// heaped dates.
TEST(DateLevels, AreTheFirstClaimsThatHold) {
  std::vector<Date> dates = {{}, {1990, 0, 0, true}, {1990, 4, 0, true}, {0, 4, 5, true}};
  for (const int year : {1900, 1909, 1980, 1989, 1990, 1991, 2009, 2010}) {
    for (const int month : {1, 2, 11, 12}) {
      for (const int day : {1, 2, 12, 20, 21}) {
        const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                        static_cast<std::uint8_t>(day), false};
        dates.push_back(date);
        if (day == 1) dates.push_back({date.year, date.month, date.day, true});
      }
    }
  }
  std::vector<LevelSpec> levels;
  for (const char* text : {"date_one_edit", "date_swap", "date_coarse", "within 3 days",
                           "within 1 months", "within 1 years", "within 10 years", "else"}) {
    levels.push_back(parse_level(text).value());
  }
  // Each function alone, then all in order.
  for (std::size_t from = 0; from < levels.size(); ++from) {
    for (const std::size_t to : {from + 1, levels.size()}) {
      std::vector<LevelSpec> some(levels.begin() + static_cast<std::ptrdiff_t>(from),
                                  levels.begin() + static_cast<std::ptrdiff_t>(to));
      if (to < levels.size()) some.push_back(levels.back());
      const DateLevels compiled(some);
      for (const Date& a : dates) {
        for (const Date& b : dates) {
          unsigned expected = 1;
          while (expected < some.size() && !date_claim(some[expected - 1], a, b)) ++expected;
          ASSERT_EQ(compiled.level(prepare_date(a), prepare_date(b)), expected)
              << some[0].text << ": " << edtf(a) << ", " << edtf(b);
        }
      }
    }
  }
}

}  // namespace
}  // namespace tessera
