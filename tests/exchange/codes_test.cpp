#include "exchange/codes.hpp"

#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

TEST(Codes, TableOfIdentifierTypes) {
  std::size_t rows = 0;
  for (const auto& row : read_cases("exchange_identifiers.tsv")) {
    const IdentifierType type = identifier_type(row.at(0), row.at(1));
    EXPECT_EQ(type.type, row.at(2)) << row.at(0) << " " << row.at(1);
    EXPECT_EQ(type.may_key_a_link, row.at(3) == "yes") << row.at(0);
    ++rows;
  }
  EXPECT_GT(rows, 15U);
}

TEST(Codes, OpenimisRelationsHaveTheirRoles) {
  // tblRelations of the openIMIS database: 1 brother/sister … 8 spouse.
  const char* const kRoles[] = {"sibling",     "parent",      "relative", "child",
                                "grandparent", "not_related", "other",    "spouse"};
  for (int i = 1; i <= 8; ++i) EXPECT_EQ(openimis_role(std::to_string(i)), kRoles[i - 1]);
  EXPECT_EQ(openimis_role("9"), "");
  EXPECT_EQ(openimis_role("12"), "");
  EXPECT_EQ(openimis_role(""), "");
}

TEST(Codes, AWordIsKnownWhateverItsCaseAndSigns) {
  EXPECT_EQ(canonical_word(CodeTable::kRole, "Head of Household"), "head");
  EXPECT_EQ(canonical_word(CodeTable::kRelation, "SEE-ALSO"), "see_also");
  EXPECT_EQ(canonical_word(CodeTable::kMarital, ""), "");
}

}  // namespace
}  // namespace tessera::test
