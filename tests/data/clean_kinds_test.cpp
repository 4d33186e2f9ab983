#include "data/clean_kinds.hpp"

#include <gtest/gtest.h>

#include <random>

#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

constexpr Kind kKinds[] = {Kind::kPersonName, Kind::kName,    Kind::kDate,  Kind::kIdentifier,
                           Kind::kSex,        Kind::kPhone,   Kind::kEmail, Kind::kPlace,
                           Kind::kPostcode,   Kind::kAddress, Kind::kText,  Kind::kNumber,
                           Kind::kGeo,        Kind::kSet};

std::string fault_name(CleanFault fault) {
  switch (fault) {
    case CleanFault::kNone:
      return "";
    case CleanFault::kNullWord:
      return "null";
    case CleanFault::kPlaceholder:
      return "placeholder";
    case CleanFault::kImpossible:
      return "impossible";
    case CleanFault::kFuture:
      return "future";
  }
  return "?";
}

TEST(CleanValue, FollowsTheTableOfKinds) {
  const std::optional<Date> today = parse_edtf("2026-03-15");
  for (const std::vector<std::string>& row : test::read_cases("clean_kinds.tsv")) {
    ASSERT_EQ(row.size(), 5U) << row[0] << row[1];
    const std::optional<Kind> kind = kind_from_name(row[0]);
    ASSERT_TRUE(kind.has_value()) << row[0];
    const CleanedValue value = clean_value(row[1], *kind, {}, today);
    EXPECT_EQ(value.text, row[2]) << row[0] << " " << row[1] << ": " << row[4];
    EXPECT_EQ(fault_name(value.fault), row[3]) << row[0] << " " << row[1] << ": " << row[4];
  }
}

TEST(CleanValue, WithoutADayNoDateIsFuture) {
  EXPECT_EQ(clean_value("2500-01-01", Kind::kDate, {}, std::nullopt).text, "2500-01-01");
}

TEST(CleanValue, TheSourcesOrderOfDatesDecides) {
  const SourceReading american{.date_order = DateOrder::kMonthDayYear, .m_is_woman = false};
  EXPECT_EQ(clean_value("05/04/1990", Kind::kDate, american, std::nullopt).text, "1990-05-04");
}

TEST(CleanValue, MIsAWomanWhereTheSourceWritesHAndM) {
  const SourceReading spanish{.date_order = DateOrder::kDayMonthYear, .m_is_woman = true};
  EXPECT_EQ(clean_value("M", Kind::kSex, spanish, std::nullopt).text, "f");
  EXPECT_EQ(clean_value("H", Kind::kSex, spanish, std::nullopt).text, "m");
  EXPECT_EQ(clean_value("M", Kind::kSex, {}, std::nullopt).text, "m");
}

// A column holds only texts in normal form: cleaning what is clean changes nothing.
TEST(CleanValue, CleanValuesCleanToThemselves) {
  for (const std::vector<std::string>& row : test::read_cases("clean_kinds.tsv")) {
    if (row[2].empty()) continue;
    const Kind kind = kind_from_name(row[0]).value();
    EXPECT_EQ(clean_value(row[2], kind, {}, std::nullopt).text, row[2]) << row[0] << " " << row[1];
  }
}

TEST(CleanValue, TextIsEmptyIfAndOnlyIfThereIsAFault) {
  constexpr std::string_view kPieces[] = {
      "a",    "É",   "1",   "0",  "-", "/",       ":", ".", ",",  " ", "@",
      "e+",   "+",   "(0)", "한", "ज़", "unknown", "|", "'", "فا", "፲", "\xE2\x80\x8D",
      "1990", "ext", "M",   "\t"};
  std::mt19937_64 random(6);
  const std::optional<Date> today = parse_edtf("2026-03-15");
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (std::uint64_t pieces = random() % 10; pieces > 0; --pieces) {
      text += kPieces[random() % std::size(kPieces)];
    }
    for (const Kind kind : kKinds) {
      const CleanedValue value = clean_value(text, kind, {}, today);
      ASSERT_EQ(value.text.empty(), value.fault != CleanFault::kNone) << i << kind_name(kind);
      ASSERT_TRUE(is_utf8(value.text)) << i << kind_name(kind);
    }
  }
}

}  // namespace
}  // namespace tessera
