#include "generate/names.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tessera {
namespace {

const NameBook& book() {
  static const NameBook names;
  return names;
}

TEST(NameBook, PoolsReachTensOfThousandsOfFamilyNamesAndThousandsOfGivenNames) {
  std::set<std::string_view> family;
  std::set<std::string_view> given;
  for (std::size_t c = 0; c < kCultures; ++c) {
    const CultureNames& culture = book()[static_cast<Culture>(c)];
    for (std::size_t i = 0; i < culture.family.size(); ++i) family.insert(culture.family[i]);
    for (std::size_t i = 0; i < culture.male.size(); ++i) given.insert(culture.male[i]);
    for (std::size_t i = 0; i < culture.female.size(); ++i) given.insert(culture.female[i]);
  }
  EXPECT_GT(family.size(), 20'000U);
  EXPECT_GT(given.size(), 5'000U);
}

TEST(NameBook, CulturesStandAtTheirPlaces) {
  EXPECT_EQ(book()[Culture::kNepali].family[0], "Thapa");
  EXPECT_EQ(book()[Culture::kWestAfrican].family[0], "Traoré");
  EXPECT_EQ(book()[Culture::kEthiopian].spec.naming, FamilyNaming::kFathersGivenName);
  EXPECT_EQ(book()[Culture::kCentralAsian].spec.script, Script::kCyrillic);
}

TEST(NameBook, DrawsEveryCulture) {
  Random random(5);
  std::set<Culture> seen;
  for (int i = 0; i < 2000; ++i) seen.insert(NameBook::draw_culture(random));
  EXPECT_EQ(seen.size(), kCultures);
}

TEST(CultureNames, FindsShortForms) {
  const auto forms = book()[Culture::kWestAfrican].short_forms("Fatoumata");
  ASSERT_EQ(forms.size(), 2U);
  EXPECT_EQ(forms[0], "Fatou");
  EXPECT_TRUE(book()[Culture::kWestAfrican].short_forms("Nobody").empty());
}

TEST(CultureNames, TakesPairsOfTwinsApart) {
  const auto& twins = book()[Culture::kArabic].male_twins;
  EXPECT_EQ(twins[0].first, "Hassan");
  EXPECT_EQ(twins[0].second, "Hussein");
}

}  // namespace
}  // namespace tessera
