#include "scoring/splink_columns.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

/// The column of an expression as `l:name`; `none` if it is none.
std::string column(const char* sql) {
  const auto found = side_column(parse_sql(sql).value());
  return found ? (found->left ? "l:" : "r:") + found->attribute : "none";
}

double value(const char* sql) {
  return constant(parse_sql(sql).value()).value_or(-1.0);
}

double prefix(const char* sql) {
  return prefix_length(parse_sql(sql).value()).value_or(-1.0);
}

TEST(SideColumn, IsNamedBySuffixOrTable) {
  EXPECT_EQ(column("name_l"), "l:name");
  EXPECT_EQ(column("\"Name_R\""), "r:Name");
  EXPECT_EQ(column("r.name"), "r:name");
  EXPECT_EQ(column("L.name_l"), "l:name_l");
}

TEST(SideColumn, IsSeenThroughWrappings) {
  EXPECT_EQ(column("trim(lower(cast(nullif(a_l, '') as text)))"), "l:a");
  EXPECT_EQ(column("date(try_to_timestamp(a_r, 'yyyy'))"), "r:a");
}

TEST(SideColumn, IsNothingElse) {
  for (const char* sql : {"name", "_l", "name_x", "t.name_l", "nullif(a_l, 'x')", "'a_l'", "3",
                          "concat(a_l, b_l)", "soundex(a_l)"}) {
    EXPECT_EQ(column(sql), "none") << sql;
  }
}

TEST(ColumnPair, IsOfBothSidesInEitherOrder) {
  const auto pair = column_pair(parse_sql("b_r").value(), parse_sql("a_l").value());
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->of_left, "a");
  EXPECT_EQ(pair->of_right, "b");
  EXPECT_FALSE(pair->same());
  EXPECT_FALSE(column_pair(parse_sql("a_l").value(), parse_sql("b_l").value()));
}

TEST(Constants, AreWorkedOut) {
  EXPECT_EQ(value("floor(2629800.0 / 86400)"), 30.0);
  EXPECT_EQ(value("24 * 60"), 1440.0);
  EXPECT_EQ(value("1 / 0"), -1.0);
  EXPECT_EQ(value("a_l"), -1.0);
}

TEST(PrefixLength, IsOfTheFirstLetters) {
  EXPECT_EQ(prefix("substr(a_l, 1, 3)"), 3.0);
  EXPECT_EQ(prefix("left(a_l, 4)"), 4.0);
  for (const char* sql : {"substr(a_l, 2, 3)", "substr(a_l, 1)", "left(a_l, 0)", "left(a_l, 1.5)",
                          "left(a_l, 101)", "right(a_l, 2)"}) {
    EXPECT_EQ(prefix(sql), -1.0) << sql;
  }
}

TEST(TimesOfDay, AreTakenFromFormats) {
  EXPECT_TRUE(reads_time_of_day(parse_sql("f(strptime(a_l, '%Y %H:%M'))").value()));
  EXPECT_TRUE(reads_time_of_day(parse_sql("to_timestamp(a_l, 'yyyy HH')").value()));
  EXPECT_FALSE(reads_time_of_day(parse_sql("strptime(a_l, '%Y-%m-%d')").value()));
}

}  // namespace
}  // namespace tessera
