#include "report/profile_column.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

CountedColumn column_of(const std::vector<CountedText>& values, std::uint64_t empty = 0) {
  CountedColumn column;
  column.records = {empty};
  for (const CountedText& value : values) {
    column.texts.append(value.text);
    column.records.push_back(value.records);
  }
  return column;
}

const SuspiciousValues* found(const ColumnReport& report, std::string_view what) {
  for (const SuspiciousValues& of : report.suspicious) {
    if (of.what.find(what) != std::string::npos) return &of;
  }
  return nullptr;
}

TEST(ProfileColumn, CountsAndMostFrequentValues) {
  const CountedColumn column =
      column_of({{"Ana", 3}, {"Bo", 7}, {"Cy", 1}, {"Di", 3}, {"Ed", 2}, {"Fa", 2}, {"Gi", 2}}, 5);
  const ColumnReport report = profile_column(column, {.kind = Kind::kName}, 0);
  EXPECT_EQ(report.filled, 20U);
  EXPECT_EQ(report.distinct, 7U);
  EXPECT_THAT(report.most_frequent,
              ElementsAre(CountedText{"Bo", 7}, CountedText{"Ana", 3}, CountedText{"Di", 3},
                          CountedText{"Ed", 2}, CountedText{"Fa", 2}));
  EXPECT_THAT(report.suspicious, IsEmpty());
}

TEST(ProfileColumn, ValuesOfFewAreWithheldEverywhere) {
  const CountedColumn column = column_of({{"Ana", 11}, {"Bo", 10}, {"n/a", 3}, {"unknown", 40}});
  const ColumnReport report = profile_column(column, {.kind = Kind::kName}, kSharedHolders);
  EXPECT_THAT(report.most_frequent,
              ElementsAre(CountedText{"unknown", 40}, CountedText{"Ana", 11}));
  const SuspiciousValues* null_words = found(report, "no value");
  ASSERT_NE(null_words, nullptr);
  EXPECT_EQ(null_words->records, 43U);
  EXPECT_EQ(null_words->values, 2U);
  EXPECT_THAT(null_words->most_frequent, ElementsAre(CountedText{"unknown", 40}));
}

TEST(ProfileColumn, TellsWhatIsNoEvidence) {
  const CountedColumn names = column_of({{"Ana", 3}, {"BABY OF MARY", 4}, {"n/a", 2}});
  const ColumnReport report = profile_column(names, {.kind = Kind::kName}, 0);
  ASSERT_NE(found(report, "placeholder"), nullptr);
  EXPECT_EQ(found(report, "placeholder")->records, 4U);
  const CountedColumn dates = column_of({{"31/02/1990", 2}, {"1990-01-05", 1}});
  ASSERT_NE(found(profile_column(dates, {.kind = Kind::kDate}, 0), "no date"), nullptr);
}

TEST(ProfileColumn, TellsDamageOnce) {
  const CountedColumn phones = column_of({{"2.547E+11", 30}, {"+254 712 345 678", 1}});
  const ColumnReport report = profile_column(phones, {.kind = Kind::kPhone}, 0);
  ASSERT_EQ(report.suspicious.size(), 1U);
  EXPECT_EQ(report.suspicious[0].records, 30U);
  EXPECT_NE(found(report, "scientific"), nullptr);
}

TEST(ProfileColumn, FindsHeapsAndDefaultDates) {
  std::vector<CountedText> values;
  for (int year = 1940; year < 2000; ++year) {
    for (int day = 0; day < 12 * 28; ++day) {
      const std::uint64_t records = day == 0 ? 11 : 1;
      values.push_back({fmt::format("{}-{:02}-{:02}", year, day / 28 + 1, day % 28 + 1), records});
    }
  }
  values.push_back({"1900-01-01", 300});
  const ColumnReport report = profile_column(column_of(values), {.kind = Kind::kDate}, 0);
  const SuspiciousValues* heap = found(report, "heap");
  ASSERT_NE(heap, nullptr);
  EXPECT_THAT(heap->most_frequent, ElementsAre(CountedText{"01-01", 660}));
  const SuspiciousValues* defaults = found(report, "default date");
  ASSERT_NE(defaults, nullptr);
  EXPECT_THAT(defaults->most_frequent, ElementsAre(CountedText{"1900-01-01", 300}));
  const std::uint64_t records = 60 * (12 * 28 + 10) + 300;
  EXPECT_THAT(report.date_formats, ElementsAre(CountedText{"yyyy-mm-dd", records}));
}

TEST(ProfileColumn, FindsSharedNumbersButNotThoseSharedByDesign) {
  std::vector<CountedText> values;
  for (int i = 0; i < 300; ++i) values.push_back({fmt::format("07123{:05}", i * 7), 1});
  values.push_back({"0799912345", 90});
  values.push_back({"0799954321", 6});
  const ColumnReport phones = profile_column(column_of(values), {.kind = Kind::kPhone}, 0);
  ASSERT_NE(found(phones, "more records than"), nullptr);
  EXPECT_EQ(found(phones, "more records than")->records, 90U);
  ASSERT_NE(found(phones, "five records"), nullptr);
  EXPECT_EQ(found(phones, "five records")->records, 6U);
  for (CountedText& value : values) value.records = 6;  // households
  EXPECT_THAT(profile_column(column_of(values), {.kind = Kind::kIdentifier}, 0).suspicious,
              IsEmpty());
}

TEST(ProfileColumn, ARecordIdMustNotRepeat) {
  ColumnReading reading;
  reading.is_record_id = true;
  const ColumnReport report = profile_column(column_of({{"a", 1}, {"b", 2}, {"c", 1}}), reading, 0);
  ASSERT_EQ(report.suspicious.size(), 1U);
  EXPECT_EQ(report.suspicious[0].records, 2U);
}

TEST(ProfileColumn, ScriptsAreCountedByRecords) {
  const ColumnReport report =
      profile_column(column_of({{"Ana", 3}, {"محمد", 4}, {"علي", 1}}), {.kind = Kind::kName}, 0);
  EXPECT_THAT(report.scripts, ElementsAre(CountedText{"Arabic", 5}, CountedText{"Latin", 3}));
}

TEST(ProfileColumn, TheOrderOfDayAndMonthIsTakenFromTheDatesThatTell) {
  const auto formats = [](const std::vector<CountedText>& values) {
    return profile_column(column_of(values), {.kind = Kind::kDate}, 0).date_formats;
  };
  EXPECT_THAT(formats({{"05/04/1990", 3}, {"25/04/1990", 1}}),
              ElementsAre(CountedText{"dd/mm/yyyy", 4}));
  EXPECT_THAT(formats({{"05/04/1990", 3}, {"04/25/1990", 1}}),
              ElementsAre(CountedText{"mm/dd/yyyy", 4}));
  EXPECT_THAT(formats({{"05/04/1990", 3}}), ElementsAre(CountedText{"nn/nn/yyyy", 3}));
  EXPECT_THAT(formats({{"05/04/1990", 3}, {"04/25/1990", 1}, {"25/04/1990", 1}}),
              UnorderedElementsAre(CountedText{"nn/nn/yyyy", 3}, CountedText{"dd/mm/yyyy", 1},
                                   CountedText{"mm/dd/yyyy", 1}));
}

}  // namespace
}  // namespace tessera
