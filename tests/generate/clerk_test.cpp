#include "generate/clerk.hpp"

#include <gtest/gtest.h>

#include "data/date.hpp"
#include "data/unicode.hpp"
#include "tests/generate/small_world.hpp"

namespace tessera {
namespace {

const std::vector<Household>& people() {
  static const std::vector<Household> made = test::households(4'000);
  return made;
}

/// Calls `look(person, entry)` for one record of everyone in the registry.
template <typename Look>
void for_each_entry(Registry registry, const Look& look) {
  for (const Household& household : people()) {
    for (std::size_t i = 0; i < household.people.size(); ++i) {
      look(household.people[i], write_entry(test::small_world(), household, {registry, i, 0}));
    }
  }
}

TEST(WriteEntry, IsTheSameEachTimeAndDiffersByCopy) {
  const Household& household = people()[0];
  const EntryKey key{Registry::kClient, 0, 0};
  const Entry a = write_entry(test::small_world(), household, key);
  const Entry b = write_entry(test::small_world(), household, key);
  EXPECT_EQ(a.given, b.given);
  EXPECT_EQ(a.entered_on, b.entered_on);
  int differ = 0;
  for (std::size_t i = 0; i < 50; ++i) {
    const Entry first = write_entry(test::small_world(), people()[i], {Registry::kClient, 0, 0});
    const Entry second = write_entry(test::small_world(), people()[i], {Registry::kClient, 0, 1});
    differ += first.entered_on != second.entered_on ? 1 : 0;
  }
  EXPECT_GT(differ, 45);
}

TEST(WriteEntry, DatesExistInEveryRegistry) {
  for (const Registry registry : {Registry::kClient, Registry::kSocial, Registry::kCrvs}) {
    for_each_entry(registry, [](const Person&, const Entry& entry) {
      ASSERT_EQ(parse_date(entry.entered_on, DateOrder::kDayMonthYear).fault, DateFault::kNone);
      if (entry.birth_date.empty()) return;
      ASSERT_EQ(parse_date(entry.birth_date, DateOrder::kDayMonthYear).fault, DateFault::kNone)
          << entry.birth_date;
    });
  }
}

TEST(WriteEntry, NobodyIsRegisteredBeforeBirth) {
  for_each_entry(Registry::kCrvs, [](const Person& person, const Entry& entry) {
    const Date day = parse_date(entry.entered_on, DateOrder::kYearMonthDay).date;
    EXPECT_GE(days_from_civil(day), person.member.born);
    EXPECT_LT(days_from_civil(day), kToday);
  });
}

TEST(WriteEntry, MostBirthDatesAreRight) {
  for (const Registry registry : {Registry::kClient, Registry::kSocial, Registry::kCrvs}) {
    double known = 0;
    double right = 0;
    for_each_entry(registry, [&](const Person& person, const Entry& entry) {
      if (!person.birth_date_known) return;
      ++known;
      const Date date = parse_date(entry.birth_date, DateOrder::kDayMonthYear).date;
      right += date.day != 0 && days_from_civil(date) == person.member.born ? 1 : 0;
    });
    const RegistryRates& r = rates_of(registry);
    const double wrong = 0.35 * r.day_month_swapped + 0.9 * r.date_digit + r.year_off + r.day_off +
                         r.first_of_january + r.date_missing + r.date_placeholder + r.year_alone;
    EXPECT_NEAR(right / known, 1 - wrong, 0.012);
  }
}

TEST(WriteEntry, EachRegistryWritesSexItsOwnWay) {
  for_each_entry(Registry::kSocial, [](const Person&, const Entry& entry) {
    EXPECT_TRUE(entry.sex.empty() || entry.sex == "1" || entry.sex == "2");
  });
  double wrong = 0;
  double all = 0;
  for_each_entry(Registry::kCrvs, [&](const Person& person, const Entry& entry) {
    ++all;
    wrong += entry.sex == (person.member.is_female ? "male" : "female") ? 1 : 0;
  });
  EXPECT_NEAR(wrong / all, rates_of(Registry::kCrvs).sex_wrong, 0.003);
}

TEST(WriteEntry, NationalIdsAreFilledAtTheirRateAndSometimesAnothers) {
  double filled = 0;
  double all = 0;
  double others = 0;
  for_each_entry(Registry::kClient, [&](const Person& person, const Entry& entry) {
    ++all;
    filled += entry.national_id.empty() ? 0 : 1;
    const bool own = entry.national_id == std::to_string(person.national_id);
    others += !entry.national_id.empty() && !own ? 1 : 0;
  });
  EXPECT_NEAR(filled / all, 0.55, 0.03);
  EXPECT_GT(others / filled, 0.010);
  EXPECT_LT(others / filled, 0.035);
}

TEST(WriteEntry, CrvsHasNoPhoneAndOthersOftenHave) {
  for_each_entry(Registry::kCrvs,
                 [](const Person&, const Entry& entry) { EXPECT_TRUE(entry.phone.empty()); });
  double with = 0;
  double all = 0;
  for_each_entry(Registry::kClient, [&](const Person&, const Entry& entry) {
    ++all;
    with += entry.phone.empty() ? 0 : 1;
  });
  EXPECT_NEAR(with / all, kHasPhone * (1 - rates_of(Registry::kClient).phone_missing), 0.03);
}

TEST(WriteEntry, TextIsValidAndHasNoLineBreak) {
  for (const Registry registry : {Registry::kClient, Registry::kSocial, Registry::kCrvs}) {
    for_each_entry(registry, [](const Person&, const Entry& entry) {
      for (const std::string& text : {entry.given, entry.family, entry.mother, entry.village}) {
        ASSERT_TRUE(is_utf8(text));
        ASSERT_EQ(text.find('\n'), std::string::npos);
      }
    });
  }
}

}  // namespace
}  // namespace tessera
