#include "exchange/table_view.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

constexpr std::string_view kTwo = R"([
 {"resourceType":"Patient","id":"p1","name":[{"family":"A"}],
  "identifier":[{"system":"urn:x:y","value":"1"},{"system":"urn:x:z","value":"2"}]},
 {"resourceType":"Patient","id":"p10","name":[{"family":"B"}],
  "identifier":[{"system":"urn:x:y","value":"1"}]},
 {"resourceType":"Group","id":"p1","name":"G","identifier":[{"system":"urn:g:g","value":"9"}]}])";

TEST(TableView, FindsTheRowsOfAKeyAndNoOthers) {
  const Import import = imported(kTwo, read_fhir);
  EXPECT_EQ(all_rows(import, CanonicalTable::kPerson).size(), 2U);
  const std::vector<TableRow> rows = rows_of(import, CanonicalTable::kPerson, "p1");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front()["family_name"], "A");
  EXPECT_EQ(rows.front().key(), "p1");
  EXPECT_TRUE(rows_of(import, CanonicalTable::kPerson, "p").empty());
  EXPECT_TRUE(rows_of(import, CanonicalTable::kPerson, "").empty());
}

TEST(TableView, AnIdentifierBelongsToItsOwnersTable) {
  const Import import = imported(kTwo, read_fhir);
  EXPECT_EQ(identifiers_of(import, "person", "p1").size(), 2U);
  EXPECT_EQ(identifiers_of(import, "family", "p1").size(), 1U);
  EXPECT_TRUE(identifiers_of(import, "family", "p10").empty());
}

}  // namespace
}  // namespace tessera::test
