#include "generate/clerk_names.hpp"

#include <gtest/gtest.h>

#include <set>

#include "data/unicode.hpp"
#include "tests/generate/small_world.hpp"

namespace tessera {
namespace {

/// A registry without any error; tests switch on what they look at.
constexpr RegistryRates kFlawless{};

Person fatoumata() {
  Person person;
  person.given = "Fatoumata";
  person.second = "Marie";
  person.family = "Traoré";
  person.birth_family = "N'Diaye";
  person.mother = "Awa Diop";
  person.married = 1000;
  return person;
}

const CultureNames& west_african() {
  return test::small_world().names[Culture::kWestAfrican];
}

using Names = std::set<std::string>;

/// All spellings of one field that 2,000 clerks come to.
Names spellings(const RegistryRates& rates, std::string WrittenNames::*field, Day day = 5000) {
  Names seen;
  Random random(1);
  const Clerk clerk{rates, 1.0, random};
  for (int i = 0; i < 2000; ++i) {
    seen.insert(write_names(clerk, fatoumata(), west_african(), Registry::kClient, day).*field);
  }
  return seen;
}

TEST(WriteNames, WithoutErrorsTheNamesStand) {
  EXPECT_EQ(spellings(kFlawless, &WrittenNames::family), Names{"Traoré"});
  // A second given name is an initial now and then whatever the rates.
  EXPECT_EQ(spellings(kFlawless, &WrittenNames::given), (Names{"Fatoumata Marie", "Fatoumata M"}));
}

TEST(WriteNames, BeforeTheWeddingTheBirthNameStands) {
  const Names names = spellings(kFlawless, &WrittenNames::family, 999);
  EXPECT_EQ(names, (Names{"N'Diaye", "NDiaye"}));  // the apostrophe comes and goes
}

TEST(WriteNames, NicknamesAndDroppedNames) {
  RegistryRates rates{};
  rates.nickname = 1;
  rates.second_dropped = 1;
  EXPECT_EQ(spellings(rates, &WrittenNames::given), (Names{"Fatou", "Fanta"}));
}

TEST(WriteNames, InitialsStandForTheGivenName) {
  RegistryRates rates{};
  rates.initial = 1;
  rates.second_dropped = 1;
  EXPECT_EQ(spellings(rates, &WrittenNames::given), (Names{"F", "F."}));
}

TEST(WriteNames, SwapsDiacriticsAndCase) {
  RegistryRates rates{};
  rates.names_swapped = 1;
  rates.diacritics_dropped = 1;
  rates.upper_case = 1;
  EXPECT_EQ(spellings(rates, &WrittenNames::given), Names{"TRAORE"});
}

TEST(WriteNames, PlaceholdersAndMissingNames) {
  RegistryRates rates{};
  rates.family_placeholder = 1;
  EXPECT_TRUE(spellings(rates, &WrittenNames::family).contains("UNKNOWN"));
  rates = {};
  rates.given_missing = 1;
  EXPECT_EQ(spellings(rates, &WrittenNames::given), Names{""});
}

TEST(WriteNames, SomeNewbornsAreTheirMothersBaby) {
  const Names names = spellings(kFlawless, &WrittenNames::given, 10);
  EXPECT_TRUE(names.contains("BABY OF AWA"));
  EXPECT_FALSE(spellings(kFlawless, &WrittenNames::given, 100).contains("BABY OF AWA"));
}

TEST(WriteNames, NativeScriptWhereTheCultureHasOne) {
  RegistryRates rates{};
  rates.native_script = 1;
  Random random(1);
  const Clerk clerk{rates, 1.0, random};
  Person person = fatoumata();
  person.given = "Krishna";
  person.second.clear();
  const CultureNames& nepali = test::small_world().names[Culture::kNepali];
  EXPECT_EQ(write_names(clerk, person, nepali, Registry::kCrvs, 5000).given, "क्रिश्ना");
  EXPECT_EQ(write_names(clerk, person, west_african(), Registry::kCrvs, 5000).given, "Krishna");
}

TEST(WritePlace, AddsAWardAtTimesAndMisspells) {
  Random random(1);
  RegistryRates rates{};
  rates.village_wrong = 1;
  const Clerk careful{kFlawless, 1.0, random};
  const Clerk careless{rates, 1.0, random};
  int wards = 0;
  int wrong = 0;
  for (int i = 0; i < 2000; ++i) {
    wards += write_place(careful, "Rampur", Script::kNone, false) != "Rampur" ? 1 : 0;
    wrong += write_place(careless, "Rampur", Script::kNone, false) != "Rampur" ? 1 : 0;
  }
  EXPECT_NEAR(wards, 30, 20);
  EXPECT_GT(wrong, 1900);
}

}  // namespace
}  // namespace tessera
