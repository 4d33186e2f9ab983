#include "engine/propose_mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/invented_files.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const AttributeSpec* find(const ColumnMapping& mapping, const std::string& name) {
  for (const MappedAttribute& attribute : mapping.attributes) {
    if (attribute.spec.name == name) return &attribute.spec;
  }
  return nullptr;
}

ColumnMapping mapping_of(const Columns& columns) {
  const std::vector<SampledFile> files = {invented_file(columns, 300)};
  return map_columns(files);
}

TEST(ProposeMapping, PartsOfADateAreJoined) {
  const ColumnMapping mapping =
      mapping_of({{"name", "full"}, {"bd", "day"}, {"bm", "month"}, {"by", "year"}});
  const AttributeSpec* date = find(mapping, "birth_date");
  ASSERT_NE(date, nullptr);
  EXPECT_EQ(date->kind, Kind::kDate);
  EXPECT_THAT(date->columns, IsEmpty());
  EXPECT_THAT(date->parts, ElementsAre("by", "bm", "bd"));
}

TEST(ProposeMapping, AYearAloneIsACoarseDate) {
  const ColumnMapping mapping = mapping_of({{"name", "full"}, {"birth_year", "year"}});
  ASSERT_NE(find(mapping, "birth_date"), nullptr);
  EXPECT_THAT(find(mapping, "birth_date")->columns, ElementsAre("birth_year"));
}

TEST(ProposeMapping, AWholeDateWinsOverItsParts) {
  const ColumnMapping mapping = mapping_of(
      {{"name", "full"}, {"dob", "iso"}, {"bd", "day"}, {"bm", "month"}, {"by", "year"}});
  EXPECT_THAT(find(mapping, "birth_date")->columns, ElementsAre("dob"));
}

TEST(ProposeMapping, SourcesMayNameOneAttributeDifferently) {
  const std::vector<SampledFile> files = {
      invented_file({{"first_name", "given"}, {"surname", "family"}, {"dob", "iso"}}, 100),
      invented_file({{"Nom", "family"},
                     {"Prénom", "given"},
                     {"y", "visit"},
                     {"birth_year", "year"},
                     {"birth_month", "month"},
                     {"birth_day", "day"}},
                    100)};
  const ColumnMapping mapping = map_columns(files);
  EXPECT_THAT(find(mapping, "given_name")->columns, ElementsAre("first_name", "Prénom"));
  EXPECT_THAT(find(mapping, "family_name")->columns, ElementsAre("surname", "Nom"));
  EXPECT_THAT(find(mapping, "birth_date")->columns, ElementsAre("dob"));
  EXPECT_THAT(find(mapping, "birth_date")->parts,
              ElementsAre("birth_year", "birth_month", "birth_day"));
}

TEST(ProposeMapping, ANumberAndAStreetAreOneAddress) {
  const ColumnMapping mapping =
      mapping_of({{"name", "full"}, {"house_no", "postcode"}, {"street", "village"}});
  EXPECT_THAT(find(mapping, "address")->parts, ElementsAre("house_no", "street"));
}

TEST(ProposeMapping, AnAddressWithNumbersNeedsNoParts) {
  const ColumnMapping mapping =
      mapping_of({{"name", "full"}, {"address", "street"}, {"house_no", "postcode"}});
  EXPECT_THAT(find(mapping, "address")->columns, ElementsAre("address"));
  EXPECT_THAT(find(mapping, "address")->parts, IsEmpty());
}

TEST(ProposeMapping, DateOrdersAreFoundPerSource) {
  const std::vector<SampledFile> files = {invented_file({{"name", "full"}, {"dob", "dmy"}}, 100),
                                          invented_file({{"name", "full"}, {"dob", "mdy"}}, 100),
                                          invented_file({{"name", "full"}, {"dob", "iso"}}, 100)};
  const ColumnMapping mapping = map_columns(files);
  EXPECT_EQ(mapping.sources[0].date_order, DateOrder::kDayMonthYear);
  EXPECT_EQ(mapping.sources[1].date_order, DateOrder::kMonthDayYear);
  EXPECT_THAT(mapping.dates_need_order, ElementsAre(true, true, false));
}

TEST(ProposeMapping, WithPersonsUnknownColumnsAreLeftOut) {
  const ColumnMapping mapping = mapping_of({{"name", "full"}, {"c1", "job"}, {"c2", "digits"}});
  EXPECT_TRUE(mapping.has_person);
  EXPECT_EQ(mapping.attributes.size(), 1U);
  EXPECT_EQ(mapping.left_out.size(), 2U);
}

TEST(ProposeMapping, WithoutPersonsTextsAreUsed) {
  const ColumnMapping mapping =
      mapping_of({{"Title", "street"}, {"c1", "job"}, {"record", "village"}, {"when", "visit"}});
  EXPECT_FALSE(mapping.has_person);
  ASSERT_NE(find(mapping, "title"), nullptr);
  EXPECT_EQ(find(mapping, "title")->kind, Kind::kText);
  EXPECT_EQ(find(mapping, "when")->kind, Kind::kDate);
}

TEST(ProposeMapping, TextsNeverTakeTheNameOfAColumnOfOurs) {
  const ColumnMapping mapping = mapping_of({{"Records", "job"}, {"match weight", "street"}});
  EXPECT_NE(find(mapping, "records_x"), nullptr);
  EXPECT_NE(find(mapping, "match_weight_x"), nullptr);
}

}  // namespace
}  // namespace tessera::test
