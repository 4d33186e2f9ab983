#include "generate/registry_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tessera {
namespace {

const Entry kEntry{.given = "Asha",
                   .family = "Rai",
                   .birth_date = "1990-04-05",
                   .sex = "F",
                   .phone = "0712345678",
                   .village = "Rampur, Ward 4",
                   .district = "Devnagar",
                   .national_id = "12345678901",
                   .mother = "Maya Rai",
                   .entered_on = "2020-01-02",
                   .household_number = 7};

TEST(AppendRow, HasTheColumnsOfItsHeader) {
  const IdBook ids(1);
  for (const Registry registry : {Registry::kClient, Registry::kSocial, Registry::kCrvs}) {
    Entry entry = kEntry;
    entry.village = "Rampur";  // without a comma every comma parts columns
    std::string row;
    append_row(row, registry, entry, "X1", ids);
    const std::string_view header = header_line(registry);
    EXPECT_EQ(std::count(row.begin(), row.end(), ','),
              std::count(header.begin(), header.end(), ','));
    EXPECT_EQ(row.back(), '\n');
  }
}

TEST(AppendRow, QuotesWhatNeedsQuotes) {
  std::string row;
  append_row(row, Registry::kSocial, kEntry, "BN1", IdBook(1));
  EXPECT_EQ(row,
            "BN1,Asha,Rai,1990-04-05,F,0712345678,\"Rampur, Ward 4\",Devnagar,12345678901,"
            "2020-01-02\n");
}

TEST(AppendRow, CrvsHasTheMotherAndNoPhone) {
  std::string row;
  append_row(row, Registry::kCrvs, kEntry, "R1", IdBook(1));
  EXPECT_EQ(row, "R1,Asha,Rai,1990-04-05,F,Maya Rai,\"Rampur, Ward 4\",12345678901,2020-01-02\n");
}

TEST(IdBook, IdsAreUniqueAndOfOneLength) {
  const IdBook ids(3);
  std::set<std::string> records;
  std::set<std::string> entities;
  for (std::uint64_t person = 0; person < 3000; ++person) {
    entities.insert(ids.entity_id(person));
    for (std::size_t copy = 0; copy < kMaxCopies; ++copy) {
      records.insert(ids.record_id(Registry::kClient, person, copy));
    }
  }
  EXPECT_EQ(entities.size(), 3000U);
  EXPECT_EQ(records.size(), 3000U * kMaxCopies);
  EXPECT_EQ(records.begin()->size(), 11U);
  EXPECT_EQ(entities.begin()->size(), 11U);
}

TEST(IdBook, RegistriesAndSeedsNumberDifferently) {
  const IdBook ids(3);
  EXPECT_NE(ids.record_id(Registry::kClient, 5, 0).substr(1),
            ids.record_id(Registry::kCrvs, 5, 0).substr(1));
  EXPECT_NE(ids.entity_id(5), IdBook(4).entity_id(5));
  EXPECT_EQ(ids.household_id(9).size(), 11U);
}

}  // namespace
}  // namespace tessera
