#include "data/updated_days.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tessera {
namespace {

/// Rows of two sources, the first of which writes the day first, the second the month.
RawTable rows_of(const std::vector<std::pair<int, std::string>>& rows) {
  RawTable raw;
  DictionaryBuilder dates;
  for (const auto& [source, text] : rows) {
    raw.row_source.push_back(static_cast<SourceId>(source));
    raw.updated.push_back(dates.intern(text));
  }
  raw.updated_values = std::move(dates).finish();
  return raw;
}

UpdatedDays cleaned(const RawTable& raw) {
  std::vector<SourceSpec> sources(2);
  sources[0].date_order = DateOrder::kDayMonthYear;
  sources[1].date_order = DateOrder::kMonthDayYear;
  return clean_updated_days(raw, sources, rows_by_source(raw.row_source));
}

TEST(UpdatedDays, AreReadInTheOrderOfTheirSource) {
  const UpdatedDays updated = cleaned(rows_of({{0, "05/04/2020"}, {1, "05/04/2020"}}));
  EXPECT_EQ(updated.days[updated.codes[0]], "2020-04-05");
  EXPECT_EQ(updated.days[updated.codes[1]], "2020-05-04");
}

TEST(UpdatedDays, OfTwoCodesTheGreaterIsLater) {
  const UpdatedDays updated =
      cleaned(rows_of({{0, "31/12/2021"}, {0, "01/02/2019"}, {1, "06/30/2020"}, {1, "2020"}}));
  EXPECT_EQ(updated.codes, (std::vector<Code>{4, 1, 3, 2}));
  for (Code code = 2; code < updated.days.size(); ++code) {
    EXPECT_LT(updated.days[code - 1], updated.days[code]);
  }
}

TEST(UpdatedDays, WithoutAYearTheDayIsUnknown) {
  EXPECT_EQ(cleaned(rows_of({{0, ""}, {0, "unknown"}, {1, "2020-01-01"}})).codes,
            (std::vector<Code>{kMissing, kMissing, 1}));
}

TEST(UpdatedDays, NoSourceThatSaysGivesNone) {
  RawTable raw;
  raw.row_source.push_back(SourceId{0});
  EXPECT_TRUE(cleaned(raw).codes.empty());
}

}  // namespace
}  // namespace tessera
