#include "exchange/clean_field.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

FieldKind kind_of(const std::string& name) {
  static const std::map<std::string, FieldKind> kKinds = {
      {"text", FieldKind::kText},         {"id", FieldKind::kId},
      {"date", FieldKind::kDate},         {"datetime", FieldKind::kDateTime},
      {"sex", FieldKind::kSex},           {"bool", FieldKind::kBool},
      {"number", FieldKind::kNumber},     {"role", FieldKind::kRole},
      {"relation", FieldKind::kRelation}, {"word", FieldKind::kWord},
      {"marital", FieldKind::kMarital}};
  return kKinds.at(name);
}

TEST(CleanField, TableOfValues) {
  std::size_t rows = 0;
  for (const auto& row : read_cases("exchange_fields.tsv")) {
    const CleanedField clean = clean_field(row.at(1), kind_of(row.at(0)), DateOrder::kDayMonthYear);
    EXPECT_EQ(clean.text, row.at(2)) << row.at(0) << " " << row.at(1);
    EXPECT_EQ(repair_name(clean.repair), row.at(3)) << row.at(0) << " " << row.at(1);
    ++rows;
  }
  EXPECT_GT(rows, 40U);
}

TEST(CleanField, WhatIsCleanStaysAsItIs) {
  for (const auto& row : read_cases("exchange_fields.tsv")) {
    const FieldKind kind = kind_of(row.at(0));
    if (row.at(2).empty() || row.at(3) == "code not in table") continue;
    const CleanedField again = clean_field(row.at(2), kind, DateOrder::kDayMonthYear);
    EXPECT_EQ(again.text, row.at(2)) << row.at(0);
    EXPECT_EQ(again.repair, Repair::kNone) << row.at(0) << " " << row.at(2);
  }
}

TEST(CleanField, TheOrderOfDatesIsTheCallers) {
  EXPECT_EQ(clean_field("05/04/1990", FieldKind::kDate, DateOrder::kMonthDayYear).text,
            "1990-05-04");
}

}  // namespace
}  // namespace tessera::test
