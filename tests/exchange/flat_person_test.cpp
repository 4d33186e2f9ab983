#include "exchange/flat_person.hpp"

#include <gtest/gtest.h>

#include "exchange/person_list.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

Import two_people() {
  return imported(
      R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai", "NIN": "77", "shoe": "38",
           "token_id": "t1", "account_number": "9"},
          {"record_id": "2", "first_name": "Bo, Jr", "last_name": "Rai", "dob": "1990-04-05"}])",
      read_list_document);
}

TEST(FlatPerson, HasColumnsThenIdentifiersThenDetailsAndNoToken) {
  const Import import = two_people();
  EXPECT_EQ(flat_person(import, "1"), (FlatFields{{"given_name", "Ana"},
                                                  {"family_name", "Rai"},
                                                  {"account_number", "9"},
                                                  {"NIN", "77"},
                                                  {"shoe", "38"}}));
  EXPECT_TRUE(flat_person(import, "3").empty());
}

TEST(FlatPerson, AFurtherValueOfANameStandsBesideIt) {
  const Import import = imported(
      R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai",
           "phone": "1", "mobile": "2"}])",
      read_list_document);
  const FlatFields fields = flat_person(import, "1");
  EXPECT_EQ(value_of(fields, "phone"), "1");
  EXPECT_EQ(value_of(fields, "phone_2"), "2");
}

TEST(FlatPerson, TakesValuesOut) {
  FlatFields fields = {{"a", "1"}, {"b", "2"}};
  EXPECT_EQ(take_value(fields, "a"), "1");
  EXPECT_EQ(take_value(fields, "a"), "");
  EXPECT_EQ(fields, (FlatFields{{"b", "2"}}));
}

TEST(FlatCsv, HasTheFirstColumnsAlwaysAndTheOthersSorted) {
  const std::vector<FlatFields> rows = {{{"z", "1"}, {"id", "a,b"}}, {{"b", "2"}}};
  EXPECT_EQ(flat_csv({"id", "name"}, rows), "id,name,b,z\n\"a,b\",,,1\n,,2,\n");
  EXPECT_EQ(flat_csv({"id"}, {}), "id\n");
}

}  // namespace
}  // namespace tessera::test
