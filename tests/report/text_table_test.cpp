#include "report/text_table.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace tessera {
namespace {

TEST(TextTable, ColumnsAreAsWideAsTheirWidestCell) {
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
  table.add({"a", "1", "x"});
  table.add({"bbb", "22", "yy"});
  EXPECT_EQ(table.text(0), "a     1  x\nbbb  22  yy\n");
}

TEST(TextTable, TheLastCellOfAShortRowWidensNothing) {
  TextTable table({Align::kLeft, Align::kLeft});
  table.add({"a long remark on what follows"});
  table.add({"k", "v"});
  EXPECT_EQ(table.text(2), "  a long remark on what follows\n  k  v\n");
}

TEST(TextTable, WidthsCountWhatIsSeen) {
  EXPECT_EQ(text_columns("Lucía"), 5U);
  EXPECT_EQ(text_columns("Luci\u0301a"), 5U);  // a combining accent
  EXPECT_EQ(text_columns("张伟"), 4U);
  TextTable table({Align::kLeft, Align::kLeft});
  table.add({"张伟", "x"});
  table.add({"abcd", "y"});
  EXPECT_EQ(table.text(0), "张伟  x\nabcd  y\n");
}

TEST(WithCommas, PartsThousands) {
  const std::pair<std::uint64_t, const char*> kCases[] = {
      {0, "0"},
      {7, "7"},
      {999, "999"},
      {1'000, "1,000"},
      {12'345, "12,345"},
      {999'999, "999,999"},
      {1'000'000, "1,000,000"},
      {12'345'678, "12,345,678"},
      {18'446'744'073'709'551'615ULL, "18,446,744,073,709,551,615"}};
  for (const auto& [number, text] : kCases) EXPECT_EQ(with_commas(number), text);
}

}  // namespace
}  // namespace tessera
