#include "exchange/part_names.hpp"

#include <gtest/gtest.h>

#include "exchange/person_list.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

// Given and family name of a person of that full name.
std::string parted(const std::string& name, FamilyNameIs is) {
  Import import =
      imported(R"([{"id": "1", "sex": "male", "full_name": ")" + name + "\"}]", read_list_document);
  part_full_names(import, is);
  const std::string given = cell(import, CanonicalTable::kPerson, "1", "given_name");
  const std::string whole = cell(import, CanonicalTable::kPerson, "1", "full_name");
  return given + "|" + cell(import, CanonicalTable::kPerson, "1", "family_name") + "|" + whole;
}

TEST(PartNames, TheFamilysNameIsTheWordThatWasSaid) {
  EXPECT_EQ(parted("Maria Cristina Gonzales", FamilyNameIs::kLastWord), "Maria Cristina|Gonzales|");
  EXPECT_EQ(parted("Nguyen Thi Mai", FamilyNameIs::kFirstWord), "Thi Mai|Nguyen|");
  for (const FamilyNameIs is : {FamilyNameIs::kLastWord, FamilyNameIs::kFirstWord}) {
    EXPECT_EQ(parted("Gonzales, Maria Cristina", is), "Maria Cristina|Gonzales|");
    EXPECT_EQ(parted("Gonzales, Maria, Cristina", is), "||Gonzales, Maria, Cristina");
    EXPECT_EQ(parted("Gonzales,", is), "||Gonzales,");
    EXPECT_EQ(parted("Suharto", is), "||Suharto");
  }
}

TEST(PartNames, NothingIsLostAndWhoHasPartsKeepsThem) {
  Import import = imported(
      R"([{"id": "1", "full_name": "Mei Chan", "family_name": "Chan Wu"},
          {"id": "2", "sex": "male", "full_name": "Ravi Thapa"}])",
      read_list_document);
  const std::size_t raw = import.raw_lines().size();
  part_full_names(import, FamilyNameIs::kLastWord);
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "1", "full_name"), "Mei Chan");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "1", "family_name"), "Chan Wu");
  ASSERT_EQ(import.raw_lines().size(), raw + 1);
  EXPECT_EQ(import.raw_lines().back(),
            "person,2,family_name,Thapa,Ravi Thapa,written anew,full_name,");
  EXPECT_EQ(import.remarks().at("full name parted into given and family name"), 1U);
}

}  // namespace
}  // namespace tessera::test
