#include "engine/cold_columns.hpp"

#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

Table people() {
  Table table = test::random_people(500, 9);
  for (Column& column : table.columns) {  // as if cleaned from itself
    column.raw_codes = column.codes;
    column.raw_values = column.values;
  }
  return table;
}

TEST(ColdColumns, ComeBackAsTheyWere) {
  const test::TemporaryFolder folder;
  Table table = people();
  const Table before = table;
  const ColdColumns cold(table, folder.path());
  EXPECT_EQ(table.record_ids.size(), 0U);
  EXPECT_EQ(table.columns[0].codes, before.columns[0].codes);  // what is compared stays
  EXPECT_TRUE(table.columns[0].raw_codes.empty());
  cold.restore(table);
  ASSERT_EQ(table.record_ids.size(), before.record_ids.size());
  for (Row row = 0; row < before.size(); ++row) {
    ASSERT_EQ(table.record_name(row), before.record_name(row));
  }
  for (std::size_t c = 0; c < before.columns.size(); ++c) {
    EXPECT_EQ(table.columns[c].raw_codes, before.columns[c].raw_codes);
    ASSERT_EQ(table.columns[c].raw_values.size(), before.columns[c].raw_values.size());
    for (Code code = 0; code < before.columns[c].raw_values.size(); ++code) {
      ASSERT_EQ(table.columns[c].raw_values[code], before.columns[c].raw_values[code]);
    }
  }
}

TEST(ColdColumns, FreeWhatTheyCount) {
  const test::TemporaryFolder folder;
  Table table = people();
  const std::uint64_t before = cold_bytes(table);
  const ColdColumns cold(table, folder.path());
  EXPECT_LT(cold_bytes(table), before / 20);
  EXPECT_LE(cold.size_bytes(), before);
  EXPECT_GT(cold.size_bytes(), before / 2);  // held with room to grow
}

}  // namespace
}  // namespace tessera
