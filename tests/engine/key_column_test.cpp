#include "engine/key_column.hpp"

#include <gtest/gtest.h>

#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

// Against the values themselves: columns are given name, family name, birth date, sex, village.
TEST(KeyColumn, AgreesWhereTheKeysDo) {
  const test::PeopleJob people(120, 4, 2, LinkType::kLinkAndDedupe);
  const Column& family = people.table.columns[1];
  const KeyColumn value({KeyFunction::kValue, 1, 0}, people.table);
  const KeyColumn first({KeyFunction::kPrefix, 1, 1}, people.table);
  int agreeing = 0;
  for (Row left = 0; left < 120; ++left) {
    for (Row right = left + 1; right < 120; ++right) {
      const Code a = family.codes[left];
      const Code b = family.codes[right];
      const bool both = a != kMissing && b != kMissing;
      EXPECT_EQ(value.agrees(left, right), both && a == b);
      if (both && a == b) {
        EXPECT_TRUE(first.agrees(left, right));
      }
      if (!both) {
        EXPECT_FALSE(first.agrees(left, right));
      }
      agreeing += value.agrees(left, right) ? 1 : 0;
    }
  }
  EXPECT_GT(agreeing, 0);
}

}  // namespace
}  // namespace tessera
