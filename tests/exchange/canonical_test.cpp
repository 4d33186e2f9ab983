#include "exchange/canonical.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace tessera::test {
namespace {

TEST(Canonical, NamesAreUniqueAndKeysAreColumns) {
  std::set<std::string_view> tables;
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const TableContract& table = contract(static_cast<CanonicalTable>(i));
    EXPECT_TRUE(tables.insert(table.name).second) << table.name;
    EXPECT_GE(table.key_columns, 1U);
    EXPECT_LE(table.key_columns, table.columns.size());
    std::set<std::string_view> columns;
    for (const CanonicalColumn& column : table.columns) {
      EXPECT_TRUE(columns.insert(column.name).second) << table.name << "." << column.name;
    }
  }
}

TEST(Canonical, ThePageTellsEveryColumn) {
  std::ifstream file("docs/exchange.md");
  std::ostringstream text;
  text << file.rdbuf();
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const TableContract& table = contract(static_cast<CanonicalTable>(i));
    EXPECT_NE(text.str().find("`" + std::string(table.name) + ".csv`"), std::string::npos)
        << table.name;
    for (const CanonicalColumn& column : table.columns) {
      EXPECT_NE(text.str().find(column.name), std::string::npos) << column.name;
    }
  }
}

TEST(Canonical, AColumnIsFoundInItsTableAlone) {
  EXPECT_EQ(column_of(CanonicalTable::kPerson, "record_id"), 0U);
  EXPECT_FALSE(column_of(CanonicalTable::kClaim, "birth_date").has_value());
}

}  // namespace
}  // namespace tessera::test
