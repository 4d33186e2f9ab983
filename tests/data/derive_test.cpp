#include "data/derive.hpp"

#include <gtest/gtest.h>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

std::vector<std::string> texts_of(const Column& column) {
  std::vector<std::string> texts;
  for (const Code code : column.codes) {
    texts.emplace_back(code == kMissing ? "" : column.values[code]);
  }
  return texts;
}

const DerivedAttribute kPlace{"place", Kind::kPlace, {0, 1}};

Table places() {
  return test::make_table({{"village", Kind::kPlace}, {"birth_place", Kind::kPlace}},
                          {{"rara", ""}, {"", "jumla"}, {"jumla", "rara"}, {"", ""}, {"", "rara"}});
}

TEST(AppendDerived, TakesTheFirstValueThatIsThere) {
  Table table = places();
  append_derived(std::vector{kPlace}, table);
  ASSERT_EQ(table.columns.size(), 3U);
  const Column& column = table.columns[2];
  EXPECT_EQ(column.name, "place");
  EXPECT_EQ(column.kind, Kind::kPlace);
  EXPECT_EQ(texts_of(column), (std::vector<std::string>{"rara", "jumla", "jumla", "", "rara"}));
}

TEST(AppendDerived, FollowsTheOrderOfItsColumns) {
  Table table = places();
  append_derived(std::vector{DerivedAttribute{"place", Kind::kPlace, {1, 0}}}, table);
  EXPECT_EQ(texts_of(table.columns[2]),
            (std::vector<std::string>{"rara", "jumla", "rara", "", "rara"}));
}

TEST(AppendDerived, EqualTextsHaveOneCodeAndAreCounted) {
  Table table = places();
  append_derived(std::vector{kPlace}, table);
  const Column& column = table.columns[2];
  EXPECT_EQ(column.codes, (std::vector<Code>{1, 2, 2, 0, 1}));
  EXPECT_EQ(column.counts, (std::vector<std::uint32_t>{1, 2, 2}));
}

TEST(AppendDerived, HasNoRawValues) {
  Table table = places();
  append_derived(std::vector{kPlace}, table);
  EXPECT_TRUE(table.columns[2].raw_codes.empty());
  EXPECT_EQ(table.columns[2].raw_values.size(), Dictionary().size());
}

TEST(AppendDerived, RomanisesTextOfOtherScripts) {
  Table table =
      test::make_table({{"village", Kind::kPlace}, {"born", Kind::kPlace}}, {{"", "काठमाडौं"}});
  append_derived(std::vector{kPlace}, table);
  EXPECT_EQ(table.columns[2].in_latin(1), romanise("काठमाडौं"));
  EXPECT_NE(table.columns[2].in_latin(1), "काठमाडौं");
  append_derived(std::vector{DerivedAttribute{"number", Kind::kIdentifier, {0, 1}}}, table);
  EXPECT_TRUE(table.columns[3].romanised.empty());
}

TEST(AppendDerived, OfAnEmptyTableIsAnEmptyColumn) {
  Table table = test::make_table({{"village", Kind::kPlace}, {"born", Kind::kPlace}}, {});
  append_derived(std::vector{kPlace}, table);
  EXPECT_TRUE(table.columns[2].codes.empty());
}

}  // namespace
}  // namespace tessera
